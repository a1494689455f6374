"""The rows of a sheet, translated into rows of the resource that reads it."""

from django.utils.translation import gettext as _

from culturecoop.sheets.comparison import PlannedRow
from culturecoop.tabular.reading import CellError, as_text, column_letter, storable


def translated(sheet):
    """Yield PlannedRows for the rows of an OpenedSheet: as they are, or as its mapping says."""
    for number, values in sheet.rows:
        if sheet.translator:
            yield from _mapped_rows(number, values, sheet.translator)
        else:
            yield own_row(number, sheet.headings, values)


def own_row(number, names, values):
    """Return a row of a sheet with our own columns."""
    row = PlannedRow(number, {})
    _see(row, names, values)
    for heading, value in zip(names, values, strict=False):
        row.cells[heading] = storable(as_text(value))
        if isinstance(value, CellError):
            row.refuse(heading, value.message)
            row.seen.add(value.reason)
        elif row.cells[heading] != as_text(value):
            row.refuse(heading, _("The cell holds a character that no text can hold (NUL)."))
    for index, value in enumerate(values[len(names) :], len(names)):
        if value != "":
            message = _("This column has no heading.")
            row.refuse(column_letter(index), message, value=storable(as_text(value)))
    return row


def _see(row, names, values):
    """Note what the sheet shows beside the values of the row; refuse what is merged."""
    if values.hidden:
        row.note("", _("This row is hidden in the file."))
        row.seen.add("hidden")
    for index in values.struck:
        if index < len(names):
            text = values.struck[index].text or as_text(values[index])
            message = _("“%(text)s” is struck out in the file.") % {"text": storable(text)}
            row.note(names[index], message)
            row.seen.add("struck")
    for index, merged in values.merged.items():
        if index < len(names) and merged.value != "":
            message = _("The cells %(range)s are merged. Split them: each needs its own value.")
            row.refuse(names[index], message % {"range": merged.range}, value="")
            row.seen.add("merged")


def _mapped_rows(number, values, translator):
    """Yield the rows of ours that a row of a foreign sheet makes."""
    for part, made in enumerate(translator.rows(values, number)):
        row = PlannedRow(number, made.cells, part=part, sources=made.sources)
        row.errors += made.errors
        row.notes += made.notes
        row.seen, row.untitled = made.seen, made.untitled
        if made.left_out:
            row.skip("", made.left_out)
        elif made.question:
            row.ask("date", made.question)
        yield row
