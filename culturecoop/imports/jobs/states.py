"""Who goes on with an import: each change of its state is claimed, so that of two only one goes.

Two tabs, two people or a page that was left open can ask for different things at one moment. A
claim is one statement to the database, which only the first of them finds true.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from ..models import ImportJob

State = ImportJob.State
#: The states in which the file can still be read in another way.
EDITABLE = (State.UPLOADED, State.REFUSED, State.PREVIEWED)
#: How the file is read.
READING = (
    "resource", "sheet", "mapping", "mapping_name", "encoding", "encoding_guessed", "delimiter",
)  # fmt: skip
#: What planning finds.
FOUND = ("counts", "sheets", "message", "findings", "done")
#: After this time without a sign of life the work has stopped (seconds); after the other one
#: it was not even begun: a worker may be busy with another import.
STOPPED_AFTER = 30
NOT_BEGUN_AFTER = 600
FASTER = gettext_lazy("Somebody else was faster: look at what became of the import.")


class NotApplied(Exception):
    """Nothing (more) was written; the message says why."""


def claim(job, state, *, of, **columns):
    """Move the job from one of the states `of` to another one, with new values of columns.

    Raises NotApplied when it is in none of them (any more).
    """
    columns |= {"state": state, "heartbeat_at": timezone.now()}
    if not ImportJob.objects.filter(pk=job.pk, state__in=of).update(**columns):
        raise NotApplied(FASTER)
    for name, value in columns.items():
        setattr(job, name, value)


def has_stopped(job):
    """Return whether a job that should be at work gives no sign of life."""
    if not job.is_busy:
        return False
    if job.heartbeat_at is None:
        return True
    patience = STOPPED_AFTER if job.started_at else NOT_BEGUN_AFTER
    return (timezone.now() - job.heartbeat_at).total_seconds() > patience


def is_stale(job):
    """Return whether another import was written or undone since the preview was made.

    Rows that were unchanged then are not looked at again when the others are written.
    """
    if job.heartbeat_at is None:
        return True
    written = (State.RUNNING, State.APPLIED, State.UNDOING, State.UNDONE)
    others = ImportJob.objects.filter(state__in=written, heartbeat_at__gt=job.heartbeat_at)
    others = others.exclude(resource=ImportJob.CONSEQUENCES)
    return others.exclude(pk=job.pk).exists()


def nothing_found():
    """Return {column: value} of a job whose file was not read yet."""
    return {"counts": {}, "sheets": [], "message": "", "findings": {}, "done": 0}


def save_parse_options(job):
    """Save how the file is to be read. Another way than before deletes the preview.

    Raises NotApplied when the rows are being written, or were.
    """
    options = {name: getattr(job, name) for name in READING}
    if ImportJob.objects.filter(pk=job.pk).values(*READING).get() == options:
        return
    claim(job, State.UPLOADED, of=(*EDITABLE, State.READING), **options, **nothing_found())
    job.rows.all().delete()
