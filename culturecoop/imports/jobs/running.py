"""Running: write the rows that change something, in steps.

A step takes the next rows after the job's `cursor` ([sheet, subject] done last) and moves it; so a
job that was killed goes on where it stopped, with no row twice.
"""

from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, groupby
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.verbs import Refused
from culturecoop.reference.verbs import NotPossible, recorded
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow, RowKind
from culturecoop.sheets.resources import BATCH
from culturecoop.tabular import memory
from culturecoop.tabular.reading import Unreadable

from ..models import ImportJob, ImportRow
from . import effects, sources
from .sheets import make_resource
from .states import NotApplied, claim
from .steps import Overtaken, step
from .undoing import undo

State = ImportJob.State
TO_WRITE = (RowKind.NEW, RowKind.CHANGED)
#: What a step changes of the job, beside how many rows are done.
WRITTEN = ("state", "cursor", "applied_at", "counts", "sheets")


def apply(job, *, progress=None):
    """Start and run: write all rows that change something. Returns the job as it is then."""
    return run(start(job), progress=progress)


@transaction.atomic
def start(job):
    """Claim the job for writing its rows. Raises NotApplied when anything stands in the way."""
    locked = ImportJob.objects.select_for_update().get(pk=job.pk)
    if not locked.can_apply:
        raise NotApplied(_why_not(locked))
    begun = {"done": 0, "run_from": 0, "cursor": [], "message": "", "applied_at": None}
    claim(locked, State.RUNNING, of=(State.PREVIEWED,), started_at=None, **begun)
    return locked


@memory.gc_frozen()
def run(job, *, progress=None):
    """Take the steps that are left, also after a stop. Returns the job as it is then.

    Raises NotApplied when something stands in the way, and all was undone. `progress` is called
    with the number of rows done.
    """
    ImportJob.objects.filter(pk=job.pk).update(run_from=job.done, started_at=timezone.now())
    with ExitStack() as stack, suppress(Overtaken):
        files = _files(job, stack)
        try:
            while write_next(job, files, progress=progress):
                pass
        except NotApplied as refusal:
            _rollback(job, str(refusal))
    job.refresh_from_db()
    if job.state == State.PREVIEWED:
        raise NotApplied(job.message)
    return job


def write_next(job, files=None, *, progress=None):
    """Write the next rows, in one step. Returns whether there may be more. Raises Overtaken."""
    with step(job, *WRITTEN, state=State.RUNNING, progress=progress) as held:
        if not held.cursor:
            _prepare(held)
            held.cursor = [-1, ""]
        elif rows := _next_rows(held):
            _write(held, rows, files)
            held.cursor = [rows[-1].sheet, rows[-1].subject]
            held.done += len(rows)
        else:
            held.state, held.applied_at = State.APPLIED, timezone.now()
    return held.state == State.RUNNING


def _prepare(job):
    """Add what the rows point to and the register does not have yet."""
    if job.mapping:
        with recorded() as amendments, _refusals():
            resource = make_resource(job, job.resource_class)
            resource.prepare(job.findings.get("new", {}), _answers(job))
        effects.keep_made(job, amendments)


def _answers(job):
    """Return what the editor answered in this import: a mapping file remembers its own names."""
    names = job.mapping.get("names", {})
    return {name: names[name] for name in job.answered if name in names}


def _next_rows(job):
    """Return about BATCH rows of one sheet, with all rows of each of their subjects."""
    sheet, subject = job.cursor
    waiting = (
        job.rows.filter(kind__in=TO_WRITE).order_by("subject", "number", "part").defer("changes")
    )
    rows = list(waiting.filter(sheet=sheet, subject__gt=subject)[: BATCH + 1])
    while not rows and sheet + 1 < len(job.sheets):
        sheet += 1
        rows = list(waiting.filter(sheet=sheet)[: BATCH + 1])
    if len(rows) <= BATCH:
        return rows
    last = rows[-1].subject
    whole = [row for row in rows if row.subject != last]
    return whole or list(waiting.filter(sheet=sheet, subject=last))


