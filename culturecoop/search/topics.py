"""What things are about: parties, themes. Their names are looked up when somebody searches.

So an amended name needs no words stored anew, and a member of a grouping finds what the grouping
has. Apps register theirs in a module called `searching`.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from django.db import transaction

from culturecoop.countrynames.aliases import GENERAL
from culturecoop.countrynames.keys import key
from culturecoop.folding import plain_words

from .indexing import keep_words
from .models import SearchName

Form = SearchName.Form
LONGEST_NAME = 8  # words
MOST_NAMED = 3  # topics by one word
SHORT_CODE = 3  # letters: what is as short is known in capitals alone


@dataclass
class Names:
    """What a topic is called: `usual` are the names whose single words are known as well."""

    usual: set[str] = field(default_factory=set)
    #: Those of them that are of a language: (language, name).
    spoken: set[tuple[str, str]] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    code: str = ""

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield the (key, form) of each."""
        for name in self.usual | self.others | {self.code}:
            if 0 < len(words := key(name)) <= 250 and not (name == self.code and self.short):
                yield words, Form.NAME
        if self.short:
            yield self.code.casefold(), Form.CODE
        for word in {word for name in self.usual for word in plain_words(name)} - GENERAL:
            if len(word) > 2:
                yield word, Form.WORD
        for name in self.usual:
            if 0 < len(words := " ".join(plain_words(name))) <= 250:
                yield words, Form.SAID

    def words(self) -> Iterator[tuple[str, str, bool]]:
        """Yield (word, language, True) of each word of the names."""
        known = set()
        for language, name in self.spoken:
            for word in plain_words(name):
                known.add(word)
                yield word, language, True
        for words, form in self.rows():
            for word in set(words.split()) - known:
                if form != Form.SAID:
                    yield word, "", True

    @property
    def short(self) -> bool:
        return 0 < len(self.code) <= SHORT_CODE


@dataclass(frozen=True)
class Offer:
    """A topic that was recognised, and the address of the list that it filters."""

    label: str
    url: str


class TopicSource:
    """A kind of topic: its rows are told by `prefix` and their key: "party12"."""

    prefix: ClassVar[str]

    def names(self, pks: Collection[int] | None = None) -> Iterable[tuple[int, Names]]:
        """Return (id, Names) of these topics, or of all."""
        raise NotImplementedError

    def wider(self, pks: Collection[int], day: datetime.date) -> Mapping[int, set[int]]:
        """Return {id: ids} of the topics that have a topic as a part of theirs on a day."""
        return {}

    def offers(self, pks: Collection[int]) -> Mapping[int, Offer]:
        """Return {id: Offer} of those that a list can be filtered by."""
        return {}

    def token(self, pk: int) -> str:
        """Return the word that stands for a topic in the rows."""
        return f"{self.prefix}{pk}"


_topics: dict[str, TopicSource] = {}


def register(topics: type[TopicSource]) -> type[TopicSource]:
    """Make a kind of topic known; a class decorator."""
    _topics[topics.prefix] = topics()
    return topics


def topics_of(prefix: str) -> TopicSource:
    """Return the kind of topic that has this prefix."""
    return _topics[prefix]


@transaction.atomic
def refresh_names(topics: TopicSource, pks: Collection[int]) -> None:
    """Store the names of topics anew."""
    SearchName.objects.filter(topic__in=[topics.token(pk) for pk in pks]).delete()
    _store(topics, topics.names(pks))


def rebuild_names() -> None:
    """Store the names of all topics anew, in one transaction."""
    with transaction.atomic():
        SearchName.objects.all().delete()
        for topics in _topics.values():
            _store(topics, topics.names())


def _store(topics, names_of):
    names_of = list(names_of)
    rows = [
        SearchName(key=name, form=form, topic=topics.token(pk))
        for pk, names in names_of
        for name, form in set(names.rows())
    ]
    SearchName.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    keep_words(row for _pk, names in names_of for row in names.words())


def named() -> set[tuple[str, str, str]]:
    """Return the (topic, key, form) of all names that the topics have."""
    return {
        (topics.token(pk), name, str(form))
        for topics in _topics.values()
        for pk, names in topics.names()
        for name, form in names.rows()
    }


