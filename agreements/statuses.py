"""From events to statuses: what the legal life of an agreement amounts to on a day.

One pure function, `periods`, folds dated events into the periods of the whole agreement and of
each party. After the Vienna Convention on the Law of Treaties (VCLT), articles 10-18 (making and
consent), 24 (entry into force), 25 (provisional application), 54-59 (end, suspension,
replacement), and TFEU article 218 (conclusion by the Union).

The rules:
- A making or consent event raises the rank; it never undoes an effect.
- An event of the whole agreement touches every party; an event of a party touches that party
  and, where the party is a grouping, its members.
- While the whole agreement has no effect of its own, its partners (all parties but the site's
  own) give one: "in force" or "provisionally applied", for some parties unless all have it.
  Without any effect it has the rank that it was given itself, or that all partners have reached.
- A partial date counts from its first day. Where it overlaps a better known date of a step that
  comes earlier in law, it counts from that day.
"""

import datetime
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from culturecoop.dates import PartialDate

from .vocabulary import MAKING, STRENGTH, WITHOUT_EFFECT, EventKind, Status


@dataclass(frozen=True)
class Fact:
    """One event: its kind, its date, and the party it is about (None: the whole agreement)."""

    kind: EventKind
    date: PartialDate
    party: Hashable = None


@dataclass(frozen=True)
class Membership:
    """A member of a grouping, from a day (None: ever) until a day, exclusive (None: still)."""

    member: Hashable
    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds(self, day):
        return (not self.since or self.since <= day) and (not self.until or day < self.until)


@dataclass(frozen=True)
class Period:
    """A status from the day `since` until the day `until`, exclusive (None: still)."""

    party: Hashable
    status: Status
    some_parties: bool
    since: datetime.date
    until: datetime.date | None

    def holds(self, day):
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Standing:
    """What the events up to a day have made of one subject."""

    rank: Status | None = None
    effect: Status | None = None
    suspended_from: Status | None = field(default=None, repr=False)

    @property
    def status(self):
        return self.effect or self.rank

    def apply(self, kind):
        if kind.rank:
            self.rank = max(self.rank or kind.rank, kind.rank, key=MAKING.index)
        elif kind.end:
            self._end(kind)
        else:
            self._change(kind)

    def _end(self, kind):
        """A later end says more than an earlier one; only what never had effect is abandoned."""
        if kind is not EventKind.ABANDONED or self.effect is None:
            self.effect = kind.end

    def _change(self, kind):
        match kind:
            case EventKind.PROVISIONAL_APPLICATION if self._without_effect:
                self.effect = Status.PROVISIONALLY_APPLIED
            case EventKind.PROVISIONAL_APPLICATION_END:
                if self.effect is Status.PROVISIONALLY_APPLIED:
                    self.effect, self.rank = None, self.rank or Status.SIGNED
            case EventKind.ENTRY_INTO_FORCE:
                self.effect = Status.IN_FORCE
            case EventKind.SUSPENSION if not self._ended and self.effect is not Status.SUSPENDED:
                self.suspended_from = self.effect
                self.effect = Status.SUSPENDED
            case EventKind.RESUMPTION if self.effect is Status.SUSPENDED:
                self.effect = self.suspended_from or Status.IN_FORCE
            case EventKind.DENUNCIATION_NOTIFIED if not self._ended:
                self.effect = Status.DENOUNCED

    @property
    def _ended(self):
        return self.effect is not None and self.effect.is_end

    @property
    def _without_effect(self):
        return self.effect is None or self._ended


def counting_days(facts):
    """[(day, fact)] in the order in which the facts count; those without effect are left out."""
    facts = [fact for fact in facts if fact.kind not in WITHOUT_EFFECT]

    def day(fact):
        earlier_in_law = (
            other.date.first
            for other in facts
            if other.kind.legal_order < fact.kind.legal_order
            and fact.date.first < other.date.first <= fact.date.last
        )
        return max(earlier_in_law, default=fact.date.first)

    counted = ((day(fact), fact) for fact in facts)
    return sorted(counted, key=lambda pair: (pair[0], pair[1].kind.legal_order))


