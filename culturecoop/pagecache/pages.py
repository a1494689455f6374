"""The pages that are kept, as they are sent."""

import gzip
import re
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import brotli
from cachetools import LRUCache
from django.utils.http import http_date

from culturecoop.publicpages import for_everybody

from .asked import Asked

Headers = list[tuple[str, str]]
#: Of a kept page these are our own.
OURS = {
    "cache-control", "content-length", "content-encoding", "vary", "etag", "last-modified",
}  # fmt: skip
AGAIN = {"vary", "last-modified", "content-language"}
BEGUN = 1  # second, which nginx gives to what it may keep for some
QUALITY = 5  # of Brotli: two thirds of gzip's size in its time
ENCODINGS = ("br", "gzip")
LONGEST = 200  # characters of an Accept-Encoding that is looked at


@dataclass(frozen=True)
class Page:
    """A page that was rendered: under which stamp, and until which moment it is right."""

    stamp: Any
    until: datetime
    headers: Headers
    etag: str
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return sum(map(len, self.bodies.values())) + 2000

    def headers_in(self, encoding: str, shared: int) -> Headers:
        named = [("Content-Encoding", encoding)] if encoding else []
        length = ("Content-Length", str(len(self.body(encoding))))
        return [*self.headers, *named, *self._told(encoding, shared), length]

    def headers_unchanged(self, encoding: str, shared: int) -> Headers:
        """Those of a 304."""
        kept = [pair for pair in self.headers if pair[0].lower() in AGAIN]
        return [*kept, *self._told(encoding, shared)]

    def _told(self, encoding: str, shared: int) -> Headers:
        return [("Cache-Control", for_everybody(shared)), ("ETag", self.tag(encoding))]

    def shared_seconds(self, wished: int, now: datetime) -> int:
        """Return how long a cache in front may keep the page: at its end it is told nothing."""
        left = int((self.until - now).total_seconds()) - BEGUN
        return max(0, min(wished, left))

    def tag(self, encoding: str) -> str:
        return f'"{self.etag}-{encoding or "plain"}"'

    def body(self, encoding: str) -> bytes:
        if encoding:
            return self.bodies[encoding]
        return gzip.decompress(self.bodies["gzip"])  # hardly anybody asks without


def page_of(headers: Headers, body: bytes, stamp: Any, until: datetime, changed: datetime) -> Page:
    """Return the page that Django has rendered. `changed` is when something on it may have."""
    kept = [pair for pair in headers if pair[0].lower() not in OURS]
    kept += [("Vary", "Accept-Encoding"), ("Last-Modified", http_date(changed.timestamp()))]
    bodies = {"br": brotli.compress(body, quality=QUALITY), "gzip": gzip.compress(body, 6, mtime=0)}
    return Page(stamp, until, kept, blake2b(body, digest_size=12).hexdigest(), bodies)


class Pages:
    """Pages by what they are asked with, those that were asked for last, in so many bytes.

    Those with a query have a part of the place for themselves, of which there are any number.
    """

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        plain, asked, size = most - most // 4, most // 4, attrgetter("size")
        self._plain: LRUCache[Asked, Page] = LRUCache(plain, getsizeof=size)
        self._queries: LRUCache[Asked, Page] = LRUCache(asked, getsizeof=size)

    def get(self, asked: Asked) -> Page | None:
        with self._lock:
            return self._of(asked).get(asked)

    def keep(self, asked: Asked, page: Page) -> None:
        """Keep a page in the place of an older one; not one that is too large for all of it."""
        pages = self._of(asked)
        if page.size <= pages.maxsize:
            with self._lock:
                pages[asked] = page

    def _of(self, asked: Asked) -> Any:
        return self._queries if asked.query else self._plain


def encoding_for(accepted: str) -> str:
    """Return the best of our encodings that an Accept-Encoding allows, "" for none."""
    return _encoding(accepted) if len(accepted) <= LONGEST else ""


@lru_cache(maxsize=512)
def _encoding(accepted):
    weights = dict(map(_weighed, accepted.lower().split(",")))
    anything = weights.get("*", 0.0)
    return next((name for name in ENCODINGS if weights.get(name, anything) > 0), "")


def _weighed(item: str) -> tuple[str, float]:
    """("gzip", 0.5) of "gzip;q=0.5"; what is malformed is not wanted."""
    name, *rest = re.split(r"\s*;\s*", item.strip())
    weight = next((text[2:] for text in rest if text.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0
