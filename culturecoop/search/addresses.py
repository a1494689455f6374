"""Addresses of links: found as they are pasted, or by the number that stands in them."""

import re
from urllib.parse import unquote

from culturecoop.folding import plain_words

from .numbers import whole

CELEX = re.compile(r"\b[0-9CE]\d{4}[A-Z]{1,2}\d{4}(?:\(\d+\))?", re.IGNORECASE)
#: The part of a European Legislation Identifier that tells what it identifies.
_ELI = re.compile(r"\beli/([a-z_]+/\d{4}/\d+(?:\(\d+\))?)", re.IGNORECASE)
#: An address and nothing else: "https://example.org", "www.example.org/a", "example.org/a".
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+\.\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE
)
_BEGINNING = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a text is the address of a link, and nothing else."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def number_in(address: str) -> str:
    """Return the number that an address leads to: its CELEX number, else its ELI; or ""."""
    address = unquote(address)
    found = CELEX.search(address)
    if found:
        return found[0]
    eli = _ELI.search(address)
    return eli[1] if eli else ""


def whole_address(address: str) -> str:
    """Return the one word that stands for an address, with "http" or "https", "www" or not."""
    path = _BEGINNING.sub("", unquote(address.strip())).partition("#")[0]
    return whole(["address", *plain_words(path)])
