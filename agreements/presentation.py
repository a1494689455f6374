"""An agreement made ready for its template: its state on a day, its life, its parties."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from culturecoop.documents.lines import document_lines
from culturecoop.texts import sort_key

from .models import (
    AgreementDocument,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Event,
    PartyKind,
    Relation,
)
from .reading import periods_for
from .vocabulary import EventKind
from .wording import status_on

INVERSE = {
    Relation.Kind.PART_OF: _("has as a part"),
    Relation.Kind.AMENDS: _("is amended by"),
    Relation.Kind.REPLACES: _("is replaced by"),
}


@dataclass(frozen=True)
class Step:
    """A step of the legal life: an event, or several that differ in their party only."""

    events: list

    @property
    def event(self):
        return self.events[0]

    @property
    def parties(self):
        return [event.party for event in self.events if event.party]


@dataclass(frozen=True)
class PartyRow:
    """A party in the table: its events by kind, and its status on the day."""

    party: object
    status: object  # StatusOn or None
    cells: list  # of (kind, its events), one a column
    member: bool = False  # of a grouping that is a party


@dataclass(frozen=True)
class Related:
    """Another agreement and how it relates."""

    kind: str
    text: object
    agreement: object


@dataclass(frozen=True)
class Section:
    """An entry of the in-page navigation."""

    id: str
    text: str


class AgreementContent:
    """All that an edition of an agreement says, read in a fixed number of queries."""

    def __init__(self, edition, reading):
        self.edition, self.reading = edition, reading
        _read(edition)
        self.periods = periods_for(edition)

    @cached_property
    def texts(self):
        return list(self.edition.texts.all())

    @cached_property
    def text(self):
        """The text that readers see; a draft may have none yet."""
        return self.edition.text_in() or AgreementText(language=get_language(), title="–")

    @cached_property
    def foreign(self):
        """The text's language, where it is not the reader's."""
        return self.text.language if self.text.language != get_language() else ""

    @cached_property
    def source_text(self):
        source = self.edition.agreement.source_language
        return next((text for text in self.texts if text.language == source), None)

    @property
    def outdated(self):
        return self.source_text is not None and self.text.wording_no < self.source_text.wording_no

    @property
    def languages(self):
        """The languages of the site that it has a text in."""
        spoken = dict(settings.LANGUAGES)
        return [text.language for text in self.texts if text.language in spoken]

    @property
    def other_titles(self):
        """The texts in other languages, with the titles that are authentic there."""
        return [text for text in self.texts if text.language != self.text.language]

    @property
    def themes(self):
        return self.edition.themes.all()

    @property
    def headings(self):
        """The sections that there are, for the in-page navigation."""
        sections = [
            ("summary", _("Summary"), True),
            ("life", _("Legal life"), True),
            ("parties", _("Parties"), self.parties),
            ("documents", _("Documents"), True),
            ("references", _("References"), self.edition.references.all()),
            ("related", _("Related agreements"), self.related),
            ("wording", _("Wording as published"), self.text.wording),
            ("titles", _("Titles in other languages"), self.other_titles),
        ]
        return [Section(number, text) for number, text, there in sections if there]

    # The law -----------------------------------------------------------------------------

    @cached_property
    def events(self):
        """Up to the day, in their order; without a chosen day also those that are ahead."""
        events = sorted(self._all_events, key=_order)
        for event in events:
            event.ahead = event.date.first > self.reading.day
        return [event for event in events if not (self.reading.dated and event.ahead)]

    @cached_property
    def _all_events(self):
        return list(self.edition.events.all())

    @property
    def steps(self):
        """The events as readers see them: one step where they differ in their party only."""
        return [Step(list(same)) for _key, same in groupby(self.events, key=_but_its_party)]

    @property
    def hidden_events(self):
        return len(self._all_events) - len(self.events)

    @cached_property
    def status(self):
        return status_on(self.periods, self._all_events, self.reading.day)

    @property
    def sentence(self):
        if self.status:
            return self.status.sentence(self.edition.kind)
        if any(not event.ahead for event in self.events):
            return _("What is recorded does not tell its legal state.")
        if self._all_events:
            return _("On that day no legal step had been taken yet.")
        return _("No legal step is recorded, so its legal state is not known here.")

    @property
    def parties(self):
        return [row.party for row in self.edition.parties.all()]

    @property
    def partners(self):
        return [party for party in self.parties if party.code != settings.OWN_PARTY]

    @cached_property
    def columns(self):
        """The kinds of events that some party has of its own, in legal order."""
        kinds = {EventKind(event.kind) for event in self.events if event.party_id}
        return sorted(kinds, key=lambda kind: kind.legal_order)

    @cached_property
    def party_rows(self):
        """The parties, and after them the members that have events of their own."""
        listed = {party.pk for party in self.parties}
        acting = {
            e.party_id: e.party for e in self.events if e.party_id and e.party_id not in listed
        }
        members = sorted(acting.values(), key=lambda party: sort_key(party.display_name))
        rows = [self._party_row(party) for party in self.parties]
        return rows + [self._party_row(party, member=True) for party in members]

    def _party_row(self, party, member=False):
        own = [event for event in self.events if event.party_id == party.pk]
        touching = [event for event in self._all_events if _touches(event, party, member)]
        return PartyRow(
            party,
            status_on(self.periods, touching, self.reading.day, party.pk),
            [(kind, [event for event in own if event.kind == kind]) for kind in self.columns],
            member,
        )

    # What belongs to it -------------------------------------------------------------------

    @cached_property
    def documents(self):
        documents = [row.document for row in self.edition.documents.all()]
        lines = document_lines(documents, self.reading)
        return [lines[document.pk] for document in documents]

    @cached_property
    def related(self):
        """Agreements that this one names, then those that name it. Two queries."""
        ours = [(row.get_kind_display(), row.agreement_id) for row in self.edition.relations.all()]
        theirs = [(INVERSE[kind], agreement) for kind, agreement in self._naming_this()]
        titles = _titles_of({pk for _kind, pk in [*ours, *theirs]}, self.reading.at)
        return [
            Related(kind, titles[pk], titles[pk].edition.agreement)
            for kind, pk in [*ours, *theirs] if pk in titles
        ]  # fmt: skip

    def _naming_this(self):
        live = AgreementEdition.objects.live(self.reading.at)
        naming = live.filter(relations__agreement=self.edition.agreement_id)
        return naming.order_by("agreement__slug").values_list("relations__kind", "agreement")


def _order(event):
    """By date, then in legal order; steps of several parties stay together."""
    name = sort_key(event.party.display_name) if event.party else ""
    order = EventKind(event.kind).legal_order
    return (event.date, order, bool(name), event.part, event.note, event.source, name)


def _but_its_party(event):
    """What events of one step have in common; an event of the whole stands by itself."""
    own = event.pk if event.party_id is None else None
    fields = ("date", "kind", "scope", "part", "note", "source", "source_address")
    return [own, *(getattr(event, field) for field in fields)]


def _touches(event, party, member):
    """Whether an event of the whole, of the party, or of a grouping above a member."""
    if event.party is None or event.party_id == party.pk:
        return True
    return member and event.party.kind == PartyKind.GROUPING


def _read(edition):
    """Prefetch everything on the instance, the names of all parties in one query."""
    parties = AgreementParty.objects.select_related("party")
    events = Event.objects.select_related("party")
    documents = AgreementDocument.objects.select_related("document")
    prefetch_related_objects(
        [edition],
        "texts",
        "references",
        "relations",
        "periods",
        "themes__names",
        Prefetch("parties", parties),
        Prefetch("events", events),
        Prefetch("documents", documents),
    )
    rows = [*edition.parties.all(), *edition.events.all()]
    prefetch_related_objects([row.party for row in rows if row.party], "names")


def _titles_of(agreements, at):
    """{agreement id: AgreementText} of live agreements, in the reader's language or their own."""
    source = F("edition__agreement__source_language")
    texts = AgreementText.objects.filter(
        Q(language=get_language()) | Q(language=source),
        edition__in=AgreementEdition.objects.live(at).filter(agreement__in=agreements),
    ).select_related("edition__agreement")
    own_last = sorted(texts, key=lambda text: text.language == get_language())
    return {text.edition.agreement_id: text for text in own_last}
