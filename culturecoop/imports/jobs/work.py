"""The work on a job, as its state says: begun, or resumed, wherever it is done."""

from contextlib import suppress

from django.utils import timezone, translation

from ..models import ImportJob
from .following import follow
from .planning import plan
from .publishing import publish
from .running import run
from .states import NotApplied
from .undoing import undo

State = ImportJob.State
#: What is done in a state.
WORK = {
    State.READING: plan,
    State.RUNNING: run,
    State.UNDOING: undo,
    State.PUBLISHING: publish,
    State.FOLLOWING: follow,
}
#: What is called otherwise in tasks that were queued before.
FORMER_NAMES = {"publish_asked": "publish"}


def work(pk, what, language=None):
    """Do `what` (the name of one of WORK), unless it was done or begun otherwise meanwhile.

    `run` keeps in the job why nothing was written. That somebody else was faster is not kept: the
    job is his by now, and undoing takes one with a message for a refused one.
    """
    with translation.override(language):
        job = ImportJob.objects.get(pk=pk)
        do = WORK.get(job.state)
        if do is None or do.__name__ != FORMER_NAMES.get(what, what):
            return  # it was done meanwhile: a task can wait for its worker longer than its job
        now = timezone.now()
        ImportJob.objects.filter(pk=pk).update(started_at=now, heartbeat_at=now)
        with suppress(NotApplied):
            do(job)
