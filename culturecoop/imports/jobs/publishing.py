"""From drafts to readers: what a job made, or what was chosen for it, published together."""

import hashlib
from contextlib import suppress

from django.contrib.auth import get_permission_codename, get_user_model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from culturecoop.editions.guards import saved_meanwhile
from culturecoop.editions.seen import Seen
from culturecoop.editions.together import try_to_publish_many
from culturecoop.tabular import memory

from ..models import ImportJob
from ..origin import drafts_of
from .approving import approvable
from .states import claim
from .steps import Overtaken, step
from .undoing import edition_models

State = ImportJob.State


def drafts(job):
    """Return {edition model: queryset of the drafts that the job made}, without empty ones."""
    by_model = {
        model: model.objects.drafts().filter(drafts_of(job, model)).order_by("pk")
        for model in edition_models()
    }
    return {model: rows for model, rows in by_model.items() if rows.exists()}


def versions_seen(job):
    """Return a checksum of the drafts of a job with their versions: another when one moved on."""
    checksum = hashlib.sha256()
    for model, rows in drafts(job).items():
        checksum.update(model._meta.label.encode())
        for row in rows.values_list("pk", "version").iterator(2000):
            checksum.update(repr(row).encode())
    return checksum.hexdigest()


def may_publish(user, job):
    """Return whether the user may publish what the job made."""
    return all(may_publish_editions(user, model) for model in drafts(job))


def publishes(user):
    """Return whether the user may publish editions of any model."""
    return any(may_publish_editions(user, model) for model in edition_models())


def may_publish_editions(user, model):
    """Return whether the user may publish editions of the model."""
    opts = model._meta
    return user.has_perm(f"{opts.app_label}.{get_permission_codename('publish', opts)}")


def ask_to_publish(
    job, *, by, at=None, change_note="", agreed=(), seen=None, approves=False, override=""
):
    """Note who wants the drafts of a job published, for `publish`, which can be resumed.

    `seen` is what he saw, by default what there is now; `approves` and `override` are as in the
    verb `publish`. Raises NotApplied when somebody else was faster.
    """
    total = sum(rows.count() for rows in drafts(job).values())
    asked = {
        "by": by.pk, "at": at and at.isoformat(), "change_note": change_note, "total": total,
        "agreed": list(agreed), "approves": approves, "override": override,
        "since": timezone.now().isoformat(),
        "seen": str(seen or Seen.now()),
    }  # fmt: skip
    findings = {**job.findings, "publishing": asked}
    findings.pop("unpublished", None)
    begun = {"done": 0, "message": "", "started_at": None}
    claim(job, State.PUBLISHING, of=(State.APPLIED,), findings=findings, **begun)


@memory.gc_frozen()
def publish(job, *, progress=None):
    """Publish the drafts as asked, now or from a time ahead, in portions.

    Returns the job; what could not be published is kept in its findings, also what somebody saved
    after the drafts were seen. Work that is resumed after that time publishes the rest at once.
    Nothing is published in the name of somebody who has lost the right since he asked.
    """
    asked = job.findings["publishing"]
    by = get_user_model().objects.filter(pk=asked["by"], is_active=True).first()
    if by is None or not may_publish(by, job):
        message = _("Who asked for it may not publish any more. Publish the drafts yourself.")
        claim(job, State.APPLIED, of=(State.PUBLISHING,), message=message)
        return job
    claim(job, State.PUBLISHING, of=(State.PUBLISHING,), done=0)
    refused = []
    with suppress(Overtaken):
        for rows, pks in _portions(job):
            # Not within the step: SQLite has one writer, and others would wait for all drafts.
            refused += _publish_portion(job, rows.filter(pk__in=pks), by, asked)
            with step(job, state=State.PUBLISHING, progress=progress) as held:
                held.done += len(pks)
        with step(job, "state", "findings", state=State.PUBLISHING) as held:
            number = sum(rows.count() for rows in published_together(job).values())
            held.state = State.APPLIED
            held.findings = {**held.findings, "published": number, "unpublished": refused}
    job.refresh_from_db()
    return job


def _portions(job):
    """Yield (drafts of a model, keys of some) until all drafts that the job made are named."""
    for model, rows in drafts(job).items():
        pks = list(rows.values_list("pk", flat=True))
        for first in range(0, len(pks), model.portion):
            yield rows, pks[first : first + model.portion]


def _publish_portion(job, rows, by, asked):
    """Publish those drafts that are still there. Returns [(what, why)] of those refused."""
    at, found = when(job), list(rows.select_related(rows.model.track_fields[0]))
    # It may have been asked before what was seen was kept.
    seen = Seen.parse(asked["seen"]) if "seen" in asked else None
    saved = [draft for draft in found if seen and draft.changed_at > seen.at]
    refused = {draft.pk: saved_meanwhile(draft) for draft in saved}
    options = {"by": by, "seen": seen, "change_note": asked["change_note"]}
    options |= {"agreed": asked.get("agreed", ()), "override": asked.get("override", "")}
    ready = [draft for draft in found if draft.pk not in refused]
    with_it = _approved_with_it(job, rows) if asked.get("approves") else set()
    for approves in (True, False):
        some = [draft for draft in ready if (draft.pk in with_it) == approves]
        refused |= _publish_some(some, at, options | {"approves": approves})
    return [(str(draft.identity), refused[draft.pk]) for draft in found if draft.pk in refused]


def _approved_with_it(job, rows):
    """Return the ids of those drafts that are approved with the whole import."""
    return set(approvable(job, rows).values_list("pk", flat=True))


def _publish_some(drafts, at, options):
    """Publish drafts of a model; return {id: why} of those refused."""
    ahead = at if at and at > timezone.now() else None
    whys = try_to_publish_many(drafts, at=ahead, **options)
    if whys and ahead and ahead <= timezone.now():  # its time came while the locks were waited for
        again = [draft for draft in drafts if draft.pk in whys]
        whys = try_to_publish_many(again, at=None, **options)
    return whys


def published(job, **conditions):
    """Return how many editions that the job made or changed are published, or will be."""
    return sum(rows.count() for rows in published_editions(job, **conditions).values())


def published_editions(job, **conditions):
    """Return {edition model: queryset of those that the job made or changed and are published}."""
    return {
        model: model.objects.published().filter(drafts_of(job, model), **conditions).order_by("pk")
        for model in edition_models()
    }


def published_together(job):
    """Return the same of those that were published when it was asked for last."""
    since = job.findings.get("publishing", {}).get("since")
    return published_editions(job, published_at__gte=since) if since else {}


def when(job):
    """Return for when the drafts were last scheduled, None when they went out at once."""
    return parse_datetime(job.findings.get("publishing", {}).get("at") or "")
