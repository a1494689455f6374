"""Last days, extensions and notices: what is known ahead (rules 6 and 8; VCLT 54-56, 65-68)."""

import datetime
from dataclasses import dataclass
from typing import TypeAlias

from culturecoop.dates import PartialDate

from ..vocabulary import BEGINNINGS, EventKind, Scope, Status
from .acts import Role
from .facts import Fact, Subject
from .participation import Participation

_K = EventKind
LAPSING = (_K.EXPIRY, _K.PROVISIONAL_APPLICATION_END)
DAY = datetime.timedelta(days=1)
#: The first day without effect, its date as recorded, and whether that is the last with effect.
End: TypeAlias = tuple[datetime.date, PartialDate, bool]


@dataclass(frozen=True)
class LastDay:
    """A day after which something lapses: an expiry, an `until`, an end of application."""

    day: datetime.date
    kind: EventKind
    fact: Fact
    role: Role

    @property
    def named(self) -> tuple[PartialDate, bool]:
        """(the day as it is recorded, whether it is the last with effect)."""
        if self.fact.kind is _K.PROVISIONAL_APPLICATION_END:
            return self.fact.date, False
        until = None if self.fact.kind is _K.EXPIRY else self.fact.until
        return until or self.fact.date, True


class Notices(Participation):
    """When what has effect lapses, and what is known of it before."""

    def last_days(self, subject: Subject, day: datetime.date) -> list[LastDay]:
        """The LastDays that are recorded, moved by the extensions up to a day."""
        found, rows = [], self.touching(subject)
        for when, role, fact in rows:
            if fact.kind is _K.EXPIRY:
                found.append(LastDay(when, fact.kind, fact, role))
            elif fact.kind is _K.PROVISIONAL_APPLICATION_END:
                found.append(LastDay(when - DAY, fact.kind, fact, role))
            elif fact.kind in BEGINNINGS and fact.until and when <= day:
                kind = _K.EXPIRY if fact.kind is _K.ENTRY_INTO_FORCE else LAPSING[1]
                found.append(LastDay(self._until(fact), kind, fact, role))
        for when, role, fact in rows:
            if fact.kind is _K.EXTENSION and when <= day:
                found = self._extended(found, when, role, fact, rows)
        return found

    def _until(self, fact):
        """The last day of effect that a fact names, or None."""
        if not fact.until:
            return None
        return fact.until.last if self.longest else fact.until.first

    def _extended(self, last_days, when, role, fact, rows):
        """An extension on or before the next last day moves it, or takes it away (VCLT 54)."""
        ahead = [last for last in last_days if last.day >= when]
        until = self._until(fact)
        if ahead:
            moved = min(ahead, key=lambda last: last.day)
            rest = [last for last in last_days if last is not moved]
            return [*rest, LastDay(until, moved.kind, fact, moved.role)] if until else rest
        begun = [row for row in rows if row[2].kind in BEGINNINGS and row[0] <= when]
        lapsed = max((last.day for last in last_days), default=None)
        if not until or not begun or (lapsed and begun[-1][0] <= lapsed):
            return last_days
        in_force = any(row[2].kind is _K.ENTRY_INTO_FORCE for row in begun)
        return [*last_days, LastDay(until, _K.EXPIRY if in_force else LAPSING[1], fact, role)]

    def is_cancelled(self, subject: Subject, fact: Fact, day: datetime.date) -> bool:
        """Whether the notice of a denunciation was withdrawn by a day, before its effect."""
        if fact.kind is not _K.DENUNCIATION_EFFECTIVE:
            return False
        notices, own = self._notices_for(subject, fact)
        authors = self._authors(subject, fact)
        return any(
            other.kind is _K.DENUNCIATION_WITHDRAWN
            and other.party in (None, *authors)
            and when < self.days[fact]
            and when <= day
            and (own is None or max((n for n in notices if n <= when), default=None) == own)
            for when, _role, other in self.touching(subject)
        )

    def _authors(self, subject, fact):
        """Whose withdrawal cancels it: its author's; a body and its member act for each other."""
        if subject is None or not (fact.party == subject or self._stands_for(fact, subject)):
            return {fact.party}
        bodies = (body for body, _row in self.treaty.groupings_of(subject))
        return {fact.party, subject, *bodies}

    def _notices_for(self, subject, fact):
        """(the days of the notices of a denunciation's author, the day of its own or None).

        Each denunciation follows the latest notice before it that no later one follows.
        """
        rows = [row for row in self.touching(subject) if row[2].party == fact.party]
        notices = [when for when, _r, other in rows if other.kind is _K.DENUNCIATION_NOTIFIED]
        free, own = list(notices), None
        for when, _role, other in reversed([row for row in rows if row[2].kind is fact.kind]):
            before = [notice for notice in free if notice <= when]
            if other is fact:
                own = before[-1] if before else None
                break
            if before:
                free.remove(before[-1])
        return notices, own

    def announced_end(self, subject: Subject, day: datetime.date) -> End | None:
        """Return the first end after a day that is known by then.

        A denunciation is known ahead from its notice, anything else since it is recorded.
        """
        standing = self.standing(subject, day)
        found = []
        for last in self.last_days(subject, day):
            if last.day >= day and (last.kind is _K.EXPIRY or not standing.force):
                found.append((last.day + DAY, *last.named))
        for when, role, fact in self.touching(subject):
            if when > day and self._is_announced(subject, fact, day, role):
                found.append((when, fact.date, False))
        return min(found, key=lambda end: end[0], default=None)

    def end_by(self, subject: Subject, fact: Fact, role: Role) -> Status | None:
        """The status that a fact ends the subject's with, or None (rule 5)."""
        end = fact.kind.end
        if end is Status.CEASED and fact.party != subject:
            return Status.TERMINATED
        own = role is not Role.WHOLE and not self.treaty.bilateral
        if own and fact.kind is _K.DENUNCIATION_EFFECTIVE:
            return Status.WITHDRAWN
        return end

    def _is_announced(self, subject, fact, day, role):
        ending = self.end_by(subject, fact, role) and fact.kind not in (*LAPSING, _K.ABANDONED)
        if not ending or fact.scope == Scope.PART or self.is_cancelled(subject, fact, day):
            return False
        _notices, own = self._notices_for(subject, fact)
        return fact.kind is not _K.DENUNCIATION_EFFECTIVE or own is None or own <= day


def a_year_after(day: datetime.date) -> datetime.date:
    """The day twelve months after a notice (VCLT 56(2))."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return datetime.date(day.year + 1, 3, 1)
