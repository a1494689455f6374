"""From drafts to readers: what a job made, published together."""

import hashlib

from django.contrib.auth import get_permission_codename, get_user_model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from culturecoop.editions.guards import saved_meanwhile
from culturecoop.editions.seen import Seen
from culturecoop.editions.together import try_to_publish

from ..models import ImportJob
from ..origin import written_by
from .states import claim
from .undoing import edition_models

State = ImportJob.State


def drafts(job):
    """{edition model: queryset of the drafts that the job made}, models without any left out."""
    found = {
        model: model.objects.drafts().filter(written_by(job.folder, model)).order_by("pk")
        for model in edition_models()
    }
    return {model: rows for model, rows in found.items() if rows.exists()}


def versions_seen(job):
    """Return a checksum of the drafts of a job with their versions: another when one moved on."""
    found = hashlib.sha256()
    for model, rows in drafts(job).items():
        found.update(model._meta.label.encode())
        for row in rows.values_list("pk", "version").iterator(2000):
            found.update(repr(row).encode())
    return found.hexdigest()


def may_publish(user, job):
    """Whether the user may publish what the job made."""
    return all(
        user.has_perm(f"{m._meta.app_label}.{get_permission_codename('publish', m._meta)}")
        for m in drafts(job)
    )


def ask_to_publish(job, *, by, at=None, change_note="", agreed=(), seen=None):
    """Note who wants the drafts of a job published, for `publish_asked`, which can be resumed.

    `seen` is what he saw, by default what there is now. Raises NotApplied when somebody else was
    faster.
    """
    total = sum(rows.count() for rows in drafts(job).values())
    asked = {
        "by": by.pk, "at": at and at.isoformat(), "change_note": change_note, "total": total,
        "agreed": list(agreed),
        "since": timezone.now().isoformat(),
        "seen": str(seen or Seen.now()),
    }  # fmt: skip
    findings = {**job.findings, "publishing": asked}
    findings.pop("unpublished", None)
    begun = {"done": 0, "message": "", "started_at": None}
    claim(job, State.PUBLISHING, of=(State.APPLIED,), findings=findings, **begun)


def publish_asked(job, *, progress=None):
    """Publish as asked; what could not be is kept in the findings. Returns the job.

    Nothing is published in the name of somebody who has lost the right since he asked.
    """
    asked = job.findings["publishing"]
    by = get_user_model().objects.filter(pk=asked["by"], is_active=True).first()
    if by is None or not may_publish(by, job):
        message = _("Who asked for it may not publish any more. Publish the drafts yourself.")
        claim(job, State.APPLIED, of=(State.PUBLISHING,), message=message)
        return job

    def tell(done):
        ImportJob.objects.filter(pk=job.pk).update(done=done, heartbeat_at=timezone.now())
        if progress:
            progress(done)

    _number, refused = publish(
        job, by=by, at=when(job), change_note=asked["change_note"],
        agreed=asked.get("agreed", ()), seen=_seen(asked), progress=tell,
    )  # fmt: skip
    found = {"published": published(job, published_at__gte=asked["since"]), "unpublished": refused}
    findings = job.findings | found
    claim(job, State.APPLIED, of=(State.PUBLISHING,), findings=findings)
    return job


def _seen(asked):
    """What who asked had seen; None when it was asked before that was kept."""
    return Seen.parse(asked["seen"]) if "seen" in asked else None


def published(job, **conditions):
    """How many editions that the job made or changed are published, or will be."""
    return sum(
        model.objects.published().filter(written_by(job.folder, model), **conditions).count()
        for model in edition_models()
    )


def when(job):
    """The moment for which the drafts were last scheduled, None when they went out at once."""
    return parse_datetime(job.findings.get("publishing", {}).get("at") or "")


def publish(job, *, by=None, at=None, change_note="", agreed=(), seen=None, progress=None):
    """Publish the drafts of a job, each in its own transaction, now or from `at`.

    What somebody saved after the drafts were `seen` is left out. Work that is resumed after `at`
    publishes the rest at once.
    """
    number, refused = 0, []
    for rows in drafts(job).values():
        for pk in list(rows.values_list("pk", flat=True)):
            draft = rows.filter(pk=pk).first()
            if draft is None:
                continue
            ahead = at if at and at > timezone.now() else None
            if seen and draft.changed_at > seen.at:
                why = saved_meanwhile(draft)
            else:
                why = try_to_publish(
                    draft, by=by, at=ahead, change_note=change_note, agreed=agreed, seen=seen
                )
            if why:
                refused.append((str(draft.identity), why))
            else:
                number += 1
            if progress:
                progress(number + len(refused))
    return number, refused
