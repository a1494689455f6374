"""The form that names are compared in."""

import re
import unicodedata
from functools import lru_cache

# Words without a meaning of their own, in the languages that lists of agreements are written in.
_STOP_WORDS = (
    "a an the of and its de du des la le les l d et do da dos das e el los las y di il lo gli"
    " della dei delle der die das des und von van het een en af og den"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
ABBREVIATIONS = {
    "st": "saint", "ste": "saint", "sainte": "saint", "rep": "republic", "dem": "democratic",
    "fed": "federal", "is": "islands", "isl": "islands", "us": "states united",
    "usa": "america states united", "uk": "kingdom united",
}  # fmt: skip
# Letters that have no accent to remove.
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})
_BETWEEN = re.compile(r"[,;/|\n]|\s[-–]\s")
_WORD = re.compile(r"\w+")
_POINTS = re.compile(r"(?<=\b\w)\.(?=\w\b)|['’`´]s\b")


def fresh_key(name):
    """Return the words of a name in alphabetical order, "" when nothing is left of it.

    Case, accents, punctuation, the order of words and words such as "of" make no difference.
    """
    text = unicodedata.normalize("NFKD", name.casefold()).translate(LETTERS)
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = _WORD.findall(_POINTS.sub(_joined, text))
    whole = " ".join(ABBREVIATIONS.get(word, word) for word in words if word not in STOP_WORDS)
    return " ".join(sorted(whole.split()))


#: The same, remembered: texts name the same parties again.
key = lru_cache(maxsize=50_000)(fresh_key)


def stands_in(text, names):
    """Whether one of the names, each by its key, stands in a text: as whole words, with a capital.

    “Island” is Iceland in German; “island” is a word of another language.
    """
    words, capitals = _words_in_order(text)
    known = set(words)
    return any(
        known.issuperset(parts) and _follow_each_other(parts, words, capitals)
        for parts in map(str.split, names)
    )


@lru_cache(maxsize=4096)  # lists name the parties of the same titles again
def _words_in_order(text):
    """Return the words of a text as keys have them, and whether each is written with a capital."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    found = [
        (part, not word[0].islower())
        for word in _WORD.findall(_POINTS.sub(_joined, text))
        for part in key(word).split()
    ]
    return [part for part, _capital in found], [capital for _part, capital in found]


def _follow_each_other(parts, words, capitals):
    """Whether parts, in alphabetical order, follow each other among words, one with a capital."""
    size = len(parts)
    return any(
        sorted(words[first : first + size]) == parts and any(capitals[first : first + size])
        for first in range(len(words) - size + 1)
    )


def _joined(match):
    """Return what joins the parts of a word: "u.s.s.r" is "ussr", "people's" is "peoples"."""
    return "" if match[0] == "." else "s"


def pieces(name):
    """Return the names in it, when it could be a list: "Guinea, Ghana"; else none."""
    return _BETWEEN.split(name) if _BETWEEN.search(name) else []
