"""One life with a day for every fact: what its acts up to a day have made of a subject."""

import datetime

from ..vocabulary import BEGINNINGS, RANKS, EventKind, Remark, Status
from .acts import Act, Role
from .consent import Consent
from .facts import Subject
from .notice import DAY, LAPSING
from .standing import Standing

_K = EventKind


class Chronicle(Consent):
    """Gives the Standing of each subject on a day, before `relations.py` relates them."""

    def standing(self, subject: Subject, day: datetime.date) -> Standing:
        if (subject, day) not in self._standings:
            standing = Standing(binding=self.treaty.binding)
            self._standings[subject, day] = standing.run(self._acts(subject, day))
        return self._standings[subject, day]

    def _acts(self, subject, day):
        joined = datetime.date.min if subject is None else self.joined(subject)
        acts = [
            self._act(subject, when, role, fact)
            for when, role, fact in self.touching(subject)
            if when <= day
            and fact.kind not in (*LAPSING, _K.EXTENSION)
            and (role is Role.OWN or when >= joined)
            and not self.is_cancelled(subject, fact, day)
        ]
        acts += [
            self._lapse(subject, last) for last in self.last_days(subject, day)
            if last.day < day and (last.role is Role.OWN or last.day + DAY >= joined)
        ]  # fmt: skip
        acts += self._force_of_a_party(subject, day)
        acts = [act for act in acts if not self._passes_by(subject, act)]
        return sorted(acts, key=lambda act: (act.day, act.kind.legal_order))

    def _passes_by(self, subject, act):
        """Whether an end of the whole does not touch who has not taken part in it by then."""
        if subject is None or act.role is not Role.WHOLE or not act.end:
            return False
        if self.treaty.bilateral and subject in self.treaty.listed:
            return False
        begun = (*RANKS, *BEGINNINGS)
        return not any(
            when <= act.day and fact.kind in begun for when, _role, fact in self.touching(subject)
        )

    def _force_of_a_party(self, subject, day):
        """The whole of a multilateral agreement is in force at the latest since its first party."""
        if subject is not None or self.treaty.bilateral or self.first_force:
            return []
        first = self.first_force_of_a_party
        if not first or first[0] > day:
            return []
        at_latest = Remark.AT_LATEST
        return [Act(first[1], first[0], Role.GROUPING, _K.ENTRY_INTO_FORCE, remark=at_latest)]

    def _act(self, subject, day, role, fact):
        binds, remark = True, None
        match fact.kind:
            case _K.ENTRY_INTO_FORCE if role is Role.WHOLE and subject is not None:
                binds = self.binds(subject, day)
            case _K.PROVISIONAL_APPLICATION if role is Role.WHOLE and subject is not None:
                binds = self.treaty.bilateral or self.has_begun(subject, day)
            case _K.SUCCESSION:
                binds = self.succession_binds(subject, day)
            case _K.DENUNCIATION_NOTIFIED | _K.SUSPENSION if role is not Role.WHOLE:
                remark = self.shown_at(day)
        author = subject if self._stands_for(fact, subject) else fact.party
        end = self.end_by(subject, fact, role)
        return Act(fact, day, role, fact.kind, end, binds, remark, author)

    def _lapse(self, subject, last):
        end = self.end_by(subject, last.fact, last.role) if last.fact.kind is last.kind else None
        if last.kind is _K.EXPIRY:
            end = end or Status.EXPIRED
        return Act(last.fact, last.day + DAY, last.role, last.kind, end)
