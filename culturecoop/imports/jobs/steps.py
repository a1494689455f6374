"""The steps in which a job is planned, written, undone and published.

Each is a transaction of its own that holds the job, does one batch and keeps how far the work is.
So nothing is done twice or half, whether the work is killed, resumed, or done by two at once.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from ..models import ImportJob


class Overtaken(Exception):
    """The job is no longer as expected: it is done, or somebody has gone on with it otherwise."""


@contextmanager
def step(job, *fields, state, progress=None, **expected):
    """Take one step of the work on a job, as long as it is in this state, and as `expected`.

    Yields the job as it is under the lock, to be changed; `fields` are those that the step changes
    beside `done`. `progress` is called with the number of rows done while there is more to do.
    Raises Overtaken.
    """
    with transaction.atomic():
        jobs = ImportJob.objects.select_for_update()
        held = jobs.filter(pk=job.pk, state=state, **expected).first()
        if held is None:
            raise Overtaken
        yield held
        held.heartbeat_at = timezone.now()
        held.save(update_fields=["done", "heartbeat_at", *fields])
    if progress and held.state == state:
        progress(held.done)
