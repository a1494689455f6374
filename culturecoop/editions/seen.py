"""What somebody had seen who decides about a draft, and what was decided or amended since then.

A draft has a version; what readers will see with it besides, such as its address, the titles of
its documents and the edition that it replaces, has not. It is held against a moment.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from culturecoop.reference.models import Amendment
from culturecoop.texts import whole_number

from .models import Edition
from .tracks import track_of


@dataclass(frozen=True)
class Seen:
    """When somebody looked, and the id of the newest amendment of reference data at that time."""

    at: datetime.datetime
    amendment: int

    @classmethod
    def now(cls) -> Self:
        """Return what somebody sees who looks now."""
        newest = Amendment.objects.aggregate(newest=Max("pk"))["newest"]
        return cls(timezone.now(), newest or 0)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what `str()` made a text of; ValueError for anything else."""
        at, _blank, amendment = text.partition(" ")
        when, number = parse_datetime(at), whole_number(amendment)
        if when is None or timezone.is_naive(when) or number is None:
            raise ValueError(f"“{text}” is no moment with a number.")
        return cls(when, number)

    def __str__(self):
        return f"{self.at.isoformat()} {self.amendment}"


def changes_since(draft: Edition, seen: Seen) -> list[str]:
    """Return a sentence for each decision, amendment and file of a draft since it was seen."""
    return changes_of([draft], seen)[draft.pk]


def changes_of(drafts: Sequence[Edition], seen: Seen) -> dict[int, list[str]]:
    """Return {id: sentences} about what has changed of drafts since they were seen."""
    amendments = _amendments(drafts, seen.amendment)
    return {
        draft.pk: [
            *map(decision, track_of(draft).decided_since(seen.at)),
            *map(_amended, amendments[draft.pk]),
            *draft.arrivals(seen.at),
        ]
        for draft in drafts
    }


def decision(edition: Edition) -> str:
    """Return the sentence about who published an edition, or withdrew what it ended."""
    words = {
        "who": edition.published_by or _("A command"),
        "when": moment(edition.published_at),
        "number": edition.number,
        "reason": edition.reason,
        "from": moment(edition.live_from),
    }
    later = edition.live_from > edition.published_at
    if edition.withdrawal:
        sentence = _("%(who)s withdrew it on %(when)s. Reason: “%(reason)s”.")
        if later:
            sentence = _("%(who)s withdrew it on %(when)s, from %(from)s on. Reason: “%(reason)s”.")
    else:
        sentence = _("%(who)s published edition %(number)s on %(when)s.")
        if later:
            sentence = _("%(who)s scheduled edition %(number)s on %(when)s for %(from)s.")
    return sentence % words


def _amendments(drafts, number):
    """{id: the amendments after `number` of what readers are shown with a draft}."""
    shown_with = defaultdict(set)
    for draft in drafts:
        for row in draft.shown_with():
            shown_with[ContentType.objects.get_for_model(row).pk, row.pk].add(draft.pk)
    rows = defaultdict(set)
    for kind, pk in shown_with:
        rows[kind].add(pk)
    concerned = Q()
    for kind, pks in rows.items():
        concerned |= Q(content_type=kind, object_id__in=pks)
    found = defaultdict(list)
    amendments = Amendment.objects.filter(concerned, pk__gt=number)
    for amendment in amendments.select_related("by", "content_type").order_by("pk"):
        for draft in shown_with[amendment.content_type_id, amendment.object_id]:
            found[draft].append(amendment)
    return found


def _amended(amendment):
    values = [
        f"{label}: {before or '–'} → {after or '–'}" for label, before, after in amendment.changes()
    ]
    return _("%(who)s changed “%(what)s” on %(when)s (%(values)s).") % {
        "who": amendment.by or _("A command"),
        "what": amendment.object_text,
        "when": moment(amendment.at),
        "values": "; ".join(values),
    }


def moment(value: datetime.datetime) -> str:
    """Return a moment as sentences name it, in the site's time zone."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
