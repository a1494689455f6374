"""What is looked up as a whole: numbers of collections, and addresses of links."""

from collections.abc import Iterator

from culturecoop.folding import bare_number, plain_words

from .addresses import CELEX, number_in, whole_address
from .matching import NUMBERS, AnyOf, Condition, Phrase
from .numbers import alike, has_look, whole


def of_address(address: str) -> Iterator[Condition]:
    """Yield the conditions that a link has an address, or that what it leads to has its number."""
    yield Phrase((whole_address(address),), (NUMBERS,))
    yield from of_number(number_in(address))


def of_number(text: str) -> Iterator[Condition]:
    """Yield the conditions that what was typed is a number, stands in one, or looks like one."""
    if not any(c.isdigit() for c in text):
        return
    celex = CELEX.search(text)
    words, bare = plain_words(text), bare_number(celex[0] if celex else text)
    forms = {whole(words), whole(bare), whole(["".join(bare)])}
    yield AnyOf(tuple(Phrase((form,), (NUMBERS,)) for form in sorted(forms)))
    if len(bare) > 1:
        yield Phrase(tuple(bare), (NUMBERS,))
    if has_look("".join(bare)):
        yield Phrase((alike("".join(bare)),), (NUMBERS,))
