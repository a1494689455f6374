"""Two texts compared word by word, with diff-match-patch."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from diff_match_patch import diff_match_patch

#: A word, a run of blanks, or a sign.
WORD = re.compile(r"\w+|\s+|[^\w\s]")
#: Words become letters of the private planes of Unicode, of which there are 1,048,576.
FIRST_LETTER = 0x10_000
PATIENCE = 0.5  # seconds, after which a difference is told less finely


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


KINDS = {
    diff_match_patch.DIFF_EQUAL: Kind.SAME,
    diff_match_patch.DIFF_DELETE: Kind.REMOVED,
    diff_match_patch.DIFF_INSERT: Kind.ADDED,
}


def words_of(text: str) -> list[Word]:
    """Return the words of a text without marks."""
    return [Word(found) for found in WORD.findall(text)]


def pieces(before: Sequence[Word], after: Sequence[Word]) -> list[Piece]:
    """Return what stays, what goes and what comes, in the order of reading."""
    letters: dict[Word, str] = {}
    old, new = (_written(letters, words) for words in (before, after))
    library = diff_match_patch()
    library.Diff_Timeout = PATIENCE
    found = library.diff_main(old, new, checklines=False)
    library.diff_cleanupSemantic(found)
    words = {letter: word for word, letter in letters.items()}
    return [Piece(KINDS[kind], [words[letter] for letter in text]) for kind, text in found]


def _written(letters, words):
    """Return a text with one letter for each word."""
    found = (letters.setdefault(word, chr(FIRST_LETTER + len(letters))) for word in words)
    return "".join(found)
