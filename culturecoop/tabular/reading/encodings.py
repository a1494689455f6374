"""Which character encoding a text file has."""

import codecs
import math
import re
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import errors, letters

# What an editor can choose from: (codec of Python, label).
ENCODINGS = [
    ("utf-8", _("Unicode (UTF-8)")),
    ("utf-16", _("Unicode (UTF-16)")),
    ("utf-16-le", _("Unicode (UTF-16, little-endian, without a mark)")),
    ("utf-16-be", _("Unicode (UTF-16, big-endian, without a mark)")),
    ("utf-32", _("Unicode (UTF-32)")),
    ("cp1252", _("Western European (Windows-1252)")),
    ("iso8859_15", _("Western European (ISO 8859-15)")),
    ("mac_roman", _("Western European (Mac)")),
    ("cp850", _("Western European (DOS, 850)")),
    ("cp1250", _("Central European (Windows-1250)")),
    ("iso8859_2", _("Central European (ISO 8859-2)")),
    ("mac_latin2", _("Central European (Mac)")),
    ("cp852", _("Central European (DOS, 852)")),
    ("cp1257", _("Baltic (Windows-1257)")),
    ("iso8859_13", _("Baltic (ISO 8859-13)")),
    ("cp1251", _("Cyrillic (Windows-1251)")),
    ("iso8859_5", _("Cyrillic (ISO 8859-5)")),
    ("koi8_r", _("Cyrillic (KOI8-R)")),
    ("mac_cyrillic", _("Cyrillic (Mac)")),
    ("cp1253", _("Greek (Windows-1253)")),
    ("iso8859_7", _("Greek (ISO 8859-7)")),
    ("cp1254", _("Turkish (Windows-1254)")),
    ("iso8859_3", _("Maltese (ISO 8859-3)")),
]
# UTF-32 stands before UTF-16: its little-endian mark begins with the one of UTF-16.
MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
SAMPLE = 20_000
CHUNK = 2**20
# What is tried, the languages it is for, and by how much it has to be better than the first, which
# is by far the most frequent (natural log).
CANDIDATES = [
    ("cp1252", letters.WESTERN, 0),
    ("mac_roman", letters.WESTERN, 2),
    ("cp1250", letters.CENTRAL, 2),
    ("iso8859_2", letters.CENTRAL, 2.5),
    ("cp1251", letters.CYRILLIC, 2),
    ("cp1253", ["el"], 2),
    ("iso8859_7", ["el"], 2.5),
    ("cp850", letters.WESTERN, 4),
    ("cp852", letters.CENTRAL, 4),
    ("cp1257", letters.BALTIC, 4),
    ("cp1254", ["tr"], 4),
    ("koi8_r", letters.CYRILLIC, 4),
    ("iso8859_5", letters.CYRILLIC, 4),
    ("mac_cyrillic", letters.CYRILLIC, 4),
]
# Text of the language that is assumed has at least this mean likelihood per character (log), and
# a few may be odd. Whole words of another script have to be as that script's languages use it.
PLAUSIBLE, SLACK = -5.5, 15
PLAUSIBLE_WORDS, SLACK_OF_WORDS = -3.8, 2
UNLIKELY = math.log(0.005)
# A capital inside a word: text that was damaged before, which proves nothing.
_DAMAGED = re.compile(rb"[A-Za-z\x80-\xff]*[a-z][A-Z][A-Za-z\x80-\xff]*")
_UTF_8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
# A dash or a sign that a word begins with is a capital of another encoding.
_SIGN_BEFORE_WORD = re.compile(r"[–—…§°€•·‘”»¬√∆≈](?=[^\W\d_A-Z])|(?<!\w)’(?=[\u0370-\u03ff])")
_WORD = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
_NOT_LATIN = re.compile(r"[\u0370-\u04ff]")


def detect(path: Path | str) -> tuple[str, bool]:
    """Return the encoding of the text file, and whether that is a guess.

    Certain are a byte order mark, UTF-8 and plain ASCII; raises Unreadable where even a guess
    would be rash. UTF-8 that is guessed is UTF-8 with a few bytes that are not.
    """
    with open(path, "rb") as file:
        head = file.read(4096)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _proved(path, encoding), False
    if b"\0" in head:
        return _proved(path, _without_mark(head)), True
    if decodes(path, "utf-8"):
        return "utf-8", False
    sample = _sample(path)
    return "utf-8" if _is_mostly_utf_8(sample) else _guess(path, sample), True