def periods(
    facts: Iterable[Fact],
    partners: Iterable[Hashable] = (),
    own: Iterable[Hashable] = (),
    members: Mapping[Hashable, Iterable[Membership]] | None = None,
) -> list[Period]:
    """Fold events into periods: those of the whole agreement first, then party by party.

    `partners` and `own` are the parties (partners: all but the site's own), `members` the
    memberships of those that are groupings. The periods of one subject neither overlap nor leave
    gaps, from its first event on; the last has no end.
    """
    life = _Life(list(facts), list(partners), list(own), dict(members or {}))
    found = _merge(None, life.days, life.whole_on)
    for party in life.subjects:
        found += _merge(party, life.days, partial(life.party_on, party))
    return found


class _Life:
    """The facts of one agreement, asked day by day."""

    def __init__(self, facts, partners, own, members):
        self.facts, self.partners, self.own, self.members = facts, partners, own, members
        self._counting = {}
        self._touched = touched = {fact.party for fact in facts if fact.party is not None}
        listed = [*own, *partners]
        self.subjects = listed + sorted(touched - set(listed), key=str)
        self.days = sorted(
            {day for subject in [None, *self.subjects] for day, _fact in self._of(subject)}
            | self._membership_days()
        )

    def _membership_days(self):
        """Days on which a grouping gains or loses a member, once the agreement has a life."""
        if not self.facts:
            return set()
        first = min(fact.date.first for fact in self.facts)
        days = {
            day for rows in self.members.values() for m in rows for day in (m.since, m.until)
        }  # fmt: skip
        return {day for day in days if day and day > first}

    def _of(self, subject):
        """The counting days of the facts that touch `subject`."""
        if subject not in self._counting:
            touching = {None, subject, *self._groupings_of(subject)}
            self._counting[subject] = counting_days(f for f in self.facts if f.party in touching)
        return self._counting[subject]

    def _groupings_of(self, subject):
        return (g for g, rows in self.members.items() if any(m.member == subject for m in rows))

    def standing(self, subject, day):
        standing = Standing()
        for counts_from, fact in self._of(subject):
            if counts_from <= day:
                standing.apply(fact.kind)
        return standing

    def party_on(self, party, day):
        """(status, False) of one party on a day: what a party has, it has as a whole."""
        return self.standing(party, day).status, False

    def whole_on(self, day):
        """(status, for some parties only) of the whole agreement on a day."""
        whole = self.standing(None, day)
        if whole.effect:
            return whole.effect, False
        standings = [self.standing(party, day) for party in self._leaves(day)]
        return _from_partners(standings) or (_best_rank(whole.rank, standings), False)

    def _leaves(self, day):
        """The partners, a grouping replaced by its members where they have events of their own."""
        for partner in self.partners:
            rows = self.members.get(partner, ())
            acting = any(row.member in self._touched for row in rows)
            members = [row.member for row in rows if row.holds(day)]
            yield from members if acting and members else [partner]


def _from_partners(standings):
    """(status, for some only) that the partners' effects give the whole, or None."""
    effects = {standing.effect for standing in standings}
    for status in STRENGTH:
        if status in effects and not (status.is_end and None in effects):
            return status, effects != {status}
    return None


def _best_rank(own_rank, standings):
    """The rank given to the whole, or the one that all partners have reached, if higher."""
    ranks = [standing.rank for standing in standings]
    reached = min(ranks, key=MAKING.index) if ranks and all(ranks) else None
    return max(filter(None, [own_rank, reached]), key=MAKING.index, default=None)


def _merge(party, days, status_on):
    """Periods from the statuses on the days where something happens."""
    found = []
    for day in days:
        status, some = status_on(day)
        last = (found[-1].status, found[-1].some_parties) if found else (None, False)
        if status is None or (status, some) == last:
            continue
        if found:
            last = found.pop()
            found.append(Period(party, last.status, last.some_parties, last.since, day))
        found.append(Period(party, status, some, day, None))
    return found
