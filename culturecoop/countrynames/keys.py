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


@lru_cache(maxsize=50_000)
def key(name):
    """Return the words of a name in alphabetical order, "" when nothing is left of it.

    Case, accents, punctuation, the order of words and words such as "of" make no difference.
    """
    text = unicodedata.normalize("NFKD", name.casefold()).translate(LETTERS)
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = _WORD.findall(_POINTS.sub(_joined, text))
    whole = " ".join(ABBREVIATIONS.get(word, word) for word in words if word not in STOP_WORDS)
    return " ".join(sorted(whole.split()))


def _joined(match):
    """Return what joins the parts of a word: "u.s.s.r" is "ussr", "people's" is "peoples"."""
    return "" if match[0] == "." else "s"


def pieces(name):
    """Return the names in it, when it could be a list: "Guinea, Ghana"; else none."""
    return _BETWEEN.split(name) if _BETWEEN.search(name) else []
