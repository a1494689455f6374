"""What is found, the best first, the same on both databases."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from .matching import Condition, Newest
from .models import SearchDocument
from .query import Query, Term
from .sources import source_named

MOST = 500  # results; a list of more says so
A_FEW = 100
MOST_TOPICS = 5  # of a query that are offered as filters
COLUMNS = ("kind", "identity_id", "object_id", "language", "live_from")


@dataclass(frozen=True)
class Hit:
    """A thing that was found, in the language in which it was."""

    kind: str
    identity_id: int
    object_id: int
    language: str
    live_from: datetime.datetime

    @property
    def thing(self) -> tuple[str, int]:
        """What tells the thing: it can be found in several of its languages."""
        return self.kind, self.identity_id

    @property
    def place(self) -> tuple[int, float, int]:
        """Where it stands among those that fit as well: agreements first, then the newest."""
        return source_named(self.kind).order, -self.live_from.timestamp(), self.identity_id


@dataclass(frozen=True)
class Seen:
    """What readers see at a moment, where it is asked for: all, or one kind of thing."""

    at: datetime.datetime
    kind: str = ""  # the name of a Source


def found(condition: Condition, seen: Seen, most: int) -> QuerySet[SearchDocument]:
    """Return `most` rows of what readers see that meet a condition: the last ones."""
    rows = SearchDocument.objects.live(seen.at)
    if seen.kind:
        rows = rows.filter(kind=seen.kind)
    return rows.filter(Newest(condition, seen.at, most, seen.kind)).order_by("-pk")[:most]


def number(condition: Condition, seen: Seen, most: int = MOST) -> int:
    """Return how many rows meet a condition of what readers see: `most` at most."""
    return found(condition, seen, most).count()


def finds(condition: Condition, seen: Seen) -> bool:
    """Whether readers see anything that meets a condition.

    Asked for a single row, PostgreSQL reads the table in the hope of meeting it soon.
    """
    return number(condition, seen, A_FEW) > 0


def hits(query: Query, at: datetime.datetime | None = None) -> list[Hit]:
    """Return what a query finds, the best first: one more than MOST when there is more."""
    seen = Seen(at or timezone.now())
    tiers: dict[int, int] = {}  # {row: the first tier that it meets}
    for number, condition in enumerate(query.tiers):
        for pk in found(condition, seen, MOST + 1).values_list("pk", flat=True):
            tiers.setdefault(pk, number)
        if len(tiers) > MOST:
            break
    rows = SearchDocument.objects.filter(pk__in=tiers).values_list("pk", *COLUMNS)
    placed = [(tiers[pk], Hit(*columns)) for pk, *columns in rows]
    placed.sort(key=lambda row: (row[0], row[1].place))
    return [hit for _tier, hit in placed[: MOST + 1]]


def live_topics(query: Query, at: datetime.datetime) -> set[str]:
    """Return the topics a query names that something is about which readers see at `at`."""
    named = {topic: term for term in query.needed for topic in sorted(term.named)}
    asked = list(named.items())[:MOST_TOPICS]
    return {
        topic
        for topic, term in asked
        if finds(Term((), frozenset([topic]), term.wider).about(), Seen(at))
    }


def by_thing(hits: list[Hit], language: str) -> list[Hit]:
    """Return one hit for each thing, in the reader's language where it was found in that."""
    best: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        there = best.get(hit.thing)
        if there is None or (hit.language == language != there.language):
            best[hit.thing] = hit  # keeps the place of the first
    return list(best.values())
