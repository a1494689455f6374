"""What is stored of a thing: its words in four columns, the weightiest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from culturecoop.folding import compounds, joined, plain_words, stem

from .addresses import is_address, number_in, whole_address
from .numbers import EDGE, number_words, whole

MOST_WORDS = 10_000  # of one thing: PostgreSQL keeps no places of words beyond 16,383


@dataclass(frozen=True)
class Passage:
    """A text in one language, as readers see it."""

    language: str
    text: str


@dataclass
class Content:
    """What a thing says: `topics` are the tokens of what it is about, names are found by them."""

    numbers: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)  # of links
    titles: list[Passage] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def columns(self, seen: "SeenWords | None" = None) -> dict[str, str]:
        """Return the words of each column of a row; note in `seen` those of the texts."""
        seen = seen or SeenWords()
        titles = [words_of(self.titles, seen.titles), *map(whole, self._title_words())]
        return {
            "numbers": " ".join(self._numbers()),
            "title": " ".join(titles).strip(),
            "topics": " ".join(sorted(set(self.topics))),
            "words": words_of(self.passages, seen.texts),
        }

    def _numbers(self):
        """Yield the words of the numbers, those that addresses lead to as well, and of these."""
        given = [*self.addresses, *filter(is_address, self.numbers)]
        addresses = list(dict.fromkeys(filter(None, given)))
        for number in dict.fromkeys([*self.numbers, *filter(None, map(number_in, addresses))]):
            yield from number_words(number)
        yield from map(whole_address, addresses)

    def _title_words(self):
        return dict.fromkeys(tuple(plain_words(title.text)) for title in self.titles)


@dataclass
class SeenWords:
    """The words of texts in each language: {language: words}."""

    titles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def rows(self, texts: bool) -> Iterator[tuple[str, str, bool]]:
        """Yield (word, language, whether it stands in a title), with those of `texts` or not."""
        for prominent, by_language in ((True, self.titles), (False, self.texts if texts else {})):
            for language, words in by_language.items():
                for word in words:
                    yield word, language, prominent


def words_of(passages: Iterable[Passage], seen: dict[str, set[str]] | None = None) -> str:
    """Return the words of texts in their order, then their stems and compounds.

    The words alone are added to those that were `seen` in their languages.
    """
    found, besides = [], set()
    for passage in passages:
        found.append(EDGE)
        for parts in islice(compounds(passage.text), MOST_WORDS):
            found += parts
            besides |= _other_forms(parts, passage.language)
            if seen is not None:
                seen[passage.language].update(parts)
        if len(found) > MOST_WORDS:
            break
    if not found:
        return ""
    found = [*found[:MOST_WORDS], EDGE]
    return " ".join([*found, *sorted(besides - set(found))])


@lru_cache(maxsize=2_000)  # enough for what many agreements have in common
def _other_forms(parts, language):
    """Return the stems of a word and of its parts, and a compound as one word."""
    whole = joined(parts)
    return frozenset([whole, stem(whole, language), *(stem(part, language) for part in parts)])
