"""What somebody typed, as conditions on the words of things: the narrowest first."""

import datetime
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property

from culturecoop.folding import (
    LABELS,
    compounds,
    joined,
    plain_words,
    stem,
    written_words,
)

from .addresses import is_address
from .daywords import days_in
from .lookups import of_address, of_number
from .matching import TEXTS, TITLE, TOPICS, AllOf, AnyOf, Condition, Phrase
from .numbers import alike, has_look, whole
from .topics import NOTHING, recognise, wider_topics

MOST_LETTERS = 3000  # that are looked at: a title, however long
MOST_WORDS = 40  # that have to be there: what is longer is a title or a phrase
BEGUN = 3  # letters of the last word, so that it may be a beginning
#: Words that say nothing, in the languages of the site. They count inside phrases and titles.
STOP_WORDS = frozenset(
    ["the", "of", "and", "with", "in", "on", "for", "to", "an", "a", "by", "from", "at", "as", "is",
     "are", "or", "between", "der", "die", "das", "den", "dem", "des", "und", "mit", "von", "vom",
     "zu", "zum", "zur", "im", "auf", "fur", "ein", "eine", "einer", "uber", "zwischen", "le", "la",
     "les", "l", "d", "de", "du", "et", "avec", "en", "au", "aux", "un", "une", "pour", "par",
     "sur", "dans", "entre"]
)  # fmt: skip
#: They tell no state from another, and are called otherwise in another language.
KINDS_OF_STATE = frozenset(
    ["republic", "republik", "republique", "republica", "repubblica", "repubblika", "republika",
     "republiek", "republiken", "republikken", "respublika", "vabariik", "tasavalta",
     "koztarsasag", "poblacht", "δημοκρατια", "република", "kingdom", "konigreich", "royaume",
     "reino", "regno", "koninkrijk", "kongeriget", "konungariket", "kralovstvi", "kralovstvo",
     "kraljevina", "kraljevstvo", "krolestwo", "kiralysag", "regatul", "karalyste", "kuningriik",
     "kuningaskunta", "renju", "riocht", "βασιλειο", "кралство"]
)  # fmt: skip
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|([^\"“”„«»]+)")
#: Where "EU-Peru" can be parted: not an apostrophe, nor inside "2007-12-16".
_HYPHEN = re.compile(r"(?<=\w)(?<!\b\d{4}-\d\d)[-‐‑](?=\w)(?!\d\d-\d\d\b)")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Word:
    """A typed word: the forms that it may have in a text, each a phrase of one word or more."""

    typed: str
    forms: tuple[tuple[str, ...], ...]
    stems: tuple[str, ...] = ()
    optional: bool = False

    @property
    def written(self) -> tuple[tuple[str, ...], ...]:
        """The forms and the stems."""
        return (*self.forms, *((found,) for found in self.stems))

    def within(self, columns: tuple[str, ...], begun: bool = False) -> Condition:
        """Return the condition that one of its forms is there, or a stem.

        What is only `begun` begins with a form: the stem of “India” begins other words.
        """
        forms = [Phrase(form, columns, begun) for form in self.forms]
        stems = [Phrase((found,), columns) for found in self.stems]
        return AnyOf((*forms, *stems))


@dataclass(frozen=True)
class Term:
    """Words that belong together: one, or the name of topics, which stand for it as well."""

    words: tuple[Word, ...]
    topics: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()  # the topics that these are a part of
    named: frozenset[str] = frozenset()  # those of its topics that were typed, and not only a part
    names: tuple[Word, ...] = ()  # the other names of these, so that no language finds more

    @property
    def typed(self) -> str:
        return " ".join(word.typed for word in self.words)

    def within(self, columns: tuple[str, ...], begun: bool = False) -> Condition:
        """Return the condition that its words are there; the last one may be `begun`.

        Another name of the same is as good.
        """
        needed = [word for word in self.words if not word.optional] or list(self.words)
        words = AllOf(tuple(word.within(columns, begun and word is needed[-1]) for word in needed))
        others = tuple(name.within(columns, begun) for name in self.names)
        return AnyOf((words, *others)) if others else words

    def meant(
        self, columns: tuple[str, ...], topics: frozenset[str], begun: bool = False
    ) -> Condition:
        """Return the condition that its words are there, or one of `topics`."""
        words = self.within(columns, begun)
        return AnyOf((words, *_about(topics))) if topics else words

    def about(self) -> Condition:
        """Return the condition that something is about its topics, or what they are a part of."""
        return AnyOf(_about(self.topics | self.wider))


def _about(topics):
    """Return the conditions that something is about one of the topics."""
    return tuple(Phrase((topic,), (TOPICS,)) for topic in sorted(topics))


class Query:
    """What somebody typed, understood. Members of groupings are those of `day` (today)."""

    def __init__(self, text: str, day: datetime.date | None = None):
        self.day = day or timezone.localdate()
        self.text = _visible(text[:MOST_LETTERS].replace("\0", " "))
        #: The address that was typed, when it is nothing else: it is looked up as a whole.
        self.address = self.text if is_address(self.text) else ""
        self.terms = _terms(self.text, self.day) if not self.address else []

    @classmethod
    def of(cls, terms: list[Term]) -> "Query":
        """Return the query of some of the terms of another one."""
        query = cls("")
        query.text, query.terms = " ".join(term.typed for term in terms), terms
        return query

    def __bool__(self) -> bool:
        return bool(self.terms or self.address)

    @property
    def needed(self) -> list[Term]:
        """The terms that have to be there: not "of" and "the", unless there is nothing else."""
        said = [term for term in self.terms if len(term.words) > 1 or not term.words[0].optional]
        return (said or self.terms)[:MOST_WORDS]

    @property
    def topics(self) -> set[str]:
        """The topics that are named."""
        return {topic for term in self.terms for topic in term.named}

    @cached_property
    def parted(self) -> "Query | None":
        """The query with the parts of "EU-Peru" as words of their own; None without a hyphen."""
        text = _HYPHEN.sub(" ", self.text) if not self.address else self.text
        return Query(text, self.day) if text != self.text else None

    @cached_property
    def unquoted(self) -> "Query | None":
        """The query with the words of its phrases by themselves; None without a phrase."""
        text = _QUOTED.sub(lambda match: match[1] or match[2], self.text)
        return Query(text, self.day) if text != self.text else None

    @cached_property
    def tiers(self) -> list[Condition]:
        """What may be meant, the best first: what meets an earlier one stands before the rest."""
        if not self:
            return []
        return list(dict.fromkeys([*self._tiers(), *(self.parted.tiers if self.parted else ())]))

    def _tiers(self):
        if self.address:
            return list(of_address(self.address))
        said = self._said
        titles = tuple(Phrase((whole(words),), (TITLE,)) for words in said)
        found = [*of_number(self.text), AnyOf(titles) if len(titles) > 1 else titles[0]]
        found.append(self._all(lambda term: term.within((TITLE,))))
        found.append(self._all(lambda term: term.meant((TITLE,), term.topics)))
        if len(said) > 1 or len(said[0]) > 1:
            found.append(AnyOf(tuple(Phrase(words, TEXTS) for words in said)))
        anywhere = self._all(lambda term: term.meant(TEXTS, term.topics | term.wider))
        return [*found, anywhere, self._widest]

    @property
    def _said(self):
        """What was typed in its words; the name of something in the words of all its names."""
        said = {tuple(plain_words(self.text))}
        if len(self.terms) == 1:
            said |= {form for name in self.terms[0].names for form in name.forms[:1]}
        return sorted(said)

    @property
    def anything(self) -> Condition:
        """The condition that everything meets that is found."""
        if self.address:
            return AnyOf(tuple(of_address(self.address)))
        found = [*of_number(self.text), self._widest]
        return AnyOf((*found, self.parted.anything) if self.parted else tuple(found))

    @property
    def _widest(self):
        needed, last = self.needed, self.terms[-1]
        begun = last is needed[-1] and len(last.words[-1].typed) >= BEGUN
        return self._all(
            lambda term: term.meant(TEXTS, term.topics | term.wider, begun and term is needed[-1])
        )

    def _all(self, condition):
        return AllOf(tuple(condition(term) for term in self.needed))


def _visible(text):
    """Return a text without letters that nobody sees: they stand inside words."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _terms(text, day):
    """Return the terms of a text: names of topics, the longest first, and single words."""
    words = list(_labelled(islice(_words(text), 2 * MOST_WORDS)))
    known = recognise([word.typed for word in words])
    tokens = frozenset(topic for meant in known.values() for topic in meant.topics)
    wider = wider_topics(tokens, day) if tokens else {}
    found, first = [], 0
    while first < len(words):
        end = max((end for start, end in known if start == first), default=first + 1)
        topics, named, said = known.get((first, end), NOTHING)
        around = frozenset(other for topic in topics for other in wider.get(topic, ()))
        names = tuple(_name(name) for name in sorted(said))
        found.append(Term(tuple(words[first:end]), topics, around, named, names))
        first = end
    return found


def _words(text):
    """Yield the Words of a text; what stands in quotation marks is one, as it is written."""
    for match in _QUOTED.finditer(text):
        quoted, typed = match.groups()
        if typed:
            yield from _words_and_days(typed)
        elif phrase := tuple(plain_words(quoted)):
            yield Word(quoted.strip(), (phrase[:MOST_WORDS],))


def _words_and_days(text):
    """Yield the Words of a text; a day or a month is one, in every way to write it."""
    end = 0
    for said in days_in(text):
        yield from _single_words(text[end : said.start])
        yield Word(text[said.start : said.end], said.forms)
        end = said.end
    yield from _single_words(text[end:])


def _single_words(text):
    for word in written_words(text):
        yield from (_word(word, parts) for parts in compounds(word))


def _labelled(words):
    """Yield the Words; what only stands before a number, as “No”, may be missing there."""
    for word, following in pairwise([*words, None]):
        figures = following is not None and any(c.isdigit() for c in following.typed)
        label = figures and "".join(word.forms[0]) in LABELS
        if label and word.typed.isupper() and _YEAR.fullmatch(following.typed):
            label = False  # “NO 2010” is a country and a year
        yield replace(word, optional=True) if label else word


def _name(words):
    """Return a name of something as one Word; one of several words is a phrase."""
    return _word(words[0], words) if len(words) == 1 else Word(" ".join(words), (words,))


def _word(typed, parts):
    """Return a typed word with its compound in one word, and its stems."""
    one = joined(parts)
    forms = tuple(dict.fromkeys([parts, (one,)]))
    stems = dict.fromkeys(stem(one, language) for language, _name in settings.LANGUAGES)
    others = tuple(found for found in stems if (found,) not in forms)
    if has_look(one):
        others += (alike(one),)
    return Word(typed, forms, others, optional=one in STOP_WORDS | KINDS_OF_STATE)