def _write(job, rows, files):
    """Write the rows of a step; what cannot be written is noted, and the others are."""
    try:
        with transaction.atomic():
            return _write_together(job, rows, files)
    except NotApplied as refusal:
        if job.all_or_nothing:
            raise
        by_subject = [list(group) for _subject, group in groupby(rows, key=attrgetter("subject"))]
        if len(by_subject) == 1:
            return _refuse(job, rows, str(refusal))
    middle = len(by_subject) // 2
    for half in (by_subject[:middle], by_subject[middle:]):
        _write(job, list(chain.from_iterable(half)), files)


def _write_together(job, rows, files):
    known = registry.find(job.sheets[rows[0].sheet]["resource"])
    with _refusals():
        resource = make_resource(job, known)
    resource.files = files
    planned = [PlannedRow(r.number, r.cells, subject=r.subject, notes=r.notes) for r in rows]
    resource.lock({row.subject for row in planned})
    resource.plan(planned)
    to_write = [row for row in planned if row.kind in TO_WRITE]
    if job.all_or_nothing:
        _refuse_any_error(planned)
    effects.keep_drafts(job, to_write)
    with recorded() as amendments, _refusals():
        resource.apply(to_write)
        resource.follow(to_write)
    _note_skipped(job, rows, planned)
    effects.keep_made(job, [*amendments, *resource.made])


@contextmanager
def _refusals():
    """Raise NotApplied for whatever the verbs, the models or the database refuse."""
    try:
        yield
    except (Refused, NotPossible, Unreadable) as refusal:
        raise NotApplied(str(refusal)) from refusal
    except ValidationError as error:
        raise NotApplied(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise NotApplied(
            _("Somebody changed the same things at the same moment. Try again.")
        ) from error


def _refuse_any_error(planned):
    for row in planned:
        if row.errors:
            column, value, message = row.errors[0]
            raise NotApplied(_place(row, column, value) + message)


def _note_skipped(job, rows, planned):
    """Note the rows that are skipped, because the register has moved on since the preview."""
    skipped = []
    for row, again in zip(rows, planned, strict=True):
        if again.kind not in TO_WRITE:
            _count(job, row, again.kind)
            row.errors, row.notes = again.errors, again.notes
            skipped.append(row)
    ImportRow.objects.bulk_update(skipped, ["kind", "errors", "notes"], batch_size=BATCH)


def _refuse(job, rows, message):
    for row in rows:
        _count(job, row, RowKind.ERROR)
        row.errors = [*row.errors, ["", "", message]]
    ImportRow.objects.bulk_update(rows, ["kind", "errors"], batch_size=BATCH)


def _count(job, row, kind):
    for counts in (job.counts, job.sheets[row.sheet]["counts"]):
        counts[row.kind] -= 1
        counts[kind] = counts.get(kind, 0) + 1
    row.kind = kind


def _rollback(job, message):
    """Undo what the steps before have written, and say why."""
    # Before it is undone: `undo` leads back to the preview, also after a stop.
    ImportJob.objects.filter(pk=job.pk).update(message=message)
    undo(job)


def _files(job, stack):
    """Return the files of the ZIP, {} when it is gone, as their rows say then; None without one."""
    if job.resource != ImportJob.WORKBOOK:
        return None
    try:
        return stack.enter_context(sources.opened(job)).files
    except Unreadable:
        return {}


def _why_not(job):
    if job.state == State.APPLIED:
        return _("This import was applied already.")
    if job.all_or_nothing and job.stopping:
        return _("There are rows with errors or conflicts: correct the file and upload it again.")
    if job.is_busy:
        return _("This import is at work already.")
    return _("There is nothing to apply.")


def _place(row, column, value):
    place = _("Row %(row)d") % {"row": row.number}
    if column:
        place += _(", column “%(column)s”, “%(value)s”") % {"column": column, "value": value}
    return f"{place}: "
