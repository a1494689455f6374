"""What search knows of the register: its agreements, and the parties and themes they are about."""

from functools import cache

from django.conf import settings
from django.db.models import Q, Value, prefetch_related_objects
from django.db.models.lookups import Exact
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from culturecoop.countrynames.builtin import names_by_code
from culturecoop.editions.bulk import rows_as_read
from culturecoop.reference.signals import amended
from culturecoop.search import topics
from culturecoop.search.matching import Matches
from culturecoop.search.models import SearchDocument
from culturecoop.search.nearby import other_words
from culturecoop.search.query import Query
from culturecoop.search.ranking import Seen, finds
from culturecoop.search.sources import EditionSource, Result
from culturecoop.search.sources import register as register_source
from culturecoop.search.topics import Names, Offer, TopicSource
from culturecoop.search.words import Content, Passage

from .entries import Unindexed
from .knownnames import PARTY, short_names
from .models import (
    Agreement,
    AgreementEdition,
    AgreementKind,
    Membership,
    Party,
    PartyAlias,
    PartyName,
    Theme,
    ThemeName,
)
from .parties import PartyKind
from .reading import read_sides
from .titles import full_title
from .vocabulary import EventKind

THEME = "theme"


@register_source
class AgreementSource(EditionSource):
    name = "agreement"
    label = _("agreement")
    order = 1
    model = AgreementEdition
    identity_model = Agreement

    def contents(self, pks, read=()):
        editions = AgreementEdition.objects.filter(pk__in=pks).select_related("agreement")
        editions = rows_as_read(editions, read)
        prefetch_related_objects(editions, "texts", "references", "parties", "events", "themes")
        return {edition.pk: _content(edition) for edition in editions}

    def results(self, pks):
        rows = AgreementEdition.objects.filter(pk__in=pks).select_related("agreement")
        editions = list(rows.prefetch_related("texts", "events"))
        read_sides(editions)
        return {edition.pk: _result(edition) for edition in editions}


def other_words_for(text, day):
    """Return what is meant by a text, as Understood, when it finds no agreement itself; or None."""
    query, seen = Query(text, day), Seen(timezone.now(), AgreementSource.name)
    if not query or finds(query.anything, seen):
        return None
    return other_words(query, text, seen)


def editions_found(query):
    """Return a subquery of the ids of editions that have the words of a query."""
    rows = SearchDocument.objects.filter(Exact(Unindexed("kind"), Value(AgreementSource.name)))
    rows = rows.filter(Matches(query.anything)) if query else rows.none()
    return rows.values("object_id")


def _content(edition):
    texts = list(edition.texts.all())
    topics = [f"{PARTY}{row.party_id}" for row in edition.parties.all()]
    topics += [f"{THEME}{theme.pk}" for theme in edition.themes.all()]
    return Content(
        numbers=[row.value for row in edition.references.all()],
        addresses=[
            *(row.address for row in edition.references.all()),
            *(event.source_address for event in edition.events.all()),
        ],
        titles=[Passage(t.language, title) for t in texts for title in _titles(t)],
        topics=topics,
        passages=[*_passages(edition, texts), *_labels(AgreementKind(edition.kind)), *_things()],
    )


def _titles(text):
    return filter(None, [text.title, text.official_title])


def _passages(edition, texts):
    """Return what readers read besides the titles; notes are in the source language."""
    found = [Passage(t.language, words) for t in texts for words in (t.summary, t.line)]
    language = edition.agreement.source_language
    found.append(Passage(language, edition.legal_basis))
    for event in edition.events.all():
        days = filter(None, (event.date, event.until))
        words = (*map(str, days), event.part, event.note, event.source)
        found += [*_labels(EventKind(event.kind)), Passage(language, " – ".join(words))]
    return [passage for passage in found if passage.text]


@cache
def _labels(choice):
    """Return what a kind of agreement or event is called in each language of the site."""
    return _in_all_languages(choice.label)


@cache
def _things():
    """Return what all of them are called, whatever their kind: agreements."""
    return _in_all_languages(Agreement._meta.verbose_name)


