"""Where the work of a job is done: beside the request, or by a worker when one is configured.

The embedded set-up has neither broker nor worker: the work goes on in a thread of the server
process, and can be resumed when that process is stopped. With `IMPORTS=worker`, the same job
is a task of django-tasks that a worker takes from the database.
"""

import contextlib
import logging
import threading

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation

from culturecoop.databases import take_time

from .jobs.states import EDITABLE, claim, has_stopped
from .jobs.work import WORK, work
from .models import ImportJob
from .tasks import import_task

State = ImportJob.State
log = logging.getLogger(__name__)
# How long a page waits for the work, so that small files need no page of their own (seconds).
PATIENCE = 2
# What begins here claims its state here: (the state, those that lead to it).
CLAIMED = {"plan": (State.READING, EDITABLE), "undo": (State.UNDOING, (State.APPLIED,))}


def launch(job, what):
    """Begin `what` (the name of one of WORK) for a job. Returns it when done, or after a moment.

    Raises NotApplied when somebody else has begun something with it.
    """
    if what in CLAIMED:
        state, of = CLAIMED[what]
        of = (*of, job.state) if has_stopped(job) else of
        claim(job, state, of=of, done=0, started_at=None)
    return _begin(job, what)


def begin_after_commit(job):
    """Begin the work on a job, as its state says, once the transaction that made it is through."""
    transaction.on_commit(lambda: _begin(job, WORK[job.state].__name__))


def resume(job):
    """Go on with work that has stopped, once, however often it is asked for. Returns the job."""
    stopped = ImportJob.objects.filter(pk=job.pk, state=job.state, heartbeat_at=job.heartbeat_at)
    if stopped.update(heartbeat_at=timezone.now(), started_at=None):
        _begin(job, WORK[job.state].__name__)
    return job


def _begin(job, what):
    language = translation.get_language()
    if settings.IMPORTS == "here":
        work(job.pk, what, language)
    elif settings.IMPORTS == "worker":
        import_task.enqueue(job.pk, what, language)
    else:
        thread = threading.Thread(
            target=_work_and_close, args=(job.pk, what, language), name=f"import-{job.pk}"
        )
        thread.start()
        thread.join(PATIENCE)
    job.refresh_from_db()
    return job


def _work_and_close(pk, what, language):
    take_time(connection)
    try:
        work(pk, what, language)
    except Exception:
        log.exception("The work on import %s stopped.", pk)
        with contextlib.suppress(Exception):
            ImportJob.objects.filter(pk=pk).update(heartbeat_at=None)
    finally:
        connection.close()
