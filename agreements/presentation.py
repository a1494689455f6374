"""An agreement made ready for its template: its state on a day, its life, its parties."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culturecoop.datewords import before
from culturecoop.documents.lines import document_lines
from culturecoop.editions.compiled import give_parts
from culturecoop.texts import sort_key

from .choices import choices
from .lines import agreement_titles
from .models import AgreementText, Relation
from .partyrows import PartyTable
from .reading import naming_agreement, periods_on, read_law
from .titles import full_title
from .vocabulary import AgreementKind, EventKind, Form
from .wording import statuses_on

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
    def kind(self):
        """What it is called; Django's own display hashes the labels of all kinds each time."""
        return EventKind(self.event.kind).label

    @property
    def parties(self):
        return [event.party for event in self.events if event.party]


@dataclass(frozen=True)
class Related:
    """Another agreement and how it relates."""

    kind: str
    title: object  # AgreementTitle


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
        self.periods = periods_on(edition, reading.day)

    @cached_property
    def kind(self):
        return AgreementKind(self.edition.kind).label

    @cached_property
    def texts(self):
        return list(self.edition.texts.all())

    @cached_property
    def text(self):
        """The text that readers see; a draft may have none yet."""
        return self.edition.text_in() or AgreementText(language=get_language(), title="–")

    @cached_property
    def title(self):
        return full_title(self.edition, self.text.title, self.text.language)

    @cached_property
    def foreign(self):
        """The text's language, where it is not the reader's."""
        return self.text.language if self.text.language != get_language() else ""

    @cached_property
    def source_text(self):
        source = self.edition.agreement.source_language
        return next((text for text in self.texts if text.language == source), None)

    @cached_property
    def outdated(self):
        return self.source_text is not None and self.text.wording_no < self.source_text.wording_no

    @cached_property
    def languages(self):
        """The languages of the site that it has a text in."""
        spoken = dict(settings.LANGUAGES)
        return [text.language for text in self.texts if text.language in spoken]

    @cached_property
    def other_titles(self):
        """The texts in other languages, with the titles that are authentic there."""
        return [text for text in self.texts if text.language != self.text.language]

    @property
    def themes(self):
        return self.edition.themes.all()

    @cached_property
    def headings(self):
        """The sections that there are, for the in-page navigation."""
        sections = [
            ("summary", _("Summary"), True),
            ("life", pgettext_lazy("heading", "Chronology"), True),
            ("parties", _("Parties"), self.table.rows),
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

    @cached_property
    def steps(self):
        """The events as readers see them: one step where they differ in their party only."""
        return [Step(list(same)) for _key, same in groupby(self.events, key=_but_its_party)]

    @property
    def hidden_events(self):
        return len(self._all_events) - len(self.events)

    @cached_property
    def status(self):
        return self.statuses.get(None)

    @cached_property
    def statuses(self):
        """{party id: StatusOn} on the day, of the whole by None."""
        return statuses_on(self.periods, self.edition, self.reading.day)

    @cached_property
    def sentence(self):
        if self.status:
            return self.status.sentence
        if any(not event.ahead for event in self.events):
            return _("What is recorded does not tell its legal state.")
        if self._all_events:
            first = min(event.date for event in self._all_events)
            return _("No legal step %(before)s is recorded here.") % {"before": before(first)}
        return _("No legal step is recorded, so its legal state is not known here.")

    @cached_property
    def decided_by(self):
        """The event that the sentence rests on, or None."""
        return self.status.event if self.status else None

    @cached_property
    def parts_named(self):
        """The words that name the parts, where what stands is in part only."""
        if not (self.status and self.status.period.in_part and self.decided_by):
            return []
        kind = self.decided_by.kind
        named = [e.part for e in self.events if e.kind == kind and not e.ahead and e.part]
        return list(dict.fromkeys(named))

    @property
    def multilateral(self):
        return self.edition.form == Form.MULTILATERAL

    @cached_property
    def own_line(self):
        """What stands for the own party: "For the European Union: withdrawn, …"; "" without."""
        row = self.table.own_row
        if not self.multilateral or row is None or row.status is None:
            return ""
        words = {"party": row.link.name, "state": row.status.party_words}
        return _("%(party)s: %(state)s.") % words

    @cached_property
    def partners_line(self):
        """With which partners it stands since when, where that differs between them."""
        return "" if self.multilateral or not self.status else self.table.by_partner(self.status)

    @property
    def parties(self):
        """The PartyLinks of those that it is between."""
        link_to = choices().link_to
        return [link_to(row.party) for row in self.edition.parties.all()]

    @cached_property
    def table(self):
        """The parties with their events and their statuses on the day."""
        return PartyTable(self.edition, self.statuses, self.events, self.reading.day)

    # What belongs to it -------------------------------------------------------------------

    @cached_property
    def documents(self):
        pks = [row.document_id for row in self.edition.documents.all()]
        lines = document_lines(self.reading, pks)
        return [lines[pk] for pk in pks]

    @cached_property
    def published_elsewhere(self):
        """The references that lead to the text at another place."""
        return [row for row in self.edition.references.all() if row.address]

    @cached_property
    def related(self):
        """Agreements that this one names, then those that name it."""
        ours = [(row.get_kind_display(), row.agreement_id) for row in self.edition.relations.all()]
        naming = naming_agreement(self.edition.agreement_id, self.reading)
        theirs = [(INVERSE[kind], agreement) for kind, agreement in naming]
        titles = agreement_titles({pk for _kind, pk in [*ours, *theirs]}, self.reading)
        return [Related(kind, titles[pk]) for kind, pk in [*ours, *theirs] if pk in titles]


#: What events of several parties have in common to be one step, beside their date and kind.
STEP_FIELDS = ("part", "scope", "until", "note", "source", "source_address")


def _order(event):
    """By date, then in legal order; steps of several parties stay together."""
    name = sort_key(event.party.display_name) if event.party else ""
    order = EventKind(event.kind).legal_order
    return (event.date, order, bool(name), *_step_values(event), name)


def _but_its_party(event):
    """Return what events of one step have in common; an event of the whole stands by itself."""
    own = event.pk if event.party_id is None else None
    return (own, event.date, event.kind, *_step_values(event))


def _step_values(event):
    return [str(getattr(event, field) or "") for field in STEP_FIELDS]


def _read(edition):
    """Read everything on the instance; the names of parties and themes are those that are kept."""
    known = choices()
    give_parts(edition, {"themes": known.themes_by_id})
    parts = ("texts", "references", "relations", "themes__names", "documents")
    prefetch_related_objects([edition], *parts)
    read_law([edition], known.parties)