def _in_all_languages(words):
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.append(Passage(language, str(words)))
    return found


def _result(edition):
    text = edition.text_in()
    return Result(
        full_title(edition, text.title, text.language),
        text.language,
        edition.agreement.get_absolute_url(),
        kind=edition.get_kind_display(),
        about=str(edition.year or ""),
        passages=_readable(edition, text),
    )


def _readable(edition, text):
    """Return its texts, those of the reader's language first."""
    own = [text, *(other for other in edition.texts.all() if other.pk != text.pk)]
    found = [
        Passage(row.language, words)
        for row in own
        for words in (row.summary, row.line, row.official_title)
    ]
    language = edition.agreement.source_language
    for event in edition.events.all():
        found += [Passage(language, words) for words in (event.note, event.source)]
        day = f"{EventKind(event.kind).label}: {event.date.display()}"
        found.append(Passage(get_language(), capfirst(day)))
    return [passage for passage in found if passage.text]


# Parties and themes ----------------------------------------------------------------------


@topics.register
class PartyTopics(TopicSource):
    prefix = PARTY

    def names(self, pks=None):
        parties = Party.objects.all() if pks is None else Party.objects.filter(pk__in=pks)
        for party in parties.prefetch_related("names", "aliases"):
            spoken = {(row.language, row.name) for row in party.names.all()}
            spoken |= {(code, party.name_in(code)) for code, _name in settings.LANGUAGES}
            aliases = {row.alias for row in party.aliases.all()}
            yield (
                party.pk,
                Names(
                    {name for _code, name in spoken} | aliases | {party.name} - {""},
                    spoken,
                    names_by_code().get(party.code, frozenset()) | short_names(party.code),
                    party.code,
                ),
            )

    def wider(self, pks, day):
        """Return the groupings of members of a day: an organisation does not stand for its own."""
        found = {}
        member = Membership.objects.filter(
            Q(since=None) | Q(since__lte=day),
            Q(until=None) | Q(until__gt=day),
            member__in=pks,
            grouping__kind=PartyKind.GROUPING,
        )
        for pk, grouping in member.values_list("member", "grouping"):
            found.setdefault(pk, set()).add(grouping)
        return found

    def offers(self, pks):
        parties = Party.objects.filter(pk__in=pks).prefetch_related("names")
        return {party.pk: _offer(party.display_name, party=party.code) for party in parties}


@topics.register
class ThemeTopics(TopicSource):
    prefix = THEME

    def names(self, pks=None):
        themes = Theme.objects.all() if pks is None else Theme.objects.filter(pk__in=pks)
        for theme in themes.prefetch_related("names"):
            spoken = {(row.language, row.name) for row in theme.names.all()}
            spoken.add((settings.LANGUAGE_CODE, theme.name))
            yield theme.pk, Names({name for _code, name in spoken}, spoken)

    def offers(self, pks):
        themes = Theme.objects.filter(pk__in=pks).prefetch_related("names")
        return {theme.pk: _offer(theme.display_name, theme=theme.slug) for theme in themes}


def _offer(label, **query):
    return Offer(label, reverse("agreements:register", query=query))


@receiver(amended, sender=Party)
@receiver(amended, sender=PartyName)
@receiver(amended, sender=PartyAlias)
def follow_names_of_parties(instance, before, **kwargs):
    """Let search know a party by its names of now."""
    _follow(PARTY, instance, before)


@receiver(amended, sender=Theme)
@receiver(amended, sender=ThemeName)
def follow_names_of_themes(instance, before, **kwargs):
    """Let search know a theme by its names of now."""
    _follow(THEME, instance, before)


def _follow(prefix, instance, before):
    """Refresh the topic that a row is, or is a name of; the one it was a name of as well."""
    owner = getattr(instance, f"{prefix}_id", instance.pk)
    pks = {owner, (before or {}).get(prefix, owner)}
    topics.refresh_names(topics.topics_of(prefix), pks)
