"""Import jobs: plan (the preview) and apply.

Planning reads the file and stores a row of the preview for each row of the sheet; nothing else is
written. Applying plans the stored rows again, as the register is by then, and writes all of them
in one transaction or nothing.
"""

import contextlib
import shutil
import tempfile
from collections import Counter
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.verbs import Refused

from . import registry
from .comparing import PlannedRow
from .models import ImportJob, ImportRow
from .reading import (
    Fault,
    Unreadable,
    as_text,
    column_letter,
    open_spreadsheet,
    storable,
    table,
)
from .resources import BATCH

State = ImportJob.State
TO_WRITE = (ImportRow.Kind.NEW, ImportRow.Kind.CHANGED)


class NotApplied(Exception):
    """Nothing was written; the message says why."""


def create(file, *, name, resource="", sheet="", by=None):
    """A job for an uploaded file (an open File of Django)."""
    job = ImportJob(name=name[:255], resource=resource, sheet=sheet, created_by=by)
    job.file.save(name, file, save=False)
    job.save()
    return job


def plan(job, *, progress=None):
    """Read the file and store what each of its rows would change. Returns the job.

    A file that cannot be read, or whose columns are unknown, makes the job `refused` with a
    message. `progress` is called with the number of rows done.
    """
    job.rows.all().delete()
    job.message, job.counts, job.encoding = "", {}, ""
    try:
        with _local_path(job) as path:
            _plan_file(job, path, progress)
        job.state = State.PREVIEWED
    except Unreadable as refusal:
        job.rows.all().delete()
        job.state, job.message = State.REFUSED, str(refusal)
    job.save()
    return job


@transaction.atomic
def apply(job, *, progress=None):
    """Write all rows that change something; raises NotApplied when anything stands in the way."""
    locked = ImportJob.objects.select_for_update().get(pk=job.pk)
    if not locked.can_apply:
        raise NotApplied(_why_not(locked))
    by = locked.created_by
    if by and not locked.resource_class.can_import(by):
        raise NotApplied(_("You have no right to import this."))
    resource = locked.resource_class(by=by)
    done = 0
    for rows in _batches_by_subject(_stored_rows(locked)):
        _apply_batch(resource, rows)
        done += len(rows)
        if progress:
            progress(done)
    locked.state, locked.applied_at = State.APPLIED, timezone.now()
    locked.save()
    return locked


def discard(job):
    """Delete a job with its file."""
    job.file.delete(save=False)
    job.delete()


# Planning


def _plan_file(job, path, progress):
    spreadsheet = open_spreadsheet(path, name=job.name)
    job.sheet = spreadsheet.sheet(job.sheet)
    job.encoding = spreadsheet.encoding
    job.encoding_guessed = spreadsheet.encoding_guessed
    headings, cells = table(spreadsheet, job.sheet)
    job.headings = headings
    resource = _resource(job, headings)
    counts, seen = Counter(), {}
    rows = (_row(number, headings, values) for number, values in cells)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            _refuse_double(row, resource.keys, seen)
        resource.plan(batch)
        _store(job, batch)
        counts.update(row.kind for row in batch)
        if progress:
            progress(sum(counts.values()))
    if not counts:
        raise Unreadable(_("Under its headings the sheet holds no rows."))
    job.counts = dict(counts)


def _resource(job, headings):
    """The job's resource, told by the headings when it was not chosen."""
    found = job.resource_class or registry.fitting(headings)
    if found is None:
        raise Unreadable(_("No sheet of this kind is known. ") + _kinds_of_sheets())
    job.resource = found.name
    resource = found(by=job.created_by)
    if job.created_by and not found.can_import(job.created_by):
        raise Unreadable(_("You have no right to import %(label)s.") % {"label": found.label})
    missing = [key for key in found.keys if key not in headings]
    if missing:
        raise Unreadable(
            _("The column “%(missing)s” is missing. Expected are the columns %(expected)s.")
            % {"missing": "”, “".join(missing), "expected": resource.expected()}
        )
    _refuse_unknown(resource, headings)
    return resource


