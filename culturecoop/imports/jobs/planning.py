"""Planning: read the file and store what each of its rows would change. Writes nothing else."""

from collections import Counter
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.mapping import Invalid
from culturecoop.sheets.comparison import SHOWN, RowKind
from culturecoop.sheets.resources import BATCH
from culturecoop.tabular import memory
from culturecoop.tabular.reading import Unreadable

from ..models import ImportJob, ImportRow
from . import reupload
from .sheets import planned_sheets
from .sources import opened
from .states import EDITABLE, FOUND, READING, claim, nothing_found

State = ImportJob.State
#: How many names are asked at once, and how long one can be: no more can be an alias.
MOST_NAMES = 5_000
#: Of how many columns the editor is told how many rows have errors in them.
COLUMNS_TOLD = 10
LONGEST_NAME = 200


@memory.gc_frozen()
def plan(job, *, progress=None):
    """Read the file and store what each of its rows would change. Returns the job.

    A file that cannot be read, or whose columns are unknown, makes the job `refused` with a
    message. `progress` is called with the number of rows done.
    """
    begun = {"started_at": timezone.now(), **nothing_found()}
    claim(job, State.READING, of=(*EDITABLE, State.READING), **begun)
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
    earlier = reupload.import_of(job, found)
    follows = {"follows": str(earlier.folder)} if earlier else {}
    job.findings, swapped = dict(follows), {}
    _plan_sheets(job, source, progress, swapped)
    if any(dates for places in swapped.values() for dates in places.values()):
        # Dates that were read before the others were found contradict them: once more from the top.
        job.rows.all().delete()
        job.sheets, job.findings = [], dict(follows)
        _plan_sheets(job, source, progress, swapped)


def _plan_sheets(job, source, progress, swapped):
    total, pending, errors = Counter(), {}, Counter()
    for number, sheet in enumerate(planned_sheets(job, source, pending, swapped)):
        counts = Counter()
        while batch := list(islice(sheet.rows, BATCH)):
            _plan_batch(sheet, batch, pending)
            _store(job, number, batch)
            counts.update(row.kind for row in batch)
            for row in batch:
                if row.kind in (RowKind.ERROR, RowKind.CONFLICT):
                    errors.update({error[0] for error in row.errors})
            _tell(job, sum(total.values()) + sum(counts.values()), progress)
        kept = {"sheet": sheet.name, "resource": sheet.resource.name, "headings": sheet.headings}
        job.sheets.append({**kept, "counts": dict(counts)})
        total += counts
        _find(job, sheet)
    if not total:
        raise Unreadable(_("Under its headings the sheet holds no rows."))
    job.counts = dict(total)
    job.findings["faults"] = errors.most_common(COLUMNS_TOLD)


def _plan_batch(sheet, batch, pending):
    resource = sheet.resource
    if sheet.translator and (resource.by is None or resource.can_add_names(resource.by)):
        for name in resource.named_columns():
            pending.setdefault("parties", set()).update(resource.names(name).new)
    resource.plan(batch)
    for row in batch:
        _note_double(row, resource, sheet.seen)
        if row.kind == RowKind.NEW:
            pending.setdefault(resource.name, set()).add(row.subject)
        if sheet.translator:
            _name_as_in_the_file(row, sheet.translator)


def _tell(job, done, progress):
    ImportJob.objects.filter(pk=job.pk).update(done=done, heartbeat_at=timezone.now())
    if progress:
        progress(done)


def _find(job, sheet):
    """What the editor is asked: names nobody knows, and what would be added for others."""
    if not sheet.translator:
        return
    new = dict(job.findings.get("new", {}))
    used = sheet.translator.codes
    for name in sheet.resource.named_columns():
        found = sheet.resource.names(name).new.items()
        new |= {code: told for code, told in found if code in used}
    unmatched = Counter(job.findings.get("unmatched", {})) + sheet.translator.unmatched
    unmatched = unmatched.most_common(MOST_NAMES)
    places = sheet.translator.places | job.findings.get("places", {})
    job.findings |= {
        "unmatched": {name: count for name, count in unmatched if len(name) <= LONGEST_NAME},
        "places": {name: places[name] for name, _count in unmatched if name in places},
        "new": new,
    }


def _name_as_in_the_file(row, translator):
    """Faults and notes name the heading that the editor's file has."""
    for told in (*row.errors, *row.notes):
        told[0] = row.sources.get(told[0]) or translator.source_of(told[0]) or told[0]
        told[1] = told[1][:SHOWN]


def _note_double(row, resource, seen):
    """A second row for the same thing: a duplicate, or an error where the two differ."""
    key = resource.natural_key(row)
    if not key[-1]:
        return
    column = next((name for name in reversed(resource.keys) if row.cells.get(name)), "")
    said = hash(tuple(row.cells.items()))
    if key not in seen:
        seen[key] = row.number, said
        return
    first, other = seen[key]
    if said == other:
        row.kind, row.changes = RowKind.DUPLICATE, []
        row.notes.append([column, "", _("The same as row %(row)d.") % {"row": first}])
    else:
        row.kind = RowKind.ERROR
        message = _("Row %(row)d is about the same and says something else.") % {"row": first}
        row.refuse(column, message)


def _store(job, sheet, rows):
    ImportRow.objects.bulk_create(
        ImportRow(
            job=job,
            sheet=sheet,
            number=row.number,
            part=row.part,
            subject=row.subject,
            kind=row.kind,
            cells=row.cells,
            changes=row.changes,
            errors=row.errors,
            notes=row.notes,
        )
        for row in rows
    )
