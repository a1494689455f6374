"""A batch of rows, compared with the register and with the rows before it in the same file."""

from django.utils.translation import gettext as _

from culturecoop.sheets.comparison import SHOWN, RowKind


def compare(sheet, batch, pending):
    """Decide for each PlannedRow of the batch what would become of it.

    `pending` is {name of a resource: keys} of what the rows so far are going to make; what those
    of the batch make is added.
    """
    resource = sheet.resource
    if sheet.translator and (resource.by is None or resource.can_add_names(resource.by)):
        for name in resource.named_columns():
            pending.setdefault("parties", set()).update(resource.names(name).new)
    rows = [row for row in batch if row.cells]  # the others were left out
    resource.plan(rows)
    for row in rows:
        if row.kind == RowKind.NEW and row.untitled:
            row.kind = RowKind.ERROR
            row.refuse(row.untitled, _("There is no title: no draft can be made."), value="")
        _compare_with_those_before(row, resource, sheet.seen)
        if row.kind == RowKind.NEW:
            pending.setdefault(resource.name, set()).add(row.subject)
    for row in batch:
        if sheet.translator:
            _name_as_in_the_file(row, sheet.translator)


def _compare_with_those_before(row, resource, seen):
    """Make a second row for the same subject a duplicate, or an error where the two differ.

    A row that is not taken over stands in the way of no other.
    """
    key = resource.natural_key(row)
    if not key[-1]:
        return
    content = hash(tuple(row.cells.items()))
    if key not in seen:
        if row.kind not in (RowKind.ERROR, RowKind.CONFLICT):
            seen[key] = row.number, content
        return
    first, content_before = seen[key]
    column = next((name for name in reversed(resource.keys) if row.cells.get(name)), "")
    if content_before == content:
        row.kind, row.changes = RowKind.DUPLICATE, []
        row.notes.append([column, "", _("The same as row %(row)d.") % {"row": first}])
    else:
        row.kind = RowKind.ERROR
        message = _("Row %(row)d is about the same and says something else.") % {"row": first}
        row.refuse(column, message)


def _name_as_in_the_file(row, translator):
    """Let errors and notes name the heading that the editor's file has."""
    for error in (*row.errors, *row.notes):
        error[0] = row.sources.get(error[0]) or translator.source_of(error[0]) or error[0]
        error[1] = error[1][:SHOWN]
