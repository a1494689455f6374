"""What may be meant when nothing is found: words left out, and words spelled almost alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import get_language
from rapidfuzz import process
from rapidfuzz.distance import OSA

from culturecoop.folding import as_written, fold

from . import ranking
from .matching import TEXTS, Phrase
from .models import SearchWord
from .query import Query, Term
from .ranking import Seen

MOST_TERMS = 12  # that are tried one by one
SHORTEST = 4  # letters of a word that may be spelled otherwise
SHORT = 5  # letters: such a word is soon another one
LONG = 8  # letters: such a word may differ in two
MOST_ALIKE = 200
CANDIDATES = 5  # of which it is asked whether readers see them


class Candidate(NamedTuple):
    """A word that may be meant; the least one is the likeliest."""

    foreign: int  # 0: it is of the reader's language
    distance: int
    in_passing: bool  # in no title or name
    word: str


@dataclass(frozen=True)
class Understood:
    """The words that something is found for: those that were typed, or others in their place."""

    query: Query
    text: str  # that was typed
    spelled_so: str = ""
    left_out: list[str] = field(default_factory=list)

    def spelled(self, texts: Iterable[str]) -> str:
        """Return the words that are meant instead, as the texts write them; "" for none."""
        return as_written(self.spelled_so, texts) if self.spelled_so else ""


def other_words(asked: Query, text: str, seen: Seen) -> Understood:
    """Return what may be meant by a text of which nothing is found."""
    unquoted = asked.unquoted
    if unquoted and ranking.finds(unquoted.anything, seen):
        return Understood(unquoted, text, unquoted.text)
    query = asked.parted or asked
    other = spelled_otherwise(query, seen)
    if other and ranking.finds(other.anything, seen):
        return Understood(other, text, other.text)
    query, left_out = without_some(other or query, seen)
    return Understood(query, text, query.text if other else "", left_out)


def finds(query: Query, seen: Seen) -> bool:
    """Whether readers see anything that a query finds.

    Whole words are asked for before one that is only begun, which takes the databases longer.
    """
    return any(ranking.finds(condition, seen) for condition in query.tiers[-2:])


def without_some(query: Query, seen: Seen) -> tuple[Query, list[str]]:
    """Return a query of as many of the terms as find something together, and those left out.

    What names a party or a theme is kept before single words, and what tells most, as few things
    have it, before the rest.
    """
    terms = query.needed[:MOST_TERMS]
    numbers = {term: ranking.number(Query.of([term]).anything, seen) for term in terms}
    kept: list[Term] = []
    for term in sorted(filter(numbers.get, terms), key=lambda t: (not t.named, numbers[t])):
        if finds(Query.of([*kept, term]), seen):
            kept.append(term)
    left_out = [term.typed for term in query.needed if term not in kept]
    return Query.of([term for term in terms if term in kept]), left_out


def spelled_otherwise(query: Query, seen: Seen) -> Query | None:
    """Return the query with words that are there for those that are not, or None.

    A word counts only when it stands in something that readers see, or names what it is about: the
    words that were seen are those of drafts of tomorrow as well.
    """
    others = {}
    for term in query.needed[:MOST_TERMS]:
        if not finds(Query.of([term]), seen) and (other := _nearest(term, seen)):
            others[term] = other
    words = " ".join(others.get(term, term.typed) for term in query.terms)
    return Query(words, query.day) if others else None


def _nearest(term, seen):
    """Return the word most like a term that finds something by itself, or None."""
    word = fold(term.typed)
    if len(word) < SHORTEST or not word.isalpha():
        return None
    candidates = _known(_alike(word), get_language())
    if len(word) <= SHORT:
        candidates = [other for other in candidates if _may_be_meant(word, other)]
    words = [other.word for other in sorted(candidates)[:CANDIDATES]]
    return next((other for other in words if _is_seen(other, seen)), None)


def _alike(word):
    """Return {word: in how many letters it differs} of the words that are spelled almost alike."""
    most = 2 if len(word) >= LONG else 1
    lengths = SearchWord.objects.filter(length__range=(len(word) - most, len(word) + most))
    words = lengths.order_by("word").values_list("word", flat=True).distinct()
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=MOST_ALIKE)
    return {other: distance for other, distance, _place in found}


def _known(distances, language):
    """Return the Candidates of words with what is known of them, as a reader of a language sees it.

    What is of no language, as another name of a party, stands before what is of another one.
    """
    foreign = {language: 0, "": 1}
    best: dict[str, Candidate] = {}
    rows = SearchWord.objects.filter(word__in=distances)
    for word, spoken, prominent in rows.values_list("word", "language", "prominent"):
        found = Candidate(foreign.get(spoken, 2), distances[word], not prominent, word)
        best[word] = min(found, best.get(word, found))
    return list(best.values())


def _may_be_meant(word, other):
    """Whether a short word may stand for a Candidate: another letter makes it another word.

    Two letters may be swapped; one may be missing or too many, but not the first, in a name or a
    title of the reader's language.
    """
    if sorted(word) == sorted(other.word):
        return True
    at_home = other.foreign == 0 and not other.in_passing
    return at_home and len(word) != len(other.word) and word[0] == other.word[0]


def _is_seen(word, seen):
    """Whether readers see the very word, or something about what it names."""
    about = Query(word)
    named = any(term.topics for term in about.terms)
    return ranking.finds(Phrase((word,), TEXTS), seen) or (named and finds(about, seen))
