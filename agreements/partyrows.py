"""The table of the parties of an agreement: what each has done, and what stands for it on a day."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from culturecoop.texts import sort_key

from .choices import PartyLink, choices, memberships
from .treaty import capacity_of, is_own
from .vocabulary import REMARKS, Capacity, EventKind, Side, Status

#: Partners are named with their own days while there are at most so many.
MOST_NAMED = 6
_PARTY, _SIGNATORY, _FORMER = (
    pgettext_lazy("of a treaty", "party"),
    gettext_lazy("signatory"),
    gettext_lazy("former party"),
)


@dataclass(frozen=True)
class PartyRow:
    """A party in the table: its events by kind, and its status on the day."""

    party: object
    link: PartyLink
    status: object  # StatusOn or None
    cells: list  # of (heading, dates of its events), one a column
    remarks: list  # its reservations, declarations and their like
    member: bool = False  # of a grouping that is a party

    @property
    def label(self):
        """What the party did, or is, in words."""
        return self.status.party_label if self.status else _("no legal step recorded")

    @property
    def classes(self):
        """The classes of CSS that draw the label."""
        return self.status.classes if self.status else "status--none"

    @property
    def has_ended(self):
        return self.status is not None and self.status.period.is_end

    @property
    def role(self):
        """Party, signatory or former party (VCLT 2(1)(g)); "" for who is only listed."""
        status = self.status.status if self.status else None
        if status is None:
            return ""
        if status in (Status.IN_FORCE, Status.SUSPENDED):
            return _PARTY
        if status.is_end:
            return "" if status is Status.ABANDONED else _FORMER
        signed = status in (Status.SIGNED, Status.CONCLUDED, Status.PROVISIONALLY_APPLIED)
        return _SIGNATORY if signed else ""


class PartyTable:
    """The parties of an edition in their order, the members of a grouping after it.

    `statuses` are {party id: StatusOn} of the `day`, `events` those that readers see. All is read
    but the members of groupings and the links, which are kept.
    """

    def __init__(self, edition, statuses, events, day):
        self.edition, self.statuses, self.day = edition, statuses, day
        self.link_to = choices().link_to
        self.acts = defaultdict(list)  # {party id: its events}
        for event in events:
            if event.party_id:
                self.acts[event.party_id].append(event)

    @cached_property
    def columns(self):
        """{kind: heading} of the events that some party has of its own, in legal order."""
        kinds = {EventKind(event.kind) for own in self.acts.values() for event in own}
        ordered = sorted(kinds - set(REMARKS), key=lambda kind: kind.legal_order)
        return {kind: capfirst(str(kind.label)) for kind in ordered}

    @cached_property
    def rows(self):
        """The parties, each grouping followed by its members of the day, then who else acted."""
        rows, shown = [], set()
        for row in self.edition.parties.all():
            members = [m for m in self._members.get(row.party_id, ()) if m.pk not in shown]
            rows += [self._row(row.party), *(self._row(m, member=True) for m in members)]
            shown |= {row.party_id, *(member.pk for member in members)}
        others = {pk: own[0].party for pk, own in self.acts.items()}
        acting = [party for pk, party in others.items() if pk not in shown]
        acting.sort(key=lambda party: sort_key(party.display_name))
        return rows + [self._row(party, member=True) for party in acting]

    @property
    def own_row(self):
        return next((row for row in self.rows if is_own(row.party)), None)

    @cached_property
    def _members(self):
        """{grouping id: [Party]} of the day, of those that stand for their members."""
        bodies = [
            row.party_id for row in self.edition.parties.all()
            if capacity_of(row) == Capacity.NAME
        ]  # fmt: skip
        if not bodies:
            return {}
        found = {body: [] for body in bodies}
        for row in memberships():
            begun = not row.since or row.since <= self.day
            if row.grouping_id in found and begun and (not row.until or self.day < row.until):
                found[row.grouping_id].append(row.member)
        for members in found.values():
            members.sort(key=lambda party: sort_key(party.display_name))
        return found

    def _row(self, party, member=False):
        own = self.acts.get(party.pk, [])
        return PartyRow(
            party,
            self.link_to(party),
            self.statuses.get(party.pk),
            [
                (heading, [event.date for event in own if event.kind == kind])
                for kind, heading in self.columns.items()
            ],
            [event for event in own if event.kind in REMARKS],
            member,
        )

    # Partners ------------------------------------------------------------------------------

    @cached_property
    def _partners(self):
        """The rows of the partners that count: the members in place of their grouping."""
        sides = {row.party_id: row.side for row in self.edition.parties.all()}
        counted = [
            row for row in self.rows
            if (row.member or not self._members.get(row.party.pk))
            and sides.get(row.party.pk, Side.PARTNER) != Side.OWN
            and not is_own(row.party)
        ]  # fmt: skip
        return [row for row in counted if row.member or row.status]

    def by_partner(self, whole):
        """Return who has what the whole has, each with its day, or how many and who has not."""
        if not whole.period.has_effect:
            return ""
        staying = [row for row in self._partners if not row.has_ended]
        having = [row for row in staying if row.status and row.status.status is whole.status]
        lacking = [row.link.name for row in staying if row not in having]
        if not lacking and len({row.status.began for row in having}) < 2:
            return ""
        found = self._having(having, len(staying))
        if lacking and len(lacking) <= MOST_NAMED:
            found += " " + _("Not for: %(parties)s.") % {"parties": ", ".join(lacking)}
        return found

    def _having(self, rows, number):
        if len(rows) > MOST_NAMED:
            return _("For %(having)d of %(all)d.") % {"having": len(rows), "all": number}
        named = [
            pgettext("a party and its day", "%(party)s (%(since)s)")
            % {"party": row.link.name, "since": row.status.since_words}
            for row in rows
        ]  # fmt: skip
        return _("For: %(parties)s.") % {"parties": ", ".join(named)}
