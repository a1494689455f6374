"""What the events up to a day have made of one subject: a party, or the whole agreement.

Rules 1 and 5 to 9; the articles of the Vienna Convention (VCLT) stand beside what they govern.
Whom an event touches, and whether an entry into force binds, is decided in `participation.py`.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Self

from ..vocabulary import CONSENT, JOINING, RANKS, EventKind, Status, weakness
from .acts import Act, Effect, Role, Suspension
from .facts import Fact, Statement, Subject

_K = EventKind
#: After a subject has left, or a project was abandoned, these begin anew (rule 8).
REJOINING = (*JOINING, *CONSENT)
NEGOTIATING = (_K.NEGOTIATIONS_OPENED, _K.NEGOTIATIONS_RESUMED)


@dataclass
class Standing:
    """The rank reached, the effects, the suspensions, the end and the notices of one subject."""

    binding: bool = True
    rank: Status | None = None
    rank_in_part: bool = False
    rank_fact: Fact | None = None
    rank_day: datetime.date | None = None
    consented: datetime.date | None = None  # the day of the first consent since it (re)joined
    applied: Effect | None = None
    force: Effect | None = None
    suspensions: dict[Subject, Suspension] = field(default_factory=dict)  # by their authors
    end_act: Act | None = None
    notices: dict[Subject, Act] = field(default_factory=dict)  # by their authors

    # What it amounts to -----------------------------------------------------------------

    @property
    def end(self) -> Status | None:
        return self.end_act.end if self.end_act else None

    @property
    def effect(self) -> Effect | None:
        """The effect that stands; force goes before provisional application."""
        return self.force or self.applied

    @property
    def ended_by_whole(self) -> bool:
        return self.end_act is not None and self.end_act.role is Role.WHOLE

    @property
    def left_by(self) -> Act | None:
        """The end of its own that stands (VCLT 70: released from further performance)."""
        return None if self.ended_by_whole or self.effect else self.end_act

    @property
    def suspended(self) -> Suspension | None:
        """The suspension of the whole that stands, the earliest of several; None without."""
        complete = [s for s in self.suspensions.values() if s.complete]
        return min(complete, key=lambda s: s.day) if complete and self.effect else None

    def statement(self) -> Statement:
        if self.effect:
            return self._statement_of(self.effect)
        if act := self.end_act:
            return Statement(act.end, fact=act.fact, began=act.day)
        return self.rank_statement()

    def rank_statement(self) -> Statement:
        return Statement(
            self.rank, in_part=self.rank_in_part, fact=self.rank_fact, began=self.rank_day
        )

    def _statement_of(self, effect):
        if suspended := self.suspended:
            return Statement(Status.SUSPENDED, fact=suspended.fact, began=suspended.day)
        return Statement(
            Status.IN_FORCE if self.force else Status.PROVISIONALLY_APPLIED,
            in_part=effect.in_part or bool(self.suspensions),
            fact=effect.fact,
            began=effect.day,
            remark=effect.remark,
        )

    # The acts ---------------------------------------------------------------------------

    def run(self, acts: Sequence[Act]) -> Self:
        """Apply the acts in their order; on one day an end comes before a new beginning."""
        for _day, same_day in groupby(acts, key=lambda act: act.day):
            group = list(same_day)
            ending = [act for act in group if self._can_end(act)]
            for act in [*ending, *(act for act in group if act not in ending)]:
                self.apply(act)
        return self

    def apply(self, act: Act) -> None:
        if (left := self.left_by) and act.role not in (Role.OWN, left.role):
            return
        if act.kind in RANKS:
            self._make(act)
        if act.end:
            self._end(act)
        if doing := _DOING.get(act.kind):
            doing(self, act)

    def _can_end(self, act):
        if act.kind is _K.PROVISIONAL_APPLICATION_END:
            return self.applied is not None
        if act.kind is _K.ABANDONED:
            return self.rank is not None and not self.effect
        return act.end is not None and self.effect is not None

    def _make(self, act):
        """Making raises the rank; it never undoes an effect (VCLT 9-16; rules 1, 8 and 12)."""
        if self.end_act and not self.effect and _begins_anew(act, self.end_act):
            self._begin_anew()
        consents = act.kind in CONSENT
        if consents and self.consented is None:
            self.consented = act.day
        rank = RANKS[act.kind]
        if not self.binding and rank is Status.CONCLUDED:
            if act.kind is not _K.DEFINITIVE_SIGNATURE:
                return
            rank = Status.SIGNED
        self._raise(rank, act)

    def _begin_anew(self):
        self.rank, self.rank_in_part, self.consented = None, False, None
        self.end_act = None
        self.notices.clear()

    def _raise(self, rank, act):
        if self.rank is None or weakness(rank) > weakness(self.rank):
            self.rank, self.rank_in_part = rank, act.in_part
            self.rank_fact, self.rank_day = act.fact, act.day
        elif rank is self.rank and not act.in_part:
            self.rank_in_part = False

    def _begin(self, act):
        """Provisional application (VCLT 25) or force (VCLT 24), also by succession (VCSSRT 22)."""
        name = "applied" if act.kind is _K.PROVISIONAL_APPLICATION else "force"
        revives = act.role is Role.WHOLE or not self.ended_by_whole or self.effect
        if not (act.binds and revives):
            return
        effect = getattr(self, name)
        if effect is None:
            setattr(self, name, Effect(act.fact, act.day, act.in_part, act.remark))
        elif not act.in_part:
            effect.in_part = False
        if name == "force" and not act.in_part:
            self.end_act = self.applied = None

    def _end(self, act):
        """What has ended is not ended again, but a replacement overrides an expiry (rule 5)."""
        if act.in_part:
            if self.effect:
                self.effect.in_part = True
            return
        if act.kind is _K.ABANDONED and self.effect:
            return
        overrides = act.kind is _K.REPLACEMENT and self.end is Status.EXPIRED
        if self.end and not self.effect and not overrides:
            return
        self.end_act = act
        self.applied = self.force = None
        self.suspensions.clear()
        self.notices.clear()

    def _end_application(self, act):
        """What stood before it stands again, an end included (VCLT 25(2); rule 8)."""
        if self.applied is None:
            return
        if act.in_part:
            self.applied.in_part = True
            return
        self.applied = None
        if not self.force:
            self.suspensions.clear()
            self.notices.clear()

    def _suspend(self, act):
        """Suspension of what has no effect changes nothing (VCLT 57; rule 7)."""
        self._show_bound(act)
        if not self.effect:
            return
        author = act.author
        suspension = self.suspensions.setdefault(author, Suspension(act.fact, act.day, False))
        if act.in_part and not suspension.whole:
            suspension.parts.add(_words(act.fact.part))
        elif not act.in_part:
            if not suspension.complete:
                suspension.fact, suspension.day = act.fact, act.day
            suspension.whole, suspension.resumed = True, False

    def _resume(self, act):
        """A resumption lifts its author's suspension, one of the whole lifts all (rule 7)."""
        authors = list(self.suspensions) if act.fact.party is None else [act.author]
        for suspended_by in authors:
            if suspended_by not in self.suspensions:
                continue
            if not act.in_part or self._is_lifted(self.suspensions[suspended_by], act):
                del self.suspensions[suspended_by]

    def _is_lifted(self, suspension, act):
        """Whether nothing is left of a suspension after a part of it was resumed."""
        if suspension.whole:
            suspension.resumed = True
            return False
        suspension.parts.discard(_words(act.fact.part))
        return not suspension.parts

    def _notify(self, act):
        self._show_bound(act)
        if not act.in_part:
            self.notices.setdefault(act.author, act)

    def _show_bound(self, act):
        """Who denounces or suspends has been bound, at the latest by then (rule 2)."""
        if act.remark and not self.effect and not self.end:
            self.force = Effect(act.fact, act.day, False, act.remark)

    def _withdraw_notice(self, act):
        """A notice can be withdrawn (VCLT 68), one of the whole withdraws all."""
        if act.fact.party is None:
            self.notices.clear()
        self.notices.pop(act.author, None)


def _begins_anew(act, last):
    """Whether a subject that the `last` act has ended begins anew with this one (rule 8)."""
    if last.role is not Role.WHOLE:
        return act.role in (Role.OWN, last.role) and act.kind in REJOINING
    abandoned = last.end is Status.ABANDONED and act.role is Role.WHOLE
    return abandoned and act.kind in (*NEGOTIATING, *REJOINING)


def _words(part):
    return " ".join(part.casefold().split())


_DOING = {
    _K.PROVISIONAL_APPLICATION: Standing._begin,
    _K.ENTRY_INTO_FORCE: Standing._begin,
    _K.SUCCESSION: Standing._begin,
    _K.PROVISIONAL_APPLICATION_END: Standing._end_application,
    _K.SUSPENSION: Standing._suspend,
    _K.RESUMPTION: Standing._resume,
    _K.DENUNCIATION_NOTIFIED: Standing._notify,
    _K.DENUNCIATION_WITHDRAWN: Standing._withdraw_notice,
}