def _refuse_unknown(resource, headings):
    unknown = set(resource.unknown(headings))
    if unknown:
        named = ", ".join(
            f"{column_letter(index)} “{heading}”"
            for index, heading in enumerate(headings)
            if heading in unknown
        )
        raise Unreadable(
            _("Unknown columns: %(unknown)s. Expected are the columns %(expected)s.")
            % {"unknown": named, "expected": resource.expected()}
        )


def _kinds_of_sheets():
    return " ".join(
        _("A sheet of %(label)s has the columns %(keys)s.")
        % {"label": resource.label, "keys": ", ".join(resource.keys)}
        for resource in registry.resources()
    )


def _row(number, headings, values):
    row = PlannedRow(number, {})
    for heading, value in zip(headings, values, strict=False):
        row.cells[heading] = storable(as_text(value))
        if isinstance(value, Fault):
            row.refuse(heading, value.message)
        elif row.cells[heading] != as_text(value):
            row.refuse(heading, _("The cell holds a character that no text can hold (NUL)."))
    for index, value in enumerate(values[len(headings) :], len(headings)):
        if value != "":
            message = _("This column has no heading.")
            row.refuse(column_letter(index), message, value=storable(as_text(value)))
    return row


def _refuse_double(row, keys, seen):
    """A second row for the same thing is an error, never silently the last that wins."""
    key = tuple(row.cells.get(name, "").strip() for name in keys)
    if not key[-1]:
        return
    if key in seen:
        row.refuse(keys[-1], _("The same as in row %(row)d.") % {"row": seen[key]})
    else:
        seen[key] = row.number


def _store(job, rows):
    ImportRow.objects.bulk_create(
        ImportRow(
            job=job,
            number=row.number,
            subject=row.subject,
            kind=row.kind,
            cells=row.cells,
            changes=row.changes,
            faults=row.faults,
        )
        for row in rows
    )


@contextlib.contextmanager
def _local_path(job):
    """The uploaded file on this machine, copied where the storage is elsewhere."""
    try:
        yield job.file.path
    except NotImplementedError:
        with tempfile.NamedTemporaryFile() as copy, job.file.open("rb") as stored:
            shutil.copyfileobj(stored, copy)
            copy.flush()
            yield copy.name


# Applying


def _why_not(job):
    if job.state == State.APPLIED:
        return _("This import was applied already.")
    if job.stopping:
        return _("There are rows with errors or conflicts: correct the file and upload it again.")
    return _("There is nothing to apply.")


def _stored_rows(job):
    rows = job.rows.filter(kind__in=TO_WRITE).order_by("subject", "number")
    for row in rows.iterator(chunk_size=BATCH):
        yield PlannedRow(row.number, row.cells, subject=row.subject)


def _batches_by_subject(rows):
    """Lists of about BATCH rows; all rows of one subject are in one list."""
    batch = []
    for row in rows:
        if len(batch) >= BATCH and row.subject != batch[-1].subject:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _apply_batch(resource, rows):
    resource.lock({row.subject for row in rows})
    resource.plan(rows)
    for row in rows:
        if row.faults:
            column, value, message = row.faults[0]
            raise NotApplied(_place(row, column, value) + message)
    try:
        resource.apply([row for row in rows if row.kind in TO_WRITE])
    except Refused as refusal:
        raise NotApplied(str(refusal)) from refusal
    except ValidationError as error:
        raise NotApplied(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise NotApplied(
            _("Somebody changed the same things at the same moment. Try again.")
        ) from error


def _place(row, column, value):
    place = _("Row %(row)d") % {"row": row.number}
    if column:
        place += _(", column “%(column)s”, “%(value)s”") % {"column": column, "value": value}
    return f"{place}: "
