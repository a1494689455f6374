"""Two texts compared word by word, with diff-match-patch."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from time import monotonic
from typing import NamedTuple

from diff_match_patch import diff_match_patch

#: A word, a run of blanks, or a sign.
WORD = re.compile(r"\w+|\s+|[^\w\s]")
#: Words become letters of the private planes of Unicode, of which there are 1,048,576.
FIRST_LETTER = 0x10_000
PATIENCE = 2.0  # seconds, after which differences are told less finely
LEAST = 0.01


class Kind(StrEnum):
    """What became of something between two editions."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Word(NamedTuple):
    """A word with its marks, or (without text) the beginning of a block of a rich text."""

    text: str
    marks: tuple[str, ...] = ()  # "strong", "a href=https://…": those around it, outermost first
    block: str = ""  # "h2", "ul li p"


class Piece(NamedTuple):
    """Words that follow each other, and what became of them."""

    kind: Kind
    words: list[Word]


class Patience:
    """The seconds that all texts of a comparison may take together, before it gets coarser."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self.left = seconds

    @contextmanager
    def spent(self) -> Iterator[float]:
        """Give what a text may take, and count what it took."""
        began = monotonic()
        yield max(self.left, LEAST)
        self.left -= monotonic() - began


KINDS = {
    diff_match_patch.DIFF_EQUAL: Kind.SAME,
    diff_match_patch.DIFF_DELETE: Kind.REMOVED,
    diff_match_patch.DIFF_INSERT: Kind.ADDED,
}


def words_of(text: str) -> list[Word]:
    """Return the words of a text without marks."""
    return [Word(found) for found in WORD.findall(text)]


def pieces(
    before: Sequence[Word], after: Sequence[Word], patience: Patience | None = None
) -> list[Piece]:
    """Return what stays, what goes and what comes, in the order of reading."""
    letters: dict[Word, str] = {}
    old, new = (_written(letters, words) for words in (before, after))
    library = diff_match_patch()
    with (patience or Patience()).spent() as library.Diff_Timeout:
        found = library.diff_main(old, new, checklines=False)
    library.diff_cleanupSemantic(found)
    words = {letter: word for word, letter in letters.items()}
    return [Piece(KINDS[kind], [words[letter] for letter in text]) for kind, text in found]


def _written(letters, words):
    """Return a text with one letter for each word."""
    found = (letters.setdefault(word, chr(FIRST_LETTER + len(letters))) for word in words)
    return "".join(found)
