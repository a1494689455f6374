"""From events to periods: the one function that the register asks.

The rules stand in the modules of this package, beside the articles of the Vienna Convention on the
Law of Treaties (VCLT) that they apply:

- `facts.py`: the values that go in and come out;
- `chronology.py`: loosely dated facts (rule 10);
- `participation.py`: who has joined, and whom an act touches (rules 1, 4, 5);
- `consent.py`: whom an entry into force binds (rule 2);
- `notice.py`: last days, extensions and notices (rules 6, 8);
- `chronicle.py`: what all that makes of one subject on a day;
- `acts.py` and `standing.py`: what the acts make of one subject (rules 1, 5 to 9, 12);
- `relations.py` and `strength.py`: the whole and its parties (rules 3, 4, 6);
- this module: statements that follow each other become periods (rule 11).
"""

import datetime
from collections.abc import Hashable, Iterable
from dataclasses import replace
from itertools import pairwise

from culturecoop.dates import PartialDate

from ..vocabulary import BEGINNINGS, WITHOUT_EFFECT, EventKind, weakness
from . import chronology
from .chronicle import Chronicle
from .facts import Fact, Party, Period, Statement, Subject, Treaty
from .notice import DAY, a_year_after
from .relations import Relations


def periods(facts: Iterable[Fact], treaty: Treaty) -> list[Period]:
    """Fold the facts of a treaty into Periods: those of the whole first, then party by party.

    The periods of one subject neither overlap nor leave gaps, from its first event on; the last
    has no end. A period without a status says that nothing is recorded, or nothing for certain.
    """
    life = _Life(list(facts), treaty)
    return [period for subject in [None, *life.subjects] for period in life.periods_of(subject)]


def periods_of_whole(facts: Iterable[Fact], treaty: Treaty) -> list[Period]:
    """Return the Periods of the whole alone, the first of `periods`."""
    return _Life(list(facts), treaty).periods_of(None)


class _Life:
    """The facts of one treaty with every choice of days that they leave open."""

    def __init__(self, facts: list[Fact], treaty: Treaty) -> None:
        facts = [fact for fact in facts if fact.kind not in WITHOUT_EFFECT]
        self.treaty = treaty
        self.facts = chronology.distinct([_attributed(fact, treaty) for fact in facts])
        self.spans = chronology.windows(self.facts, treaty.sides)
        self.earliest = {fact: span[0] for fact, span in zip(self.facts, self.spans, strict=True)}
        self._relations: dict[Hashable, Relations] = {}

    @property
    def subjects(self) -> list[Party]:
        """The listed parties, the members of their groupings, and who else has events."""
        members = [row.member for rows in self.treaty.members.values() for row in rows]
        others = sorted({f.party for f in self.facts if f.party is not None}, key=str)
        return list(dict.fromkeys([*self.treaty.listed, *members, *others]))

    def relations_of(self, subject: Subject) -> list[Relations]:
        """The Relations for each choice of the loosely dated facts that touch a subject."""
        loose = [
            place for place, (first, last) in enumerate(self.spans)
            if first != last and self._may_touch(self.facts[place], subject)
        ]  # fmt: skip
        choices: list[chronology.Choice] = [{}]
        if loose:
            choices = chronology.choices(self.facts, self.spans, loose, self.treaty.sides)
        untils = [f.until for f in self.facts if f.until and self._may_touch(f, subject)]
        lengths = (False, True) if any(u.first != u.last for u in untils) else (True,)
        return [self._for(choice, longest) for choice in choices for longest in lengths]

    def _for(self, choice, longest):
        key = (longest, *sorted(choice.items()))
        if key not in self._relations:
            days = self.earliest | {self.facts[place]: day for place, day in choice.items()}
            chronicle = Chronicle(self.treaty, self.facts, days, longest)
            self._relations[key] = Relations(chronicle)
        return self._relations[key]

    def _may_touch(self, fact, subject):
        if self.treaty.bilateral or fact.party in (None, subject):
            return True
        bodies = [body for body, _row in self.treaty.groupings_of(subject)]
        return fact.party in bodies or (subject is None and fact.kind is EventKind.ENTRY_INTO_FORCE)

    def periods_of(self, subject: Subject) -> list[Period]:
        relations = self.relations_of(subject)
        found: list[tuple[datetime.date, Statement]] = []
        for day in self._days(subject, relations):
            statement = _combined([each.statement(subject, day) for each in relations], day)
            last = found[-1][1] if found else Statement()
            if statement != last:
                found.append((day, statement))
        return [
            _period(subject, day, until, statement)
            for (day, statement), (until, _next) in pairwise([*found, (None, None)])
        ]

    def _days(self, subject, relations):
        """The days on which something can change for a subject."""
        days = set()
        for each in relations:
            for fact, day in each.chronicle.days.items():
                if self._may_touch(fact, subject):
                    days.update(_days_of(fact, day))
        if days:
            first = min(days)
            days |= {day for day in self._membership_days() if day > first}
        return sorted(days)

    def _membership_days(self):
        rows = [row for rows in self.treaty.members.values() for row in rows]
        return {day for row in rows for day in (row.since, row.until) if day}


