"""Agreements in lists: what they say of each, in the reader's words, read in three queries."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from django.utils.translation import get_language

from culturecoop.editions.changes import kept_each

from .choices import choices
from .models import AgreementParty, AgreementText, StatusPeriod
from .reading import as_period, closeness, parties_with_names
from .statusperiods import period_on
from .titles import with_sides
from .vocabulary import AgreementKind, Form
from .wording import StatusOn, status_in

#: How many parties a row names.
MOST_PARTIES = 4


@dataclass(frozen=True)
class ListedAgreement:
    """A published edition of an agreement, as far as lists tell of it."""

    text: AgreementText  # in the reader's language, else in the source language, else in any
    sides: list  # of (Party, Side or "")
    status: StatusOn | None

    @property
    def edition(self):
        return self.text.edition

    def title(self, beside=""):
        """Return its title, with the sides where neither it nor the words `beside` it name them."""
        if self.edition.form == Form.MULTILATERAL:
            return self.text.title
        return with_sides(self.text.title, self.text.language, self.sides, beside)

    def url(self, reading):
        return self.edition.agreement.get_absolute_url() + reading.query


@dataclass(frozen=True)
class Row:
    """An agreement in the table of the register."""

    url: str
    title: str
    foreign: str  # the language of the title, where it is not the reader's
    kind: str
    parties: list  # PartyLinks, as far as there is room
    other_parties: int  # how many there are besides
    status: StatusOn | None


def listed(ids, day, subject=None, kind="register"):
    """Return {id: ListedAgreement} of published editions (ids) with their status on a day.

    It is that of the whole agreement, or of the party with the id `subject`. Those that were read
    are kept until something changes, each `kind` of list in a place of its own.
    """
    read = partial(_listed, day=day, subject=subject)
    return kept_each(f"{kind}-rows {day} {subject} {get_language()}", ids, read)


def _listed(ids, day, subject):
    texts, sides, periods = _texts(ids), _sides(ids), _periods(ids, day, subject)
    parties = parties_with_names(
        {party for rows in sides.values() for party, _s in rows}, choices().parties
    )
    return {
        pk: ListedAgreement(
            text,
            [(parties[party], side) for party, side in sides[pk]],
            _status(periods[pk], text.edition) if pk in periods else None,
        )
        for pk, text in texts.items()
    }


def rows_of(ids, reading, subject=None):
    """Return the Rows of editions (ids), in their order."""
    found, link_to = listed(ids, reading.day, subject), choices().link_to
    return [_row(found[pk], reading, link_to) for pk in ids]


def _row(agreement, reading, link_to):
    language, sides = agreement.text.language, agreement.sides
    return Row(
        url=agreement.url(reading),
        title=agreement.title(),
        foreign=language if language != get_language() else "",
        kind=AgreementKind(agreement.edition.kind).label,
        parties=[link_to(party) for party, _side in sides[:MOST_PARTIES]],
        other_parties=max(0, len(sides) - MOST_PARTIES),
        status=agreement.status,
    )


def _texts(ids):
    """Return {edition id: AgreementText} in the language that is closest to the reader."""
    texts = AgreementText.objects.filter(edition__in=ids).order_by("-language")
    columns = ("kind", "form", "binding", "agreement__slug", "agreement__source_language")
    texts = texts.select_related("edition__agreement").only(
        "language", "title", "line", *(f"edition__{name}" for name in columns)
    )
    return {text.edition_id: text for text in sorted(texts, key=closeness)}


def _sides(ids):
    """Return {edition id: [(party id, Side or "")]} in the order of the editors."""
    found = defaultdict(list)
    rows = AgreementParty.objects.filter(edition__in=ids).order_by("position", "pk")
    for edition, party, side in rows.values_list("edition", "party", "side"):
        found[edition].append((party, side))
    return found


def _periods(ids, day, subject):
    """Return {edition id: StatusPeriod} of what stands for a subject on a day, with its events."""
    rows = StatusPeriod.objects.filter(period_on(day, subject), edition__in=ids).order_by()
    return {row.edition_id: row for row in rows.select_related("event", "notice", "unsure")}


def _status(row, edition):
    events = {event.pk: event for event in (row.event, row.notice, row.unsure) if event}
    return status_in(as_period(row), edition, events)
