"""How words are compared: without case, accents and invisible letters; hyphens make no difference.

What is stored and what is typed go the same way, so both databases hold the same plain words and
need to know no language.
"""

import re
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer

#: Letters that have no accent to take away.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
)
LONGEST = 60  # letters of a word that are looked at
#: A word, with hyphens and apostrophes inside it.
COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑'’ʼ`´·][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
#: An article before its apostrophe is a word of its own: "l’éducation", "dell’arte".
_ELISION = re.compile(r"\b([cdjlmnst]|qu|jusqu|lorsqu|[dn]ell|all|un)['’ʼ`´](?=\w)", re.I)
#: What stands before or inside a number and is often left out, or said in another language.
LABELS = frozenset(
    ["oj", "abl", "jo", "celex", "unts", "cets", "ets", "ste", "sev", "eli", "no", "nr", "n", "vol",
     "p", "pp", "s", "page", "seite", "of", "vom", "du"]
)  # fmt: skip
STEMMERS = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hu": "hungarian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "sv": "swedish",
}  # fmt: skip
_local = threading.local()


def fold(text: str) -> str:
    """Return the text without case, accents and invisible letters; ß is ss."""
    text = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))


def written_words(text: str) -> list[str]:
    """Return the words of a text as they are written."""
    return [match[0] for match in COMPOUND.finditer(_ELISION.sub(r"\1 ", text))]


def as_written(words: str, texts: Iterable[str]) -> str:
    """Return words with the capitals and accents that most of the texts give them.

    Of forms that are as frequent it is the one with fewer capitals.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in _PART.findall(unicodedata.normalize("NFC", text)):
            forms[fold(word)][word] += 1

    def usual(match):
        counts = forms.get(fold(match[0]), {match[0]: 1})
        return max(counts, key=lambda form: (counts[form], -sum(map(str.isupper, form)), form))

    return _PART.sub(usual, words)


def compounds(text: str) -> Iterator[tuple[str, ...]]:
    """Yield each word of a text as its folded parts: ("co", "operation"), ("education",)."""
    for match in COMPOUND.finditer(_ELISION.sub(r"\1 ", fold(text))):
        yield tuple(part[:LONGEST] for part in _PART.findall(match[0]))


def plain_words(text: str) -> list[str]:
    """Return the folded words of a text in their order, compounds in their parts."""
    return [part for parts in compounds(text) for part in parts]


def bare_number(text: str) -> list[str]:
    """Return the words of a number without those that are often left out: "OJ", "p."."""
    return [word for word in plain_words(text) if word not in LABELS]


def joined(parts: tuple[str, ...]) -> str:
    """Return a compound as one word: "cooperation"."""
    return "".join(parts)[:LONGEST]


def stem(word: str, language: str) -> str:
    """Return what the forms of a word share in a language; the word where that is not known."""
    algorithm = STEMMERS.get(language)
    return _stem(word, algorithm) if algorithm else word


@lru_cache(maxsize=10_000)  # words are also those that anybody searches for
def _stem(word, algorithm):
    stemmers = _local.__dict__.setdefault("stemmers", {})  # a stemmer is not for two threads
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return stemmers[algorithm].stemWord(word)[:LONGEST]