def _attributed(fact, treaty):
    """A conclusion decision without a party is the own party's (TFEU 218(6))."""
    if fact.kind is EventKind.CONCLUSION and fact.party is None and treaty.own in treaty.listed:
        return replace(fact, party=treaty.own)
    return fact


def _days_of(fact, day):
    """The day of a fact, and the days after it on which what it says takes effect."""
    yield day
    if fact.kind is EventKind.EXPIRY:
        yield day + DAY
    if fact.until and fact.kind in (*BEGINNINGS, EventKind.EXTENSION):
        yield fact.until.last + DAY
        yield fact.until.first + DAY
    if fact.kind is EventKind.DENUNCIATION_NOTIFIED:
        yield a_year_after(day)


def _combined(statements, day):
    """One statement from those of every choice: where they differ, the weaker, as uncertain."""
    if len(statements) == 1:
        return statements[0]
    weakest = min(statements, key=lambda each: weakness(each.status))
    others = [each for each in statements if each.status is not weakest.status]
    alike = [each for each in statements if each.status is weakest.status]
    combined = replace(
        weakest,
        some_parties=any(each.some_parties for each in alike),
        in_part=any(each.in_part for each in alike),
        uncertain=any(each.uncertain for each in statements) or bool(others),
    )
    if others:
        combined = replace(combined, unsure=_unsure([*others, weakest], day))
    return combined


def _unsure(statements, day):
    """The event whose day is not known well enough to tell which statement is right."""
    facts = [each.fact for each in statements if each.fact]
    loose = [fact for fact in facts if any(_is_open(date, day) for date in (fact.date, fact.until))]
    return next(iter([*loose, *facts]), None)


def _is_open(date, day):
    """Whether a loosely known date can lie before a day, and after it as well."""
    return bool(date) and date.first <= day <= date.last + DAY and date.first != date.last


def _period(subject, since, until, statement):
    fact = statement.fact
    return Period(
        subject,
        statement.status,
        since,
        until,
        statement.some_parties,
        statement.in_part,
        statement.uncertain,
        _known(fact, statement.began) if fact else None,
        statement.ends,
        statement.ends_after,
        statement.remark,
        fact and fact.key,
        statement.notice and statement.notice.key,
        statement.unsure and statement.unsure.key,
    )


def _known(fact, day):
    """The day as the fact dates it; the last day of effect of what has lapsed."""
    if fact.kind is EventKind.EXPIRY:
        return fact.date
    if fact.until and day in (fact.until.first + DAY, fact.until.last + DAY):
        return fact.until
    if fact.date.first <= day <= fact.date.last:
        return fact.date
    return PartialDate(day.year, day.month, day.day)
