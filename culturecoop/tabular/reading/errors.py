"""Why a file was refused, in words for the person who uploaded it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


class Unreadable(Exception):
    """A file, sheet or header that cannot be read; its text is for the editor."""


ACCEPTED = gettext_lazy("Accepted are spreadsheets in CSV, XLSX, XLSM, XLS and ODS format.")


def empty() -> Unreadable:
    return Unreadable(_("The file is empty. %(accepted)s") % {"accepted": ACCEPTED})


def no_rows(sheet: str) -> Unreadable:
    return Unreadable(_("The sheet “%(sheet)s” holds no rows.") % {"sheet": sheet})


def no_row(sheet: str, number: int) -> Unreadable:
    return Unreadable(
        _("The sheet “%(sheet)s” has nothing in row %(row)d.") % {"sheet": sheet, "row": number}
    )


def no_sheet(name: str, names: list[str]) -> Unreadable:
    return Unreadable(
        _("There is no sheet “%(name)s” in the file. Its sheets are: %(names)s.")
        % {"name": name, "names": ", ".join(names) or "–"}
    )


def long_sheet_name(name: str, most: int) -> Unreadable:
    return Unreadable(
        _(
            "The name of the sheet “%(name)s…” has more than %(most)d characters. "
            "Give it a shorter one."
        )
        % {"name": name[:50], "most": most}
    )


def looks_like(what: str) -> Unreadable:
    return Unreadable(
        _("This is not a spreadsheet: it looks like %(what)s. %(accepted)s")
        % {"what": what, "accepted": ACCEPTED}
    )


def damaged(detail: str = "") -> Unreadable:
    text = _("The file is damaged, or is not a spreadsheet. %(accepted)s") % {"accepted": ACCEPTED}
    return Unreadable(f"{text} ({detail})" if detail else text)


def password() -> Unreadable:
    return Unreadable(
        _("The file is protected by a password. Save it without one and upload it again.")
    )


def misnamed(suffix: str) -> Unreadable:
    return Unreadable(
        _(
            "The name of the file ends in “%(suffix)s”, but it holds plain text. "
            "If it is a table with commas, semicolons or tabs, let its name end in “.csv”."
        )
        % {"suffix": suffix}
    )


def too_large(megabytes: int, most: int) -> Unreadable:
    return Unreadable(
        _("The file is too large: %(size)d MB. At most %(most)d MB are accepted.")
        % {"size": megabytes, "most": most}
    )


def unpacks_too_large(megabytes: int, most: int) -> Unreadable:
    return Unreadable(
        _("The file is too large: it unpacks to %(size)d MB. At most %(most)d MB are accepted.")
        % {"size": megabytes, "most": most}
    )


def too_slow(seconds: float) -> Unreadable:
    return Unreadable(
        ngettext(
            "The file could not be read within %(seconds)d second. Split it into smaller files.",
            "The file could not be read within %(seconds)d seconds. Split it into smaller files.",
            seconds,
        )
        % {"seconds": seconds}
    )


def too_much_memory(megabytes: int) -> Unreadable:
    return Unreadable(
        _(
            "The file could not be read: it is damaged, or needs more than %(size)d MB of memory. "
            "Often a single cell far from the others is the reason: "
            "copy the rows you need into a new file."
        )
        % {"size": megabytes}
    )


def too_many_rows(sheet: str, most: int) -> Unreadable:
    return Unreadable(
        _("The sheet “%(sheet)s” has more than %(most)d rows. Split it into smaller files.")
        % {"sheet": sheet, "most": most}
    )


def too_many_columns(sheet: str, cell: str, most: int) -> Unreadable:
    return Unreadable(
        _("The sheet “%(sheet)s” goes as far as cell %(cell)s. At most %(most)d columns are read.")
        % {"sheet": sheet, "cell": cell, "most": most}
    )


def too_many_faults(most: int) -> Unreadable:
    return Unreadable(
        _(
            "More than %(most)d cells of the sheet hold an error or a formula without a stored "
            "result. Mend the formulas, save the file and upload it again."
        )
        % {"most": most}
    )


def unclosed_quote(row: int) -> Unreadable:
    return Unreadable(
        _("In row %(row)d a quotation mark is opened and never closed. Close or double it.")
        % {"row": row}
    )


def endless_cell(row: int) -> Unreadable:
    return Unreadable(
        _(
            "In row %(row)d a cell goes on for more than 100,000 characters: "
            "probably a quotation mark is opened and never closed."
        )
        % {"row": row}
    )


def undecided_encoding() -> Unreadable:
    return Unreadable(
        _(
            "The character encoding of this text file cannot be told for certain. Choose it, or "
            "save the file as “CSV UTF-8” or as a workbook (XLSX, ODS) and upload it again."
        )
    )


def unknown_encoding(name: str) -> Unreadable:
    return Unreadable(_("There is no character encoding “%(name)s”.") % {"name": name})


def bad_bytes(encoding: str, row: int) -> Unreadable:
    if not row:
        return Unreadable(
            _("The file is not in the encoding %(encoding)s. Choose another one.")
            % {"encoding": encoding}
        )
    return Unreadable(
        _(
            "The file is not in the encoding %(encoding)s: in row %(row)d are bytes that mean "
            "nothing in it. Choose another one, or correct the row."
        )
        % {"encoding": encoding, "row": row}
    )


def bad_delimiter(text: str) -> Unreadable:
    return Unreadable(
        _("“%(text)s” cannot be the delimiter: expected is one character between the columns.")
        % {"text": text}
    )


def no_heading(sheet: str, column: str) -> Unreadable:
    return Unreadable(
        _("In the sheet “%(sheet)s”, column %(column)s has no heading. Give it one or remove it.")
        % {"sheet": sheet, "column": column}
    )


def same_headings(sheet: str, heading: str, columns: list[str]) -> Unreadable:
    return Unreadable(
        _("In the sheet “%(sheet)s”, the columns %(columns)s have the same heading “%(heading)s”.")
        % {"sheet": sheet, "heading": heading, "columns": ", ".join(columns)}
    )


def bad_heading(sheet: str, column: str, message: str) -> Unreadable:
    return Unreadable(
        _("In the sheet “%(sheet)s”, the heading of column %(column)s is unusable: %(message)s")
        % {"sheet": sheet, "column": column, "message": message}
    )
