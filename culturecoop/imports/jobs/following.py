"""A job without a file: what follows from an amendment, worked out in steps after it.

An app says how, under a name (`FOLLOWERS`): a function of the ids of some identities and of what
was amended. It works with what is stored by then, so that a step can be taken again.
"""

from contextlib import suppress

from django.utils import timezone

from culturecoop.editions import changes

from ..models import ImportJob
from .states import claim
from .steps import Overtaken, step

State = ImportJob.State
#: So many identities are locked at once.
PORTION = 50
#: {name: the function}
FOLLOWERS = {}


def waiting():
    """Return the job that nobody has begun to work on, locked, or None."""
    begun = {"done": 0, "started_at": None}
    jobs = ImportJob.objects.select_for_update(skip_locked=True)
    return jobs.filter(resource=ImportJob.CONSEQUENCES, state=State.FOLLOWING, **begun).first()


def follows_from(what, pks, amended, *, name):
    """Return a job that lets FOLLOWERS[what] work on the ids, in the caller's transaction.

    `amended` is a list. A job that waits takes it along: of many amendments at once, as in an
    import, each identity is worked out once. Then None is returned.
    """
    job = waiting()
    if job and job.findings["following"]["what"] == what:
        asked = job.findings["following"]
        pks, amended = {*asked["left"], *pks}, [*asked["amended"], *amended]
    else:
        job = None
    left = sorted(pks)
    following = {"what": what, "left": left, "amended": amended, "total": len(left)}
    if job:
        job.findings = {**job.findings, "following": following}
        job.save(update_fields=["findings"])
        return None
    return ImportJob.objects.create(
        name=name[:255], resource=ImportJob.CONSEQUENCES, state=State.FOLLOWING,
        findings={"following": following}, heartbeat_at=timezone.now(),
    )  # fmt: skip


def follow(job, *, progress=None):
    """Take the steps that are left, also after a stop. Returns the job as it is then."""
    claim(job, State.FOLLOWING, of=(State.FOLLOWING,))
    with suppress(Overtaken):
        while _next(job, progress):
            pass
    job.refresh_from_db()
    return job


def _next(job, progress):
    with step(job, "state", "findings", state=State.FOLLOWING, progress=progress) as held:
        asked = held.findings["following"]
        portion, left = asked["left"][:PORTION], asked["left"][PORTION:]
        FOLLOWERS[asked["what"]](portion, asked["amended"])
        changes.record()
        held.done += len(portion)
        held.findings = {**held.findings, "following": {**asked, "left": left}}
        if not left:
            held.state = State.APPLIED
    return held.state == State.FOLLOWING