class Meant(NamedTuple):
    """What typed words may mean, and which topics they name, and not only a part of.

    Where they are all of a name, `said` are the other names of the same, each in its words.
    """

    topics: frozenset[str]
    named: frozenset[str]
    said: frozenset[tuple[str, ...]] = frozenset()


NOTHING = Meant(frozenset(), frozenset())


def recognise(words: Sequence[str]) -> dict[tuple[int, int], Meant]:
    """Return {(first, end): Meant} of the longest names among typed words, and of single words."""
    runs = {
        (first, end): key(" ".join(words[first:end]))
        for first in range(len(words))
        for end in range(first + 1, min(first + LONGEST_NAME, len(words)) + 1)
    }
    found = _stored(set(runs.values()) | {word.casefold() for word in words})
    names, parts, first = {}, {}, 0
    while first < len(words):
        ends = range(min(first + LONGEST_NAME, len(words)), first, -1)
        end = next((end for end in ends if found[runs[first, end], Form.NAME]), first + 1)
        names[first, end] = found[runs[first, end], Form.NAME]
        parts[first, end] = _of_one_word(words[first], found) if end == first + 1 else set()
        first = end
    halves = _halves({topic for topics in parts.values() for topic in topics})
    whole = {
        run: _few(names[run] or (_of_code(words[run[0]], found) if parts[run] else ()))
        for run in names
    }
    said = _said({topic for topics in whole.values() for topic in topics})
    return {
        run: Meant(
            frozenset(names[run] | parts[run]),
            frozenset(names[run] or _few(t for t in parts[run] if (t, runs[run]) in halves)),
            frozenset(name for topic in whole[run] for name in said[topic]),
        )
        for run in names if names[run] or parts[run]
    }  # fmt: skip


def _few(topics):
    """Return topics, or none when they are so many that none of them was named."""
    found = list(topics)
    return found if len(found) <= MOST_NAMED else []


def _halves(topics):
    """Return {(topic, word)} of words that are half of a name: “Korea”, but not “Cooperation”.

    A code is all of one.
    """
    rows = SearchName.objects.filter(topic__in=topics).exclude(form__in=[Form.WORD, Form.SAID])
    names = rows.values_list("topic", "key") if topics else ()
    return {(topic, w) for topic, name in names if len(name.split()) < 3 for w in name.split()}


def _of_one_word(word, found):
    """Return the topics that a single word names by its code, or as a part of their names."""
    lower = word.casefold()
    codes = _of_code(word, found)
    return codes or found[lower, Form.WORD] or found[key(word), Form.WORD]


def _of_code(word, found):
    return found[word.casefold(), Form.CODE] if word.isupper() else set()


def _said(topics):
    """Return {topic: its usual names in their words}."""
    found = defaultdict(set)
    rows = SearchName.objects.filter(topic__in=topics, form=Form.SAID)
    for topic, name in rows.values_list("topic", "key") if topics else ():
        found[topic].add(tuple(name.split()))
    return found


def _stored(keys):
    found = defaultdict(set)
    rows = SearchName.objects.filter(key__in=keys - {""})
    for name, form, topic in rows.values_list("key", "form", "topic"):
        found[name, form].add(topic)
    return found


def wider_topics(tokens: Collection[str], day: datetime.date) -> dict[str, set[str]]:
    """Return {topic: the topics that it is a part of on a day}."""
    found: dict[str, set[str]] = {}
    for topics, pks in _by_source(tokens):
        for pk, others in topics.wider(pks, day).items():
            found[topics.token(pk)] = {topics.token(other) for other in others}
    return found


def offers_of(tokens: Collection[str]) -> list[Offer]:
    """Return the Offers of topics, in the order of their labels."""
    found = [offer for topics, pks in _by_source(tokens) for offer in topics.offers(pks).values()]
    return sorted(found, key=lambda offer: offer.label)


def _by_source(tokens):
    """Yield each kind of topic with the ids of those of `tokens` that are of it."""
    for prefix, topics in _topics.items():
        own = {token.removeprefix(prefix) for token in tokens if token.startswith(prefix)}
        if pks := {int(pk) for pk in own if pk.isdecimal()}:
            yield topics, pks
