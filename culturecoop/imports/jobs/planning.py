"""Planning (a dry run): what each row of the file would change. Writes only the preview.

open → rows → translate → compare → store: `opened` and `opened_sheets` give the rows as they
stand in the file, `translated` makes rows of ours of them, `compare` decides for a batch what
would become of each, and `_store` keeps it. A second planning of the same job begins a new
generation: what the first one still finds is not kept.
"""

from collections import Counter
from contextlib import suppress
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.mapping import Invalid
from culturecoop.onemoment import one_moment
from culturecoop.sheets.comparison import RowKind
from culturecoop.sheets.resources import BATCH
from culturecoop.tabular import memory
from culturecoop.tabular.reading import Unreadable

from ..models import ImportJob, ImportRow
from . import reupload
from .comparison import compare
from .sheets import opened_sheets
from .sources import opened
from .states import EDITABLE, FOUND, READING, claim, nothing_found
from .steps import Overtaken, step
from .translation import translated

State = ImportJob.State
#: How many names are asked at once, and how long one can be: no more can be an alias.
MOST_NAMES = 5_000
LONGEST_NAME = 200
#: Of how many columns the editor learns how many rows have errors in them.
COLUMNS_NAMED = 10
#: What the preview keeps of a PlannedRow.
STORED = ("number", "part", "subject", "kind", "cells", "changes", "errors", "notes")


@memory.gc_frozen()
def plan(job, *, progress=None):
    """Read the file and store what each of its rows would change. Returns the job.

    A file that cannot be read, or whose columns are unknown, makes the job `refused` with a
    message. `progress` is called with the number of rows done.
    """
    _begin(job)
    with suppress(Overtaken):
        try:
            with opened(job) as source:
                _plan_file(job, source, progress)
            job.state = State.PREVIEWED
        except (Unreadable, Invalid) as refusal:
            job.state, job.message, job.counts = State.REFUSED, str(refusal), {}
        with _step(job, "state", *READING, *FOUND) as held:
            _finish(job, held)
    with suppress(ImportJob.DoesNotExist):  # it can be discarded by now
        job.refresh_from_db()
    return job


@transaction.atomic
def _begin(job):
    """Claim the job for this planning, which reads it as it is by now, without its old preview."""
    of = (*EDITABLE, State.READING)
    begun = {"started_at": timezone.now(), "generation": F("generation") + 1, **nothing_found()}
    claim(job, State.READING, of=of, **begun)
    job.rows.all().delete()
    job.refresh_from_db()


def _step(job, *fields, progress=None):
    """Take a step of this planning, not of one that began after it. Raises Overtaken."""
    expected = {"state": State.READING, "generation": job.generation}
    return step(job, *fields, progress=progress, **expected)


def _finish(job, held):
    for name in ("state", *READING, *FOUND):
        setattr(held, name, getattr(job, name))
    if held.state == State.REFUSED:
        held.rows.all().delete()


def _plan_file(job, source, progress):
    spreadsheet, swapped = source.spreadsheet, {}
    if not job.encoding:
        job.encoding, job.encoding_guessed = spreadsheet.encoding, spreadsheet.encoding_guessed
    if earlier := reupload.import_of(job, spreadsheet):
        job.findings["follows"] = str(earlier.folder)
    _plan_sheets(job, source, swapped, progress)
    if any(dates for places in swapped.values() for dates in places.values()):
        # Dates that were read before the others were found contradict them: once more from the top.
        job.sheets, job.findings = [], {k: v for k, v in job.findings.items() if k == "follows"}
        with _step(job) as held:
            held.rows.all().delete()
            held.done = 0
        _plan_sheets(job, source, swapped, progress)


def _plan_sheets(job, source, swapped, progress):
    total, pending, errors, seen = Counter(), {}, Counter(), Counter()
    for number, sheet in enumerate(opened_sheets(job, source, pending, swapped)):
        rows, counts = translated(sheet), Counter()
        while batch := list(islice(rows, BATCH)):
            with one_moment():
                compare(sheet, batch, pending)
            with _step(job, progress=progress) as held:
                _store(held, number, batch)
                held.done += len(batch)
            counts.update(row.kind for row in batch)
            errors.update(_columns_with_errors(batch))
            seen.update(kind for row in batch if not row.part for kind in row.seen)
        described = {"sheet": sheet.name, "resource": sheet.resource.name}
        job.sheets.append(described | {"headings": sheet.headings, "counts": dict(counts)})
        total += counts
        _find(job, sheet)
    if not total:
        raise Unreadable(_("Under its headings the sheet holds no rows."))
    job.counts = dict(total)
    job.findings |= {"faults": errors.most_common(COLUMNS_NAMED), "seen": dict(seen)}


def _store(job, sheet, rows):
    ImportRow.objects.bulk_create(
        ImportRow(job=job, sheet=sheet, **{name: getattr(row, name) for name in STORED})
        for row in rows
    )


def _columns_with_errors(rows):
    """Yield for each row the columns that it cannot be imported for, each once."""
    for row in rows:
        if row.kind in (RowKind.ERROR, RowKind.CONFLICT):
            yield from {column for column, _value, _message in row.errors}


def _find(job, sheet):
    """Note what the editor is asked: names nobody knows, and what would be added for others."""
    translator = sheet.translator
    if not translator:
        return
    new = dict(job.findings.get("new", {}))
    for name in sheet.resource.named_columns():
        names = sheet.resource.names(name).new.items()
        new |= {code: about for code, about in names if code in translator.codes}
    unmatched = Counter(job.findings.get("unmatched", {})) + translator.unmatched
    unmatched = unmatched.most_common(MOST_NAMES)
    places = translator.places | job.findings.get("places", {})
    job.findings |= {
        "unmatched": {name: count for name, count in unmatched if len(name) <= LONGEST_NAME},
        "places": {name: places[name] for name, _count in unmatched if name in places},
        "new": new,
    }
