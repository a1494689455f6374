"""The sheets of a file, each with the resource that reads it."""

from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from culturecoop.mapping import Mapping, Translator, headings
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow
from culturecoop.tabular.reading import (
    CellError,
    Unreadable,
    as_text,
    column_letter,
    storable,
    table,
)
from culturecoop.texts import quoted

from ..models import ImportJob
from .effects import changed_drafts
from .sources import own_sheets


@dataclass
class PlannedSheet:
    """A sheet of the file: which resource reads it, and its rows as PlannedRows."""

    name: str
    resource: object
    headings: list
    rows: object
    translator: Translator = None
    seen: dict = field(default_factory=dict)


def planned_sheets(job, source, pending, swapped):
    if job.resource == ImportJob.WORKBOOK:
        yield from _workbook_sheets(job, source, pending)
    elif job.mapping:
        for part in _mapping(job).parts():
            yield _mapped_sheet(job, part, source.spreadsheet, pending, swapped)
    else:
        yield _own_sheet(job, source.spreadsheet, pending)


def _workbook_sheets(job, source, pending):
    found = own_sheets(source.spreadsheet)
    if not found:
        raise Unreadable(_("The workbook has no sheet that is known here. ") + _kinds_of_sheets())
    cells = {resource.name: _cells_of(source.spreadsheet, sheet) for sheet, resource in found}
    for sheet, known in found:
        resource = make_resource(job, known, pending)
        resource.workbook, resource.files = cells, source.files
        yield _planned(resource, source.spreadsheet, sheet)


def _planned(resource, spreadsheet, sheet):
    """A sheet with our own columns, which are checked."""
    names, rows = table(spreadsheet, sheet)
    missing = [key for key in resource.keys if key not in names]
    if missing:
        raise Unreadable(
            _("The column %(missing)s is missing in “%(sheet)s”. Expected are %(expected)s.")
            % {
                "missing": ", ".join(map(quoted, missing)),
                "sheet": sheet,
                "expected": resource.expected(),
            }
        )
    _refuse_unknown(resource, sheet, names)
    planned = (own_row(number, names, values) for number, values in rows)
    return PlannedSheet(sheet, resource, names, planned)


def _cells_of(spreadsheet, sheet):
    """A function that gives the rows of a sheet as dicts of texts."""

    def rows():
        names, found = table(spreadsheet, sheet)
        for _number, values in found:
            yield dict(zip(names, map(as_text, values), strict=False))

    return rows


def _mapping(job):
    if not job.mapping.get("columns"):
        raise Unreadable(
            _("No column of the file is mapped to one of the register yet. Choose at least one.")
        )
    return Mapping.from_dict(job.mapping)


def _mapped_sheet(job, mapping, spreadsheet, pending, swapped):
    known = registry.find(mapping.resource)
    if known is None:
        raise Unreadable(_("No sheet of this kind is known. ") + _kinds_of_sheets())
    job.sheet = spreadsheet.sheet(job.sheet or mapping.sheet)
    resource = make_resource(job, known, pending)
    missing = [key for key in known.required if key not in mapping.columns]
    if missing:
        raise Unreadable(_("No column is mapped to “%(column)s”.") % {"column": missing[0]})
    for name in resource.named_columns():
        resource.names(name).teach(names=mapping.names, new=mapping.new_names)
    names, rows = headings.table_at(spreadsheet, job.sheet, mapping.heading_rows)
    translator = Translator(mapping, names, resource, swapped.setdefault(known.name, {}))
    planned = (
        mapped for number, values in rows for mapped in _mapped_rows(number, values, translator)
    )
    return PlannedSheet(job.sheet, resource, names, planned, translator)


def _own_sheet(job, spreadsheet, pending):
    job.sheet = spreadsheet.sheet(job.sheet)
    found = job.resource_class or registry.fitting(table(spreadsheet, job.sheet)[0])
    if found is None:
        raise Unreadable(_("No sheet of this kind is known. ") + _kinds_of_sheets())
    job.resource = found.name
    return _planned(make_resource(job, found, pending), spreadsheet, job.sheet)


def make_resource(job, known, pending=None):
    """The resource for the rows of a job; raises Unreadable without the right to import them."""
    if job.created_by and not known.can_import(job.created_by):
        raise Unreadable(_("You have no right to import %(label)s.") % {"label": known.label})
    resource = known(by=job.created_by, origin=job.folder, pending=pending)
    resource.overwrite_without_base = job.overwrite_without_base
    resource.follows = job.findings.get("follows")
    resource.changed_drafts = partial(changed_drafts, job)
    return resource


def _refuse_unknown(resource, sheet, names):
    unknown = set(resource.unknown(names))
    if unknown:
        named = ", ".join(
            f"{column_letter(index)} {quoted(heading)}"
            for index, heading in enumerate(names)
            if heading in unknown
        )
        raise Unreadable(
            _("Unknown columns in “%(sheet)s”: %(unknown)s. Expected are %(expected)s.")
            % {"sheet": sheet, "unknown": named, "expected": resource.expected()}
        )


def _kinds_of_sheets():
    return " ".join(
        _("A sheet of %(label)s has the columns %(keys)s.")
        % {"label": resource.label, "keys": ", ".join(resource.keys)}
        for resource in registry.resources()
    )


def own_row(number, names, values):
    """A row of a sheet with our own columns."""
    row = PlannedRow(number, {})
    for heading, value in zip(names, values, strict=False):
        row.cells[heading] = storable(as_text(value))
        if isinstance(value, CellError):
            row.refuse(heading, value.message)
        elif row.cells[heading] != as_text(value):
            row.refuse(heading, _("The cell holds a character that no text can hold (NUL)."))
    for index, value in enumerate(values[len(names) :], len(names)):
        if value != "":
            message = _("This column has no heading.")
            row.refuse(column_letter(index), message, value=storable(as_text(value)))
    return row


def _mapped_rows(number, values, translator):
    """Yield the rows of ours that a row of the file makes."""
    for part, found in enumerate(translator.rows(values, number)):
        row = PlannedRow(number, found.cells, part=part, sources=found.sources)
        row.errors += found.errors
        row.notes += found.notes
        if found.is_empty:
            row.skip("", _("The row holds no date that could be entered."))
        elif found.question:
            row.ask("date", found.question)
        yield row
