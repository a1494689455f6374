"""Drafts that somebody else discarded: kept for some days, so that their editors hear of it."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAYS = 14
USER = settings.AUTH_USER_MODEL
OF_USER = {"null": True, "related_name": "+"}


class DiscardedDraft(models.Model):
    """Whose draft it was, and who discarded it; the draft itself is gone."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    identity = models.PositiveBigIntegerField()  # which may be gone as well
    identity_text = models.CharField(max_length=500, editable=False)
    title = models.CharField(_("title"), max_length=200, editable=False)
    created_by = models.ForeignKey(USER, models.PROTECT, **OF_USER)
    changed_by = models.ForeignKey(USER, models.PROTECT, **OF_USER)
    discarded_by = models.ForeignKey(USER, models.PROTECT, **OF_USER)
    discarded_at = models.DateTimeField(_("discarded at"), db_index=True)

    class Meta:
        verbose_name = _("discarded draft")
        verbose_name_plural = _("discarded drafts")
        default_permissions = ()

    def __str__(self):
        return self.title


def note_discarded(draft: Any, by: Any) -> None:
    """Keep whose draft `by` is about to discard, where it was not his alone; forget old ones."""
    now = timezone.now()
    DiscardedDraft.objects.filter(discarded_at__lt=lately(now)).delete()
    if {draft.created_by, draft.changed_by} <= {by, None}:
        return
    DiscardedDraft.objects.create(
        content_type=ContentType.objects.get_for_model(draft),
        identity=draft.identity.pk,
        identity_text=str(draft.identity)[:500],
        title=draft.heading[:200],
        created_by=draft.created_by,
        changed_by=draft.changed_by,
        discarded_by=by,
        discarded_at=now,
    )


def lately(now: datetime.datetime | None = None) -> datetime.datetime:
    """Return the moment since when editors are told what became of their drafts."""
    return (now or timezone.now()) - datetime.timedelta(days=DAYS)


def discarded_by_others(model: type[models.Model], user: Any) -> models.QuerySet:
    """Return the DiscardedDrafts of a model that were the user's, the newest first."""
    found = DiscardedDraft.objects.filter(
        Q(created_by=user) | Q(changed_by=user),
        content_type=ContentType.objects.get_for_model(model),
        discarded_at__gte=lately(),
    )
    found = found.exclude(discarded_by=user).select_related("discarded_by")
    return found.order_by("-discarded_at")
