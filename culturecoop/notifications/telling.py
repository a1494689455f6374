"""Who is told what: written with the step itself, and sent when that is done."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from culturecoop.editions.models import Edition
from culturecoop.editions.reviews import Contribution

from .mail import send
from .models import Kind, Notification, Preferences

#: So long what was read is kept, and all the rest.
KEPT_READ, KEPT = datetime.timedelta(days=30), datetime.timedelta(days=365)
#: What is published together, in several portions, within so long is told once.
TOGETHER = datetime.timedelta(hours=1)


def tell(kind: Kind, editions: Sequence[Edition], by: Any, note: str, before: Any) -> None:
    """Tell all whom a step concerns, but who took it; `before` is who took the one before."""
    concerned = _publishers(editions[0]) if kind == Kind.SUBMITTED else _authors(editions, before)
    concerned.pop(by and by.pk, None)
    people = get_user_model().objects.filter(pk__in=concerned, is_active=True)
    chosen = {row.person_id: row for row in Preferences.objects.filter(person__in=people)}
    for person in people:
        wants = chosen.get(person.pk) or Preferences(person=person)
        told = _told(kind, concerned[person.pk], by, note, person)
        if _is_joined(told):
            continue
        if wants.wants("admin", kind):
            told.save()
        if wants.wants("mail", kind) and person.email:
            transaction.on_commit(partial(send, person.email, wants.language, told), robust=True)
    _forget(people)


def settle(editions: Sequence[Edition]) -> None:
    """Mark as read that editions were submitted: something else was done about them since."""
    told = Notification.objects.filter(
        kind=Kind.SUBMITTED,
        content_type=ContentType.objects.get_for_model(type(editions[0])),
        edition__in=[edition.pk for edition in editions],
        read_at=None,
    )
    told.update(read_at=timezone.now())


def _publishers(draft):
    """Return {id: drafts} of those who may approve and publish a draft."""
    opts = draft._meta
    right = f"{opts.app_label}.{get_permission_codename('publish', opts)}"
    people = get_user_model().objects.with_perm(right)
    return {pk: [draft] for pk in people.filter(is_staff=True).values_list("pk", flat=True)}


def _authors(editions, before):
    """Return {id: editions} of those who made or changed them."""
    known = {edition.pk: edition for edition in editions}
    kind = ContentType.objects.get_for_model(type(editions[0]))
    rows = Contribution.objects.filter(content_type=kind, draft__in=known).order_by("draft")
    found = defaultdict(list)
    for person, draft in rows.values_list("person", "draft"):
        found[person].append(known[draft])
    if before:
        found.setdefault(before.pk, list(editions))
    return found


def _told(kind, editions, by, note, person):
    first = editions[0]
    return Notification(
        person=person,
        kind=kind,
        content_type=ContentType.objects.get_for_model(type(first)),
        edition=first.pk,
        title=first.heading[:200],
        number=len(editions),
        live_from=first.live_from,
        by=by,
        note=note,
        at=first.published_at if kind == Kind.PUBLISHED else timezone.now(),
    )


def _is_joined(told):
    """Whether more of what is published together was added to what is told already."""
    if told.kind != Kind.PUBLISHED or told.number == 1:
        return False
    same = Notification.objects.filter(
        person=told.person, kind=told.kind, by=told.by, number__gt=1, at__gte=told.at - TOGETHER
    )
    added = Notification.objects.filter(pk__in=list(same.values_list("pk", flat=True)[:1]))
    return bool(added.update(number=F("number") + told.number, at=told.at, read_at=None))


def _forget(people):
    """Delete what is old of some people."""
    now = timezone.now()
    old = Q(read_at__lt=now - KEPT_READ) | Q(at__lt=now - KEPT)
    Notification.objects.filter(old, person__in=people).delete()
