"""Whom an entry into force binds, and from when (rule 2; VCLT 11-16, 24; VCSSRT 17, 18, 22)."""

import datetime

from ..vocabulary import CONSENT, RANKS, EventKind, Remark, Scope
from .acts import Role
from .facts import Party, Subject
from .notice import Notices

_K = EventKind
ENDS = (
    _K.DENUNCIATION_EFFECTIVE, _K.TERMINATION, _K.EXPIRY, _K.REPLACEMENT, _K.ABANDONED,
    _K.DISSOLUTION,
)  # fmt: skip
#: Those of the whole that end a stretch: an expiry can be put off, an abandonment ends no effect.
_ENDS_OF_WHOLE = tuple(kind for kind in ENDS if kind not in (_K.EXPIRY, _K.ABANDONED))
_SHOWS_BOUND = (
    _K.DENUNCIATION_NOTIFIED, _K.DENUNCIATION_WITHDRAWN, _K.DENUNCIATION_EFFECTIVE, _K.SUSPENSION,
)  # fmt: skip


class Consent(Notices):
    """What the consent of a party, and its absence, make of an entry into force."""

    def binds(self, party: Party, day: datetime.date) -> bool:
        """Whether an entry into force of the whole on a day binds a party (VCLT 24)."""
        if self._own_force_in_stretch(party, day, later=True):
            return False
        if self.treaty.bilateral:
            return True
        consented = self._consented_in_stretch(party, day)
        if consented is not None:
            return consented <= self._conditions_met(day)
        return not self._has(party, CONSENT) and self._has(party, _SHOWS_BOUND, day)

    def has_begun(self, party: Party, day: datetime.date) -> bool:
        """Whether the row of a party has begun: with an act of its own, or a signature."""
        return any(fact.kind in RANKS and when <= day for when, _r, fact in self.touching(party))

    def _own(self, party):
        """[(day, fact)] of a party's own acts, and of the bodies that stand for it."""
        rows = self.touching(party)
        return [(day, fact) for day, role, fact in rows if role is not Role.WHOLE]

    def _ends(self, party):
        """Return [(day, role)] of the acts that end all of it: what follows is a new stretch."""
        return [
            (day, role) for day, role, fact in self.touching(party)
            if fact.kind in (_ENDS_OF_WHOLE if role is Role.WHOLE else ENDS)
            and fact.scope != Scope.PART
            and not self.is_cancelled(party, fact, datetime.date.max)
        ]  # fmt: skip

    def _own_force_in_stretch(self, party, day, later=False):
        """Whether a party has an entry into force of its own between the same two ends."""
        ends = [end for end, _role in self._ends(party)]
        for when, fact in self._own(party):
            if fact.kind is _K.ENTRY_INTO_FORCE and (when > day or not later):
                first, last = sorted((day, when))
                if not any(first < end <= last for end in ends):
                    return True
        return False

    def _consented_in_stretch(self, party, day):
        """The day of the first consent up to a day since the last own end, or None."""
        ends = [end for end, role in self._ends(party) if role is not Role.WHOLE]
        since = max((end for end in ends if end <= day), default=None)
        days = [
            when for when, fact in self._own(party)
            if fact.kind in CONSENT and when <= day and (since is None or when >= since)
        ]  # fmt: skip
        return min(days, default=None)

    def _conditions_met(self, day):
        """The day up to which consent counts for an entry into force on a day."""
        met = [
            self.days[fact] for fact in self.facts
            if fact.kind is _K.CONDITIONS_MET and fact.party is None and self.days[fact] <= day
        ]  # fmt: skip
        return max(met, default=day)

    def _has(self, party, kinds, since=datetime.date.min):
        return any(fact.kind in kinds and when >= since for when, fact in self._own(party))

    def succession_binds(self, party: Subject, day: datetime.date) -> bool:
        """Succession binds from its day, once the treaty is in force (VCSSRT 17, 18, 22)."""
        if party is None or self._own_force_in_stretch(party, day):
            return False
        return self.is_in_force(day)

    def is_in_force(self, day: datetime.date) -> bool:
        """Whether the treaty is in force on a day, for whomever."""
        first = self.first_force_of_a_party
        if first is None or first[0] > day:
            return False
        whole = self.standing(None, day)
        return bool(whole.force) if self.first_force or not self.treaty.bilateral else not whole.end

    def shown_at(self, day: datetime.date) -> Remark | None:
        """A notice or a suspension shows at the latest that a party has been bound."""
        if self.treaty.bilateral or not self.is_in_force(day):
            return None
        return Remark.AT_LATEST
