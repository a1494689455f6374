"""Numbers of collections, as they are stored and looked up: as a whole, with and without labels."""

import hashlib
from collections.abc import Iterable

from culturecoop.folding import bare_number, compounds, joined, plain_words

#: Stands between texts, so that no phrase reaches from one to the next.
EDGE = "0edge0"
SHORTEST = 5  # signs of a number that is known by its look
_LETTERS = str.maketrans("0123456789abcdef", "abcdfghijklmnopq")
_LOOK = str.maketrans("oilzsb", "011258")


def whole(words: Iterable[str]) -> str:
    """Return one word that stands for just these in this order: a whole title, a whole number.

    It begins with a figure, as no word does, and has no other: of “0e84c1” PostgreSQL makes a
    number and a word.
    """
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=9).hexdigest()
    return "0" + digest.translate(_LETTERS)


def alike(number: str) -> str:
    """Return one word that stands for all numbers that look like a folded one, without blanks.

    Whoever copies one, a machine or a hand, takes O for 0 and l for I.
    """
    return whole(["alike", number.translate(_LOOK)])


def number_words(text: str) -> list[str]:
    """Return a number as it is stored: as it is written, as a whole, and without its labels.

    What a hyphen joins is one word as well, and what looks like a number is found by its look.
    """
    found = []
    for form in dict.fromkeys((tuple(plain_words(text)), tuple(bare_number(text)))):
        found += [*form, EDGE, whole(form), whole(["".join(form)]), EDGE]
    parts = {joined(parts) for parts in compounds(text) if len(parts) > 1}
    looks = {part for part in map(joined, compounds(text)) if has_look(part)}
    looks.add("".join(bare_number(text)))
    return [*found, *sorted(parts - set(found)), *sorted(map(alike, looks))]


def has_look(word: str) -> bool:
    """Whether a folded word is a number that is told by its look: not a year."""
    return len(word) >= SHORTEST and any(c.isdigit() for c in word)
