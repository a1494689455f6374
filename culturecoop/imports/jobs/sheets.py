"""The sheets of an opened file, each with the resource that reads it."""

from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from culturecoop.mapping import Mapping, Translator, headings
from culturecoop.sheets import registry
from culturecoop.tabular.reading import Unreadable, as_text, column_letter, table
from culturecoop.texts import quoted

from ..models import ImportJob
from .effects import changed_drafts
from .sources import own_sheets


@dataclass
class OpenedSheet:
    """A sheet of the file, and which resource reads it.

    `rows` are (row number, cells) as they stand in the file; a foreign sheet has a `translator`.
    `seen` are the subjects of the rows so far: {natural key: (row number, checksum)}.
    """

    name: str
    resource: object
    headings: list
    rows: object
    translator: Translator = None
    seen: dict = field(default_factory=dict)


def opened_sheets(job, source, pending, swapped):
    """Yield the OpenedSheets of a file in the order in which they are imported.

    Sets which sheet and resource the job has. `pending` and `swapped` are kept from one sheet, and
    from one reading of the file, to the next (see SheetResource and Translator). Raises Unreadable
    and Invalid.
    """
    if job.resource == ImportJob.WORKBOOK:
        yield from _workbook_sheets(job, source, pending)
    elif job.mapping:
        for part in _mapping(job).parts():
            yield _mapped_sheet(job, part, source.spreadsheet, pending, swapped)
    else:
        yield _own_sheet(job, source.spreadsheet, pending)


def make_resource(job, resource_class, pending=None):
    """Return the resource for the rows of a job; raises Unreadable without the right to import."""
    if job.created_by and not resource_class.can_import(job.created_by):
        message = _("You have no right to import %(label)s.") % {"label": resource_class.label}
        raise Unreadable(message)
    resource = resource_class(by=job.created_by, origin=job.folder, pending=pending)
    resource.overwrite_without_base = job.overwrite_without_base
    resource.follows = job.findings.get("follows")
    resource.changed_drafts = partial(changed_drafts, job)
    return resource


def _workbook_sheets(job, source, pending):
    known = own_sheets(source.spreadsheet)
    if not known:
        raise Unreadable(_("The workbook has no sheet that is known here. ") + _kinds_of_sheets())
    rows = {found.name: partial(_texts, source.spreadsheet, sheet) for sheet, found in known}
    for sheet, resource_class in known:
        resource = make_resource(job, resource_class, pending)
        resource.workbook, resource.files = rows, source.files
        yield _checked_sheet(resource, source.spreadsheet, sheet)


def _texts(spreadsheet, sheet):
    """Yield the rows of a sheet as dicts of texts."""
    names, numbered = table(spreadsheet, sheet)
    for _number, values in numbered:
        yield dict(zip(names, map(as_text, values), strict=False))


def _own_sheet(job, spreadsheet, pending):
    job.sheet = spreadsheet.sheet(job.sheet)
    resource_class = job.resource_class or registry.fitting(table(spreadsheet, job.sheet)[0])
    job.resource = _known(resource_class).name
    return _checked_sheet(make_resource(job, resource_class, pending), spreadsheet, job.sheet)


def _checked_sheet(resource, spreadsheet, sheet):
    """Return a sheet with our own columns, of which none is missing and all are known."""
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
    return OpenedSheet(sheet, resource, names, rows)


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


def _mapping(job):
    if not job.mapping.get("columns"):
        raise Unreadable(
            _("No column of the file is mapped to one of the register yet. Choose at least one.")
        )
    return Mapping.from_dict(job.mapping)


def _mapped_sheet(job, mapping, spreadsheet, pending, swapped):
    """Return a foreign sheet, or one of several readings of it, with what translates its rows."""
    resource_class = _known(registry.find(mapping.resource))
    job.sheet = spreadsheet.sheet(job.sheet or mapping.sheet)
    resource = make_resource(job, resource_class, pending)
    missing = [key for key in resource_class.required if key not in mapping.columns]
    if missing:
        raise Unreadable(_("No column is mapped to “%(column)s”.") % {"column": missing[0]})
    for name in resource.named_columns():
        resource.names(name).teach(names=mapping.names, new=mapping.new_names)
    names, rows = headings.table_at(spreadsheet, job.sheet, mapping.heading_rows)
    translator = Translator(mapping, names, resource, swapped.setdefault(resource.name, {}))
    return OpenedSheet(job.sheet, resource, names, rows, translator)


def _known(resource_class):
    """Return the resource class; raises Unreadable when there is none."""
    if resource_class is None:
        raise Unreadable(_("No sheet of this kind is known. ") + _kinds_of_sheets())
    return resource_class


def _kinds_of_sheets():
    return " ".join(
        _("A sheet of %(label)s has the columns %(keys)s.")
        % {"label": resource.label, "keys": ", ".join(resource.keys)}
        for resource in registry.resources()
    )
