"""Who takes part since when, and which acts touch him (the words “joined and left”; rules 1, 4, 5).

`Participation` is the life of one agreement with a day for every fact: it tells which facts concern
a subject, and how. `notice.py` adds what is known ahead, `consent.py` whom an entry into force
binds, `chronicle.py` what all that makes of a subject on a day.
"""

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeAlias

from ..vocabulary import BEGINNINGS, CONSENT, JOINING, SIGNATURES, WITHOUT_EFFECT, EventKind
from .acts import Role
from .facts import Fact, Party, Subject, Treaty
from .standing import Standing

_K = EventKind
#: By which a side acts for the whole of a bilateral agreement (rule 5).
FOR_THE_WHOLE = (
    _K.SUSPENSION, _K.RESUMPTION, _K.DENUNCIATION_NOTIFIED, _K.DENUNCIATION_WITHDRAWN,
    _K.DENUNCIATION_EFFECTIVE, _K.TERMINATION, _K.EXPIRY, _K.REPLACEMENT, _K.ABANDONED,
    _K.DISSOLUTION, _K.PROVISIONAL_APPLICATION_END,
)  # fmt: skip
#: What of the whole touches the other parties of our side (rule 4), and a party of a multilateral
#: agreement (rule 1: negotiations, initialling and adoption are the treaty's).
_FOR_OWN_SIDE = (*SIGNATURES, _K.ENTRY_INTO_FORCE, _K.EXTENSION, *FOR_THE_WHOLE[:-1])
_FOR_PARTIES = (*_FOR_OWN_SIDE, _K.PROVISIONAL_APPLICATION, _K.PROVISIONAL_APPLICATION_END)
Days: TypeAlias = Mapping[Fact, datetime.date]  # the one on which each fact happened
Touch: TypeAlias = tuple[datetime.date, Role, Fact]  # when a fact touches a subject, and how


class Participation:
    """The facts of a treaty, each on one day.

    What lasts until a month or a year lasts until its first day, or its last one when `longest`.
    """

    def __init__(self, treaty: Treaty, facts: Iterable[Fact], days: Days, longest: bool) -> None:
        self.treaty, self.days, self.longest = treaty, days, longest
        self.facts = sorted(
            (f for f in facts if f.kind not in WITHOUT_EFFECT),
            key=lambda f: (days[f], f.kind.legal_order, str(f.party), f.scope, f.part),
        )
        self._touching: dict[Subject, list[Touch]] = {}
        self._standings: dict[tuple[Subject, datetime.date], Standing] = {}
        self._joined: dict[Party, datetime.date] = {}

    def standing(self, subject: Subject, day: datetime.date) -> Standing:
        """Return what the acts that touch a subject up to a day have made of it: Chronicle does."""
        raise NotImplementedError

    def is_for_whole(self, fact: Fact) -> bool:
        """Whether a fact is the whole's: without a party, or by a side that acts for it."""
        return fact.party is None or (self._is_a_side(fact.party) and fact.kind in FOR_THE_WHOLE)

    def role(self, fact: Fact, subject: Subject) -> Role | None:
        """The role of a fact for a subject, or None where it does not touch it."""
        if fact.kind is _K.EXTENSION and self._is_a_side(fact.party):
            return None  # one side alone does not prolong what both have agreed
        if self.is_for_whole(fact):
            return Role.WHOLE if self._reaches(fact, subject) else None
        if subject is None:
            return None
        if fact.party == subject:
            return Role.OWN
        return Role.GROUPING if self._stands_for(fact, subject) else None

    def _is_a_side(self, party):
        return party in (self.treaty.sides or ())

    def _reaches(self, fact, subject):
        """Whether an act of the whole can touch the subject."""
        if subject is not None and not self._is_listed_or_member(subject, self.days[fact]):
            return False
        if not self.treaty.bilateral:
            if fact.kind in CONSENT and fact.kind not in SIGNATURES:
                return False  # consent is a party's
            return subject is None or fact.kind in _FOR_PARTIES
        if subject in self.treaty.own_side and fact.party != subject:
            return fact.kind in _FOR_OWN_SIDE
        return True

    def _is_listed_or_member(self, subject, day):
        return subject in self.treaty.listed or any(
            row.holds(day) for _body, row in self.treaty.groupings_of(subject)
        )

    def _stands_for(self, fact, subject):
        """Whether a grouping acts for its members of that day, who act for themselves besides."""
        return subject is not None and any(
            body == fact.party and row.holds(self.days[fact])
            for body, row in self.treaty.groupings_of(subject)
        )

    def joined(self, party: Party) -> datetime.date:
        """The first day on which a party is one: `date.min` where it is one from the start."""
        if party not in self._joined:
            self._joined[party] = self._first_day_of(party)
        return self._joined[party]

    def _first_day_of(self, party):
        own = [fact for fact in self.facts if fact.party == party]
        joining = [fact for fact in own if fact.kind in JOINING]
        if not joining or self._is_a_side(party):
            return datetime.date.min
        first = min(self.days[fact] for fact in joining)
        signed = [self.days[fact] for fact in joining if fact.kind in SIGNATURES]
        if signed and self._both_signed and min(signed) <= self._both_signed:
            return datetime.date.min
        return min([first, *(self.days[fact] for fact in own if fact.kind in BEGINNINGS)])

    @cached_property
    def _both_signed(self) -> datetime.date | None:
        """The first day on which both sides had signed; one party of each suffices."""
        signed: dict[bool | None, list[datetime.date]] = {True: [], False: [], None: []}
        ours = {self.treaty.own, *self.treaty.own_side}
        for fact in self.facts:
            if fact.kind in SIGNATURES:
                side = None if fact.party is None else fact.party in ours
                signed[side].append(self.days[fact])
        whole = signed[None]
        if signed[True] and signed[False]:
            whole = [*whole, max(min(signed[True]), min(signed[False]))]
        return min(whole, default=None)

    def touching(self, subject: Subject) -> list[Touch]:
        """Return what touches a subject, in order."""
        if subject not in self._touching:
            rows = [(self._day(f), role, f) for f in self.facts if (role := self.role(f, subject))]
            self._touching[subject] = sorted(
                rows, key=lambda row: (row[0], row[2].kind.legal_order)
            )
        return self._touching[subject]

    def _day(self, fact):
        """In a multilateral agreement nothing is in force for a party before the treaty is."""
        day = self.days[fact]
        treaty = self.first_force
        if self.treaty.bilateral or fact.party is None or fact.kind is not _K.ENTRY_INTO_FORCE:
            return day
        return max(day, treaty) if treaty else day

    @cached_property
    def first_force(self) -> datetime.date | None:
        """The first recorded entry into force of the whole, or None."""
        days = [
            self.days[fact] for fact in self.facts
            if fact.kind is _K.ENTRY_INTO_FORCE and fact.party is None
        ]  # fmt: skip
        return min(days, default=None)

    @cached_property
    def first_force_of_a_party(self) -> tuple[datetime.date, Fact] | None:
        """The first entry into force of any party, or None (rule 3)."""
        days = [(self.days[f], f) for f in self.facts if f.kind is _K.ENTRY_INTO_FORCE]
        return min(days, key=lambda pair: pair[0], default=None)
