"""The piece of a text that shows best why it was found, with the words marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from culturecoop.folding import COMPOUND, compounds, joined, stem

from .query import BEGUN, KINDS_OF_STATE, STOP_WORDS, Query
from .words import Passage

WIDTH = 32  # words of a snippet
BEFORE = 6  # of them before the first that is marked
MOST_LETTERS = 40_000  # of a text that are looked at


@dataclass(frozen=True)
class Snippet:
    """A piece of a text, as HTML."""

    language: str
    html: SafeString


class Marker:
    """Marks what a query looked for."""

    def __init__(self, query: Query):
        words = [word for term in query.terms for word in term.words if not word.optional]
        names = [name for term in query.terms for name in term.names]
        self.looked_for = _parts(words) | (_parts(names) - STOP_WORDS - KINDS_OF_STATE)
        last = words[-1].forms[0][-1] if words else ""
        self.begun = last if len(last) >= BEGUN else None
        self._meanings: dict[tuple[str, str], str] = {}

    def snippet(self, passages: Iterable[Passage], language: str) -> Snippet | None:
        """Return the best piece of the texts: one with words in it, in the reader's language."""
        read = [
            (passage, self._places(passage.text[:MOST_LETTERS], passage.language))
            for passage in passages
        ]
        if not read:
            return None
        passage, places = max(read, key=lambda row: _rank(row[0], row[1], language))
        return Snippet(passage.language, _piece(passage.text, places))

    def marked(self, text: str, language: str) -> SafeString:
        """Return a whole text with the words marked."""
        return _marked(text, self._places(text, language), 0, len(text))

    def _places(self, text, language):
        """Return (start, end, what was looked for or "") of each word."""
        return [
            (match.start(), match.end(), self._meant(match[0], language))
            for match in COMPOUND.finditer(text)
        ]

    def _meant(self, word, language):
        if (word, language) not in self._meanings:
            self._meanings[word, language] = self._meaning_of(word, language)
        return self._meanings[word, language]

    def _meaning_of(self, word, language):
        for parts in compounds(word):
            written = {joined(parts), *parts}
            if meant := self.looked_for & (written | {stem(form, language) for form in written}):
                return min(meant)
            if self.begun and any(form.startswith(self.begun) for form in written):
                return self.begun
        return ""


def _parts(words):
    """Return the single words of what is looked for."""
    return frozenset(part for word in words for form in word.written for part in form)


def _rank(passage, places, language):
    """Return how well a text shows why it was found: any words, then the language, then how many.

    Of equal ones the first is taken, so the order of the texts counts.
    """
    found = len({word for _start, _end, word in places if word})
    return found > 0, passage.language == language, found


def _piece(text, places):
    """Return WIDTH words around the densest ones that are marked."""
    hits = [number for number, place in enumerate(places) if place[2]]
    first = max(hits, key=lambda hit: _worth(places, hit), default=0)
    begin = max(first - BEFORE, 0)
    shown = places[begin : begin + WIDTH]
    if not shown:
        return conditional_escape(text[:200])
    start, end = (0 if begin == 0 else shown[0][0]), shown[-1][1]
    whole = begin + WIDTH >= len(places)
    piece = _marked(text, shown, start, len(text) if whole else end)
    return format_html("{}{}{}", "… " if begin else "", piece, "" if whole else " …")


def _worth(places, hit):
    """Return how many of the words that were looked for stand in a piece, the earliest first."""
    within = {word for _start, _end, word in places[hit : hit + WIDTH - BEFORE] if word}
    return len(within), -hit


def _marked(text, places, start, end):
    """Return the text from `start` to `end` as HTML."""
    found = []
    for first, last, word in places:
        if word:
            found += [conditional_escape(text[start:first]), _mark(text[first:last])]
            start = last
    return mark_safe("".join([*found, conditional_escape(text[start:end])]))


def _mark(word):
    return format_html("<mark>{}</mark>", word)
