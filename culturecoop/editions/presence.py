"""Who has the form of an edition open: a row for each person, written while the form is there.

It is a help and no lock: what decides is the version of the draft (`verbs.hold`). Rows live in a
table because several processes share that and perhaps no cache; they are few, and are forgotten
soon.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: An open form says so in these seconds; sooner than in `SOON` it is not written again.
EVERY = 20
SOON = 10
#: Whose form has said nothing for so many seconds has left. A browser lets a page that is out of
#: sight speak once a minute only.
GONE = 75


class OpenForm(models.Model):
    """That somebody has the form of an edition open."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    edition = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "edition", "user"], name="open_form_once"
            )
        ]

    def __str__(self):
        return f"{self.edition}/{self.user_id}"


def others_at(edition: Any, user: Any) -> Sequence[OpenForm]:
    """Return the open forms of others: of this edition, or of another one of its track.

    Who opened what is live goes on in the draft that somebody else makes of it.
    """
    return list(_open_at(edition).exclude(user=user))


def note_open(edition: Any, user: Any) -> None:
    """Keep that somebody has the form of an edition open; a later row sweeps out the old ones."""
    now = timezone.now()
    own = _forms(edition).filter(edition=edition.pk, user=user)
    seen = own.filter(seen_at__gte=_gone(now)).values_list("seen_at", flat=True).first()
    if seen and seen > now - datetime.timedelta(seconds=SOON):
        return
    if seen:
        own.update(seen_at=now)
        return
    with transaction.atomic():
        OpenForm.objects.filter(seen_at__lt=_gone(now)).delete()
        row = OpenForm(content_type=_kind(edition), edition=edition.pk, user=user)
        row.since = row.seen_at = now
        OpenForm.objects.bulk_create([row], ignore_conflicts=True)


def note_closed(edition: Any, user: Any) -> None:
    """Forget that somebody had the form of an edition open."""
    _forms(edition).filter(edition=edition.pk, user=user).delete()


def _open_at(edition):
    """Return the forms of a track that are open now, the longest open first."""
    editions = edition.siblings().values("pk")
    there = _forms(edition).filter(edition__in=editions, seen_at__gte=_gone(timezone.now()))
    return there.select_related("user").order_by("since", "pk")


def _forms(edition):
    return OpenForm.objects.filter(content_type=_kind(edition))


def _kind(edition):
    return ContentType.objects.get_for_model(type(edition))


def _gone(now):
    return now - datetime.timedelta(seconds=GONE)
