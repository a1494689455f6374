"""An edition of an agreement as the law sees it: its form, its sides, its facts.

What an editor left open is proposed here; publication keeps what was proposed.
"""

from collections import defaultdict
from functools import cached_property

from django.conf import settings

from . import law
from .parties import Membership, PartyKind
from .vocabulary import (
    CONSENT,
    FIRST_YEAR,
    JOINING,
    LAST_YEAR,
    SIGNATURES,
    AgreementKind,
    Binding,
    Capacity,
    EventKind,
    Form,
    Scope,
    Side,
    binding_of,
)

JOINS_AN_OPEN_TREATY = (EventKind.ACCESSION, EventKind.SUCCESSION)


class LegalLife:
    """The law of one edition, worked out once: its memberships, its treaty, its periods.

    Uses the prefetched `events` and `parties__party`. It does not follow changes of the edition.
    With a `form` it is what the edition would be in that form.
    """

    def __init__(self, edition, memberships=None, form=None):
        self.edition = edition
        if memberships is not None:
            self.memberships = memberships
        if form is not None:
            self.form = Form(form)

    @cached_property
    def memberships(self):
        """{body id: [law.Membership]} of the parties."""
        return memberships_of([row.party_id for row in self.edition.parties.all()])

    @cached_property
    def form(self):
        return form_of(self.edition, self.memberships)

    @cached_property
    def treaty(self):
        return treaty_of(self.edition, self.memberships, self.form)

    @cached_property
    def periods(self):
        return law.periods(facts_of(self.edition), self.treaty)

    @property
    def periods_of_whole(self):
        return law.periods_of_whole(facts_of(self.edition), self.treaty)


def life_in_chosen_form(edition, answers):
    """Return the LegalLife of a draft, in the form that is among the answers to its questions."""
    life = getattr(edition, "legal_life", None) or LegalLife(edition)
    form = (answers or {}).get("form")
    if form in Form.values and form != life.form:
        return LegalLife(edition, life.memberships, form)
    return life


def periods_of(edition, memberships=None):
    """Return the law.Periods that the events of an edition amount to; drafts compute them too.

    Uses the prefetched `events` and `parties__party`; `memberships` is {body id: rows}, read when
    not given. Parties and events are named by their ids.
    """
    return LegalLife(edition, memberships).periods


def facts_of(edition):
    """Return the events of an edition as law.Facts, but for dates that publication refuses."""
    return [
        law.Fact(
            EventKind(event.kind),
            event.date,
            event.party_id,
            Scope(event.scope),
            event.part,
            event.until or None,
            event.pk,
        )
        for event in edition.events.all() if _is_dated(event)
    ]  # fmt: skip


def _is_dated(event):
    dates = filter(None, (event.date, event.until))
    return all(FIRST_YEAR <= date.year <= LAST_YEAR for date in dates)


def treaty_of(edition, memberships, form=None):
    """Return the law.Treaty of an edition; `memberships` is {body id: [law.Membership]}.

    Without a `form` it has its own, or the one that is proposed.
    """
    rows = list(edition.parties.all())
    ours = [row for row in rows if side_of(row, edition, memberships) == Side.OWN]
    own = next((row.party_id for row in ours if is_own(row.party)), None)
    return law.Treaty.between(
        form or form_of(edition, memberships),
        own,
        [row.party_id for row in ours if row.party_id != own],
        [row.party_id for row in rows if row not in ours],
        members={
            row.party_id: tuple(memberships.get(row.party_id, ()))
            for row in rows if capacity_of(row) == Capacity.NAME
        },
        binding=binding_of(edition) == Binding.BINDING,
    )  # fmt: skip


def memberships_of(bodies):
    """Return {body id: [law.Membership]} in one query."""
    rows = defaultdict(list)
    for row in Membership.objects.filter(grouping__in=bodies):
        rows[row.grouping_id].append(law.Membership(row.member_id, row.since, row.until))
    return rows


# What is proposed ------------------------------------------------------------------------------


def is_own(party):
    return party.code == settings.OWN_PARTY


def holds(period, day):
    """Whether a stored period holds on a day; of one that is worked out ask `law.Period.holds`."""
    return period.since <= day and (period.until is None or day < period.until)


def form_of(edition, memberships):
    """Return the form of an edition, else the one that its kind and its events suggest."""
    if edition.form:
        return Form(edition.form)
    if edition.kind == AgreementKind.CONVENTION:
        return Form.MULTILATERAL
    partners = {
        row.party_id for row in edition.parties.all()
        if side_of(row, edition, memberships) == Side.PARTNER
    }  # fmt: skip
    events = [event for event in edition.events.all() if event.party_id in partners]
    consenting = {event.party_id for event in events if event.kind in CONSENT}
    joined_later = any(event.kind in JOINS_AN_OPEN_TREATY for event in events)
    return Form.MULTILATERAL if joined_later or len(consenting) > 1 else Form.BILATERAL


def side_of(row, edition, memberships):
    """Return the side of a party: ours are the own party, and who was its member when it joined."""
    if row.side:
        return Side(row.side)
    if is_own(row.party):
        return Side.OWN
    bodies = [other.party_id for other in edition.parties.all() if is_own(other.party)]
    own_members = [
        member for body in bodies for member in memberships.get(body, ())
        if member.member == row.party_id
    ]  # fmt: skip
    day = _joining_day(row.party_id, edition) if own_members else None
    ours = any(member.holds(day) for member in own_members) if day else bool(own_members)
    return Side.OWN if ours else Side.PARTNER


def _joining_day(party, edition):
    """Return the day of a party's first signature or accession, else of that of the whole."""
    events = list(edition.events.all())
    own = [e.date.first for e in events if e.party_id == party and e.kind in JOINING]
    whole = [e.date.first for e in events if e.party_id is None and e.kind in SIGNATURES]
    return min(own or whole, default=None)


def capacity_of(row):
    """Whether a party stands for itself, or for its members."""
    if row.capacity:
        return Capacity(row.capacity)
    return Capacity.NAME if row.party.kind == PartyKind.GROUPING else Capacity.PERSON


def fill_in_sides(edition, memberships):
    """Set, in memory, the side and capacity that is proposed where an editor left it open."""
    rows = list(edition.parties.all())
    sides = [side_of(row, edition, memberships) for row in rows]
    for row, side in zip(rows, sides, strict=True):
        row.side, row.capacity = side, capacity_of(row)
