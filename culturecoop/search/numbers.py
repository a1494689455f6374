"""Numbers of collections, as they are stored and looked up: as a whole, with and without labels."""

import hashlib
from collections.abc import Iterable

from culturecoop.folding import bare_number, plain_words

#: Stands between texts, so that no phrase reaches from one to the next.
EDGE = "0edge0"


def whole(words: Iterable[str]) -> str:
    """Return one word that stands for just these in this order: a whole title, a whole number."""
    return "0" + hashlib.blake2b(" ".join(words).encode(), digest_size=9).hexdigest()


def number_words(text: str) -> list[str]:
    """Return a number as it is stored: as it is written, as a whole, and without its labels."""
    found = []
    for form in dict.fromkeys((tuple(plain_words(text)), tuple(bare_number(text)))):
        found += [*form, EDGE, whole(form), whole(["".join(form)]), EDGE]
    return found