def chosen(path: Path | str, encoding: str) -> str:
    """Return the codec that reads the file in the encoding an editor chose; raises Unreadable."""
    try:
        "".encode(encoding)
        with open(path, encoding=encoding, errors="replace") as file:
            file.read(1)
    except LookupError:
        raise errors.unreadable("unknown_encoding", name=encoding) from None
    except UnicodeError:  # UTF-16 and UTF-32 have to begin with their mark
        raise errors.unreadable("wrong_encoding", encoding=encoding) from None
    with open(path, "rb") as file:
        marked = file.read(3) == codecs.BOM_UTF8
    return "utf-8-sig" if marked and codecs.lookup(encoding).name == "utf-8" else encoding


def decodes(path: Path | str, encoding: str) -> bool:
    """Return whether each byte of the file stands for something in the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _proved(path, encoding):
    if not decodes(path, encoding):
        raise errors.damaged(encoding)
    return encoding


def _without_mark(head):
    """Return which UTF-16 it is: the right order of bytes alone has blanks and delimiters."""
    found = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, "replace")
        common = sum(char in " ,;|\t\r\n" or "0" <= char <= "z" for char in text)
        if "\0" not in text and common * 25 > len(text):
            found[common] = encoding
    if not found or (len(found) > 1 and min(found) * 5 > max(found)):
        raise errors.damaged()
    return found[max(found)]


def _is_mostly_utf_8(sample):
    inside = sum(map(len, _UTF_8.findall(sample)))
    return inside >= 6 and inside > sum(byte > 127 for byte in sample) * 0.8


def _guess(path, sample):
    sample, scores = _DAMAGED.sub(b" ", sample), {}
    for encoding, languages, handicap in CANDIDATES:
        if decodes(path, encoding):
            text = sample.decode(encoding, "replace")
            scores[encoding] = _likelihood(text, languages) - handicap
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None or scores[best] < _least(sample.decode(best, "replace")):
        raise errors.unreadable("undecided_encoding")
    return best


def _least(text):
    """Return the likelihood that the text has at least, if it was decoded as it should be."""
    high = sum(char > "\x7f" for char in text)
    if len(_NOT_LATIN.findall(text)) * 2 > high:
        return PLAUSIBLE_WORDS * high - SLACK_OF_WORDS
    return PLAUSIBLE * high - SLACK


def _sample(path):
    """Return the first lines with bytes outside ASCII, which alone distinguish encodings."""
    sample = b""
    with open(path, "rb") as file:
        while len(sample) < SAMPLE and (chunk := file.read(CHUNK)):
            lines = (line for line in chunk.splitlines() if not line.isascii())
            sample += b"\n".join(lines)[:SAMPLE]
    return sample


def _likelihood(text, languages):
    """Return how likely the characters outside ASCII are (log), in the best language or in all."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    odd = (sum(map(_oddity, words)) + len(_SIGN_BEFORE_WORD.findall(text))) * UNLIKELY
    chars = [char for word in words for char in word if char > "\x7f"]
    mixtures = [(language,) for language in languages] + [tuple(languages)]
    return odd + max(sum(map(_log_shares(mixture).__getitem__, chars)) for mixture in mixtures)


class _LogShares(dict):
    """{character: log of its likelihood}; any other letter or sign is possible, but rare."""

    def __init__(self, languages):
        super().__init__({sign: math.log(0.02) for sign in letters.SIGNS})
        for letter, share in letters.shares(languages).items():
            self[letter] = math.log(0.9 * share + 0.0005)

    def __missing__(self, char):
        self[char] = math.log(0.0005 if char.isalpha() else 0.00005)
        return self[char]


_log_shares = cache(_LogShares)


def _oddity(word):
    """Return how many characters of the word are of another script, or pile up."""
    if _NOT_LATIN.search(word):
        return sum(char.isascii() for char in word)
    high = sum(char > "\x7f" for char in word)
    capitals = sum(char.isupper() for char in word[1:]) if word[:1].islower() else 0
    return max(high - max(len(word) / 2, 1), 0) + capitals
