"""What explains a workbook to whoever fills it in: notes on columns, and the first sheet."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..columns import Column, DateWidget, DayWidget
from ..resources import SheetResource

BASE = "base"
# The longest list of codes that a note repeats.
MAX_NAMED = 12


def note(resource: SheetResource, column: Column) -> str:
    """Return the note on the heading of a column."""
    parts = [column.help or _named(column), _what_it_takes(column)]
    if column.column_name == BASE:
        parts.append(
            _("What the row was when it was exported. Leave it as it is, and empty in a new row.")
        )
    elif column.column_name in resource.required:
        parts.append(_("Cannot be empty."))
    if column.readonly and column.column_name != BASE:
        parts.append(
            _("Taken from new rows only.") if column.initial else _("Shown only: not imported.")
        )
    return " ".join(text for text in parts if text)


def _named(column):
    """Return the name of the model field, as a sentence."""
    field = getattr(column.widget, "field", None)
    return f"{capfirst(field.verbose_name)}." if field else ""


def _what_it_takes(column):
    widget = column.widget
    if isinstance(widget, DateWidget):
        return _("2007, 2007-12 or 2007-12-16; with ? when uncertain, with ~ when approximate.")
    if isinstance(widget, DayWidget):
        return _("A day like 2007-12-16.")
    choices = widget.choices()
    if 0 < len(choices) <= MAX_NAMED:
        return _("One of: %(codes)s.") % {"codes": ", ".join(choices)}
    return ""


def read_me(sheets: list) -> tuple[list[str], list]:
    """Return (headings, rows) of the first sheet."""
    each = [
        (sheet.resource.name, f"{sheet.resource.about} {_keys(sheet.resource)}".strip())
        for sheet in sheets
    ]
    return [_("sheet"), _("note")], [*_general(), *each]


def _general():
    """Return what holds for all sheets: (about what, the rule)."""
    return [
        ("", _("Each sheet has one kind of rows. They are imported in the order of the sheets.")),
        ("", _("Sheets, columns and rows can be left out: what is not there stays as it is.")),
        (
            _("keys"),
            _(
                "The columns named below tell which row of the site a row is: do not change them "
                "in a row that was exported. Sheets point to each other by them: an event names "
                "the slug of its agreement. A “key” is made by the site: empty in a new row."
            ),
        ),
        (
            "base",
            _(
                "Says what the row was when it was exported, so that nobody's later changes are "
                "overwritten. Leave it as it is; leave it empty in a new row."
            ),
        ),
        (
            _("blank cells"),
            _(
                "A blank cell empties a value that was there when the row was exported. In a new "
                "row it says nothing."
            ),
        ),
        (
            _("dates"),
            _("2007, 2007-12 or 2007-12-16; with ? when uncertain, with ~ when approximate."),
        ),
        (_("several values"), _("Are separated by “;”: EU; KR.")),
        (
            _("files"),
            _(
                "Are in the folder “files” beside the workbook, in one ZIP. Without them the "
                "workbook can be imported too; the files that are missing are listed."
            ),
        ),
        ("", ""),
    ]


def _keys(resource):
    return _("Keys: %(keys)s.") % {"keys": ", ".join(resource.keys)}
