"""Planning: read the file and store what each of its rows would change. Writes nothing else."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import memory, registry
from ..comparing import SHOWN, PlannedRow
from ..mapping import Invalid, Mapping, Translator, headings
from ..models import ImportJob, ImportRow
from ..reading import Fault, Unreadable, as_text, column_letter, storable, table
from ..resources import BATCH
from . import corrected
from .sources import opened, own_sheets
from .states import EDITABLE, FOUND, READING, claim, nothing_found

State = ImportJob.State
Kind = ImportRow.Kind


#: How many names are asked at once, and how long one can be: no more can be an alias.
MOST_NAMES = 5_000
#: Of how many columns the editor is told how many rows have faults in them.
COLUMNS_TOLD = 10
LONGEST_NAME = 200


@dataclass
class PlannedSheet:
    """A sheet of the file: which resource reads it, and its rows as PlannedRows."""

    name: str
    resource: object
    headings: list
    rows: object
    translator: Translator = None
    seen: dict = field(default_factory=dict)


@memory.kept()
def plan(job, *, progress=None):
    """Read the file and store what each of its rows would change. Returns the job.

    A file that cannot be read, or whose columns are unknown, makes the job `refused` with a
    message. `progress` is called with the number of rows done.
    """
    claim(job, State.READING, of=(*EDITABLE, State.READING), **nothing_found())
    job.save(update_fields=[*READING, "answered"])
    job.rows.all().delete()
    try:
        with opened(job) as source:
            _plan_file(job, source, progress)
        job.state = State.PREVIEWED
    except (Unreadable, Invalid) as refusal:
        job.rows.all().delete()
        job.state, job.message, job.counts = State.REFUSED, str(refusal), {}
    _finish(job)
    return job


def _finish(job):
    """Keep what was found, unless somebody has gone on with the job in another way."""
    told = {name: getattr(job, name) for name in (*READING, *FOUND, "state")}
    ImportJob.objects.filter(pk=job.pk, state=State.READING).update(**told)
    job.refresh_from_db()


def _plan_file(job, source, progress):
    found = source.spreadsheet
    if not job.encoding:
        job.encoding, job.encoding_guessed = found.encoding, found.encoding_guessed
    earlier = corrected.import_of(job, found)
    job.findings = {"follows": str(earlier.folder)} if earlier else {}
    swapped = {}
    _plan_sheets(job, source, progress, swapped)
    if any(swapped.values()):
        # Dates that were read before the others were found contradict them: once more from the top.
        job.rows.all().delete()
        job.sheets = []
        _plan_sheets(job, source, progress, swapped)


def _plan_sheets(job, source, progress, swapped):
    total, awaited, faults = Counter(), {}, Counter()
    for number, sheet in enumerate(_planned_sheets(job, source, awaited, swapped)):
        counts = Counter()
        while batch := list(islice(sheet.rows, BATCH)):
            _plan_batch(sheet, batch, awaited)
            _store(job, number, batch)
            counts.update(row.kind for row in batch)
            for row in batch:
                faults.update({fault[0] for fault in row.faults})
            _tell(job, sum(total.values()) + sum(counts.values()), progress)
        kept = {"sheet": sheet.name, "resource": sheet.resource.name, "headings": sheet.headings}
        job.sheets.append({**kept, "counts": dict(counts)})
        total += counts
        _find(job, sheet)
    if not total:
        raise Unreadable(_("Under its headings the sheet holds no rows."))
    job.counts = dict(total)
    job.findings["faults"] = faults.most_common(COLUMNS_TOLD)


def _plan_batch(sheet, batch, awaited):
    resource = sheet.resource
    if sheet.translator and (resource.by is None or resource.can_add_names(resource.by)):
        for name in resource.named_columns():
            awaited.setdefault("parties", set()).update(resource.names(name).new)
    resource.plan(batch)
    for row in batch:
        _note_double(row, resource, sheet.seen)
        if row.kind == Kind.NEW:
            awaited.setdefault(resource.name, set()).add(row.subject)
        if sheet.translator:
            _name_as_in_the_file(row, sheet.translator)


def _tell(job, done, progress):
    ImportJob.objects.filter(pk=job.pk).update(done=done, beat_at=timezone.now())
    if progress:
        progress(done)


def _find(job, sheet):
    """What the editor is asked: names nobody knows, and what would be added for others."""
    if not sheet.translator:
        return
    new = {}
    used = sheet.translator.codes
    for name in sheet.resource.named_columns():
        found = sheet.resource.names(name).new.items()
        new |= {code: told for code, told in found if code in used}
    unmatched = sheet.translator.unmatched.most_common(MOST_NAMES)
    job.findings |= {
        "unmatched": {name: count for name, count in unmatched if len(name) <= LONGEST_NAME},
        "places": {name: sheet.translator.places[name] for name, _count in unmatched},
        "new": new,
    }


# The sheets


def _planned_sheets(job, source, awaited, swapped):
    if job.resource == ImportJob.WORKBOOK:
        yield from _workbook_sheets(job, source, awaited)
    elif job.mapping:
        yield _mapped_sheet(job, source.spreadsheet, awaited, swapped)
    else:
        yield _own_sheet(job, source.spreadsheet, awaited)


def _workbook_sheets(job, source, awaited):
    found = own_sheets(source.spreadsheet)
    if not found:
        raise Unreadable(_("The workbook has no sheet that is known here. ") + _kinds_of_sheets())
    cells = {resource.name: _cells_of(source.spreadsheet, sheet) for sheet, resource in found}
    for sheet, known in found:
        resource = make_resource(job, known, awaited)
        resource.workbook, resource.files = cells, source.files
        yield _planned(resource, source.spreadsheet, sheet)


def _planned(resource, spreadsheet, sheet):
    """A sheet with our own columns, which are checked."""
    names, rows = table(spreadsheet, sheet)
    missing = [key for key in resource.keys if key not in names]
    if missing:
        raise Unreadable(
            _("The column “%(missing)s” is missing in “%(sheet)s”. Expected are %(expected)s.")
            % {"missing": "”, “".join(missing), "sheet": sheet, "expected": resource.expected()}
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


def _mapped_sheet(job, spreadsheet, awaited, swapped):
    if not job.mapping.get("columns"):
        raise Unreadable(
            _("No column of the file is mapped to one of the register yet. Choose at least one.")
        )
    mapping = Mapping.from_dict(job.mapping)
    known = registry.find(mapping.resource)
    if known is None:
        raise Unreadable(_("No sheet of this kind is known. ") + _kinds_of_sheets())
    job.sheet = spreadsheet.sheet(job.sheet or mapping.sheet)
    resource = make_resource(job, known, awaited)
    missing = [key for key in known.required if key not in mapping.columns]
    if missing:
        raise Unreadable(_("No column is mapped to “%(column)s”.") % {"column": missing[0]})
    for name in resource.named_columns():
        resource.names(name).teach(names=mapping.names, new=mapping.new_names)
    names, rows = headings.table_at(spreadsheet, job.sheet, mapping.heading_rows)
    translator = Translator(mapping, names, resource, swapped)
    planned = (_mapped_row(number, values, translator) for number, values in rows)
    return PlannedSheet(job.sheet, resource, names, planned, translator)


def _own_sheet(job, spreadsheet, awaited):
    job.sheet = spreadsheet.sheet(job.sheet)
    found = job.resource_class or registry.fitting(table(spreadsheet, job.sheet)[0])
    if found is None:
        raise Unreadable(_("No sheet of this kind is known. ") + _kinds_of_sheets())
    job.resource = found.name
    return _planned(make_resource(job, found, awaited), spreadsheet, job.sheet)


def make_resource(job, known, awaited=None):
    """The resource for the rows of a job; raises Unreadable without the right to import them."""
    if job.created_by and not known.can_import(job.created_by):
        raise Unreadable(_("You have no right to import %(label)s.") % {"label": known.label})
    resource = known(by=job.created_by, origin=job.folder, awaited=awaited)
    resource.update = job.update
    resource.follows = job.findings.get("follows")
    return resource


def _refuse_unknown(resource, sheet, names):
    unknown = set(resource.unknown(names))
    if unknown:
        named = ", ".join(
            f"{column_letter(index)} “{heading}”"
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


# The rows


def own_row(number, names, values):
    """A row of a sheet with our own columns."""
    row = PlannedRow(number, {})
    for heading, value in zip(names, values, strict=False):
        row.cells[heading] = storable(as_text(value))
        if isinstance(value, Fault):
            row.refuse(heading, value.message)
        elif row.cells[heading] != as_text(value):
            row.refuse(heading, _("The cell holds a character that no text can hold (NUL)."))
    for index, value in enumerate(values[len(names) :], len(names)):
        if value != "":
            message = _("This column has no heading.")
            row.refuse(column_letter(index), message, value=storable(as_text(value)))
    return row


def _mapped_row(number, values, translator):
    found = translator.row(values, number)
    row = PlannedRow(number, found.cells)
    row.faults += found.faults
    row.notes += found.notes
    return row


def _name_as_in_the_file(row, translator):
    """Faults and notes name the heading that the editor's file has."""
    for told in (*row.faults, *row.notes):
        told[0] = translator.source_of(told[0]) or told[0]
        told[1] = told[1][:SHOWN]


def _note_double(row, resource, seen):
    """A second row for the same thing: a duplicate, or an error where the two differ."""
    key = resource.told_by(row)
    if not key[-1]:
        return
    column = next((name for name in reversed(resource.keys) if row.cells.get(name)), "")
    said = hash(tuple(row.cells.items()))
    if key not in seen:
        seen[key] = row.number, said
        return
    first, other = seen[key]
    if said == other:
        row.kind, row.changes = Kind.DUPLICATE, []
        row.notes.append([column, "", _("The same as row %(row)d.") % {"row": first}])
    else:
        row.kind = Kind.ERROR
        message = _("Row %(row)d is about the same and says something else.") % {"row": first}
        row.refuse(column, message)


def _store(job, sheet, rows):
    ImportRow.objects.bulk_create(
        ImportRow(
            job=job,
            sheet=sheet,
            number=row.number,
            subject=row.subject,
            kind=row.kind,
            cells=row.cells,
            changes=row.changes,
            faults=row.faults,
            notes=row.notes,
        )
        for row in rows
    )
