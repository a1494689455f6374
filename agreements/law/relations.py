"""How the parties' standings amount to the whole, and the whole to theirs (rules 3, 4 and 6)."""

import datetime
from dataclasses import replace
from functools import cached_property
from operator import itemgetter

from ..vocabulary import BEGINNINGS, CONSENT, ENDS, RANKS, EventKind, Remark, Status, weakness
from .chronicle import Chronicle
from .facts import Party, Statement, Subject
from .notice import a_year_after
from .strength import has_ended, of_relations, strongest, weakest


class Relations:
    """One life with a day for every fact, asked for the statement about a subject on a day."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.treaty, self.chronicle = chronicle.treaty, chronicle
        self._found: dict[tuple[Subject, datetime.date], Statement] = {}

    def statement(self, subject: Subject, day: datetime.date) -> Statement:
        """The Statement about a party (None: the whole) on a day."""
        if (subject, day) not in self._found:
            self._found[subject, day] = self._with_notice(subject, day, self._row(subject, day))
        return self._found[subject, day]

    def _row(self, subject, day):
        if subject is None:
            return self._whole(day)
        if self.treaty.members_on(subject, day):
            row = self._grouping(subject, day)
        else:
            row = self._party(subject, day)
        whole = self.statement(None, day)
        if row.has_effect and self._is_overtaken(subject, whole):
            return Statement(whole.status, fact=whole.fact, began=whole.began)
        return self._remarked(subject, day, row, whole)

    def _is_overtaken(self, subject, whole):
        """Whether the whole has ended, or is suspended for all of our side (rules 4 and 5)."""
        ours = self.treaty.bilateral and subject in self.treaty.own_side
        return whole.is_end or (ours and whole.status is Status.SUSPENDED)

    # The whole (rule 3) ---------------------------------------------------------------------

    def _whole(self, day):
        standing = self.chronicle.standing(None, day)
        row = standing.statement()
        if not self.treaty.bilateral or has_ended(row):
            return row
        counted = self._counted(self.treaty.partners, day)
        if not self.treaty.partners:
            return self._without_partners(row, day)
        if not counted:
            return self._all_have_left(day) or standing.rank_statement()
        found = of_relations([self._relation(party, day) for party in counted])
        return found or (row if row.is_end else self._rank(standing, day))

    def _without_partners(self, row, day):
        """With no partner recorded, what the own party has is all that is known."""
        own = self.treaty.own
        if row.has_effect or own is None:
            return row
        return self.chronicle.standing(own, day).statement()

    def _counted(self, bodies, day):
        """The parties whose relations count: those that have joined and not left, and all members
        of a grouping that have not left, also those that have not signed.
        """
        found: list[Party] = []
        for body in bodies:
            members = self.treaty.members_on(body, day)
            found += members or ([body] if self.chronicle.joined(body) <= day else [])
        return [party for party in found if not self.chronicle.standing(party, day).left_by]

    def _all_have_left(self, day):
        """The end of the last of the relations, where there was one."""
        ends = [self._partner(party, day) for party in self._parties(self.treaty.partners, day)]
        ends = [row for row in ends if row.is_end]
        if not ends:
            return None
        last = max(ends, key=lambda row: (row.beginning, ENDS.index(row.status)))
        ceased = last.status is Status.CEASED
        return replace(last, status=Status.TERMINATED if ceased else last.status)

    def _parties(self, bodies, day):
        return [party for body in bodies for party in self.treaty.members_on(body, day) or [body]]

    def _relation(self, party, day):
        """What stands between the own party and a partner: the weaker of their rows."""
        partner = self._partner(party, day)
        if not self._acts_alone(self.treaty.own):
            return partner
        own = self.chronicle.standing(self.treaty.own, day).statement()
        return weakest([partner, own])

    def _acts_alone(self, party):
        """Whether a party has a beginning of its own, on any day."""
        return party is not None and any(
            fact.party == party and fact.kind in BEGINNINGS for fact in self.chronicle.facts
        )

    def _rank(self, standing, day):
        """The rank of a bilateral agreement (rule 1): the higher of what the whole's events and
        what all parties that have joined and not left have reached.
        """
        bodies = self.treaty.listed
        parties = [
            party for party in self._parties(bodies, day)
            if self.chronicle.joined(party) <= day
            and not self.chronicle.standing(party, day).left_by
        ]  # fmt: skip
        reached = [self._reached(party, day) for party in parties]
        own, lowest = standing.rank_statement(), weakest(reached)
        if weakness(lowest.status) <= weakness(own.status):
            return own
        lowest_rows = [row for row in reached if row.status is lowest.status]
        last = max(lowest_rows, key=lambda row: row.beginning)
        return replace(last, in_part=any(row.in_part for row in reached), remark=None)

    def _reached(self, party, day):
        """The rank of a party; who has an effect has gone through the making."""
        standing = self.chronicle.standing(party, day)
        row = standing.rank_statement()
        if not standing.effect:
            return row
        implied = Status.CONCLUDED if standing.force else Status.SIGNED
        if weakness(row.status) >= weakness(implied):
            return row
        return Statement(implied, fact=standing.effect.fact, began=standing.effect.day)

    # The parties (rule 4) ------------------------------------------------------------------

    def _party(self, party, day):
        if not self.treaty.bilateral:
            return self.chronicle.standing(party, day).statement()
        if party == self.treaty.own:
            return self._own(day)
        return self._partner(party, day)

    def _partner(self, party, day):
        """A partner without events has the effect of the own party, where that alone has some."""
        row = self.chronicle.standing(party, day).statement()
        if row.has_effect or has_ended(row) or not self._own_alone:
            return row
        own = self.chronicle.standing(self.treaty.own, day).statement()
        return own if own.has_effect and party in self._all_partners else row

    @cached_property
    def _all_partners(self):
        members = [row.member for body in self.treaty.partners
                   for row in self.treaty.members.get(body, ())]  # fmt: skip
        return {*self.treaty.partners, *members}

    @cached_property
    def _own_alone(self):
        """Whether the own party alone has acts of making or beginning (rule 4)."""
        return self._acts_alone(self.treaty.own) and not any(
            fact.party in self._all_partners and fact.kind in (*RANKS, *BEGINNINGS)
            for fact in self.chronicle.facts
        )

    def _own(self, day):
        """The own party has the strongest that its relations give it, or what it has itself."""
        standing = self.chronicle.standing(self.treaty.own, day)
        row = standing.statement()
        if has_ended(row) or not self.treaty.partners:
            return row
        counted = self._counted(self.treaty.partners, day)
        if not counted:
            return self._all_have_left(day) or standing.rank_statement()
        given = [self._partner(party, day) for party in counted]
        if self._acts_alone(self.treaty.own):
            suspended = row.has_effect and all(g.status is Status.SUSPENDED for g in given)
            return given[0] if suspended else row
        return strongest(given) or (row if row.is_end else standing.rank_statement())

    def _grouping(self, body, day):
        """The row of a body that stands for its members: what they have (rule 3)."""
        counted = self._counted([body], day)
        standing = self.chronicle.standing(body, day)
        if not counted:
            return standing.statement()
        rows = [self._party(member, day) for member in counted]
        joined = [m for m in counted if self.chronicle.joined(m) <= day]
        reached = [self._reached(member, day) for member in joined]
        lowest, own = weakest(reached), standing.rank_statement()
        return of_relations(rows) or max(lowest, own, key=lambda row: weakness(row.status))

    # What is not recorded (rule 2) ------------------------------------------------------------

    def _remarked(self, party, day, row, whole):
        """Say of a party of a treaty in force that its own day, or its consent, is missing."""
        if row.status is None or not row.status.is_making or whole.status is not Status.IN_FORCE:
            return row
        if not self.treaty.binding or self._is_coming(party, day):
            return row
        if self.chronicle.standing(party, day).consented is not None:
            return replace(row, remark=Remark.EFFECT_UNKNOWN)
        return row if self.treaty.bilateral else replace(row, remark=Remark.BOUND_UNKNOWN)

    def _is_coming(self, party, day):
        """Whether a consent or an entry into force of the party is recorded for a later day."""
        kinds = (*CONSENT, EventKind.ENTRY_INTO_FORCE)
        return any(
            when > day and fact.party == party and fact.kind in kinds
            for when, _role, fact in self.chronicle.touching(party)
        )

    # What is known ahead (rule 6) -------------------------------------------------------------

    def _with_notice(self, subject, day, row):
        """Add the announced end and the notice to what has effect."""
        if not row.has_effect:
            return row
        ends = self._announced(subject, day, row)
        notice = self._notice(subject, day)
        if ends:
            row = replace(row, ends=ends[1], ends_after=ends[2])
        if notice:
            row = replace(row, notice=notice.fact)
            if not ends and day >= a_year_after(notice.day):  # VCLT 56(2)
                row = replace(row, uncertain=True, unsure=notice.fact)
        elif not ends and (overdue := self._overdue_notice(subject, day, row)):
            row = replace(row, uncertain=True, unsure=overdue)
        return row

    def _overdue_notice(self, subject, day, row):
        """A notice of more than a year ago, where every relation that gives the status has one."""
        if not self.treaty.bilateral or subject not in (None, self.treaty.own):
            return None
        found = None
        for party in self._counted(self.treaty.partners, day):
            if self._partner(party, day).status is not row.status:
                continue
            found = self._notice(party, day)
            if not found or day < a_year_after(found.day):
                return None
            if self.chronicle.announced_end(party, day):
                return None
        return found and found.fact

    def _announced(self, subject, day, row):
        found = self.chronicle.announced_end(subject, day)
        if found or not self.treaty.bilateral or subject not in (None, self.treaty.own):
            return found
        relations = [
            (party, self._partner(party, day)) for party in self._counted(self.treaty.partners, day)
        ]
        ends = [
            self.chronicle.announced_end(party, day)
            for party, relation in relations if relation.status is row.status
        ]  # fmt: skip
        return None if None in ends else max(filter(None, ends), key=itemgetter(0), default=None)

    def _notice(self, subject, day):
        """The first notice that stands, of what would end the subject's effect."""
        notices = self.chronicle.standing(subject, day).notices.values()
        return min(notices, key=lambda act: act.day, default=None)
