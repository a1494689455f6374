"""Why a file was refused, in words for the person who uploaded it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Unreadable(Exception):
    """A file, sheet or header that cannot be read; its text is for the editor."""


ACCEPTED = _("Accepted are spreadsheets in CSV, XLSX, XLSM, XLS and ODS format.")
#: {reason: sentence}; those about a whole workbook are also the codes of `parsing.packages`.
SENTENCES = {
    "empty": _("The file is empty. %(accepted)s"),
    "no_rows": _("The sheet “%(sheet)s” holds no rows."),
    "no_row": _("The sheet “%(sheet)s” has nothing in row %(row)d."),
    "no_sheet": _("There is no sheet “%(name)s” in the file. Its sheets are: %(names)s."),
    "long_sheet_name": _(
        "The name of the sheet “%(name)s…” has more than %(most)d characters. "
        "Give it a shorter one."
    ),
    "kind": _("This is not a spreadsheet: it looks like %(what)s. %(accepted)s"),
    "no_workbook": _(
        "This ZIP file holds no workbook (XLSX or ODS) at its top level. %(accepted)s"
    ),
    "damaged": _("The file is damaged, or is not a spreadsheet. %(accepted)s"),
    "password": _("The file is protected by a password. Save it without one and upload it again."),
    "misnamed": _(
        "The name of the file ends in “%(suffix)s”, but it holds plain text. "
        "If it is a table with commas, semicolons or tabs, let its name end in “.csv”."
    ),
    "too_large": _("The file is too large: %(size)d MB. At most %(most)d MB are accepted."),
    "unpacked": _(
        "The file is too large: it unpacks to %(size)d MB. At most %(most)d MB are accepted."
    ),
    "too_slow": ngettext_lazy(
        "The file could not be read within %(seconds)d second. Split it into smaller files.",
        "The file could not be read within %(seconds)d seconds. Split it into smaller files.",
        "seconds",
    ),
    "memory": _(
        "The file could not be read: it is damaged, or needs more than %(size)d MB of memory. "
        "Often a single cell far from the others is the reason: "
        "copy the rows you need into a new file."
    ),
    "too_many_rows": _(
        "The sheet “%(sheet)s” has more than %(most)d rows. Split it into smaller files."
    ),
    "too_many_columns": _(
        "The sheet “%(sheet)s” goes as far as cell %(cell)s. At most %(most)d columns are read."
    ),
    "faults": _(
        "More than %(most)d cells of the sheet hold an error or a formula without a stored "
        "result. Mend the formulas, save the file and upload it again."
    ),
    "marks": _(
        "More than %(most)d cells or rows of the sheet are merged, hidden or struck out. "
        "Take these marks away, save the file and upload it again."
    ),
    "unclosed_quote": _(
        "In row %(row)d a quotation mark is opened and never closed. Close or double it."
    ),
    "endless_cell": _(
        "In row %(row)d a cell goes on for more than 100,000 characters: "
        "probably a quotation mark is opened and never closed."
    ),
    "undecided_encoding": _(
        "The character encoding of this text file cannot be told for certain. Choose it, or "
        "save the file as “CSV UTF-8” or as a workbook (XLSX, ODS) and upload it again."
    ),
    "unknown_encoding": _("There is no character encoding “%(name)s”."),
    "wrong_encoding": _("The file is not in the encoding %(encoding)s. Choose another one."),
    "bad_bytes": _(
        "The file is not in the encoding %(encoding)s: in row %(row)d are bytes that mean "
        "nothing in it. Choose another one, or correct the row."
    ),
    "bad_delimiter": _(
        "“%(text)s” cannot be the delimiter: expected is one character between the columns."
    ),
    "no_heading": _(
        "In the sheet “%(sheet)s”, column %(column)s has no heading. Give it one or remove it."
    ),
    "same_headings": _(
        "In the sheet “%(sheet)s”, the columns %(columns)s have the same heading “%(heading)s”."
    ),
    "bad_heading": _(
        "In the sheet “%(sheet)s”, the heading of column %(column)s is unusable: %(message)s"
    ),
}


def unreadable(reason: str, **details: object) -> Unreadable:
    """Return the Unreadable with the sentence of the reason, whose placeholders are `details`."""
    return Unreadable(SENTENCES[reason] % {"accepted": ACCEPTED, **details})


def damaged(detail: str = "") -> Unreadable:
    """Return the Unreadable of a damaged file, with the message of the parser."""
    error = unreadable("damaged")
    return Unreadable(f"{error} ({detail})") if detail else error
