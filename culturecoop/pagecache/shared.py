"""The pages that processes share through Redis: what one has rendered, the others find."""

import hmac
from datetime import timedelta
from hashlib import blake2b

from django.utils import timezone

from culturecoop.redisserver import Attempts, client_of

from .asked import Asked
from .packing import packed, unpacked
from .pages import Page
from .standing import Standing

PREFIX = "culturecoop:page:"
MOST = 1024 * 1024  # bytes of a page in Redis; a larger one each process renders for itself
#: Of pages with a query there are any number, so they do not stay until midnight.
OF_A_QUERY = timedelta(minutes=10)
SEAL = 16  # bytes


class SharedPages:
    """Keeps pages in Redis, and gives those that stand. All its trouble ends here.

    `key` tells apart releases of the site, and sites: names of pages and seals are made with it.
    """

    def __init__(self, address: str, key: bytes) -> None:
        self._client, self._key = client_of(address), key
        self._reading, self._writing = Attempts("reading pages"), Attempts("keeping pages")

    def get(self, asked: Asked, standing: Standing) -> Page | None:
        """Return the page as it stands now. What is older, newer or not of ours is none."""
        if not _is_told_apart(standing.stamp):
            return None
        name = self._name(asked)
        value = self._reading.ask(lambda: self._client.get(name))
        page = self._opened(name, value) if isinstance(value, bytes) else None
        if page and (page.stamp, page.until) == (standing.stamp, standing.until):
            return page
        return None

    def keep(self, asked: Asked, page: Page) -> None:
        """Keep a page until its end."""
        left = page.until - timezone.now()
        left = min(left, OF_A_QUERY) if asked.query else left
        milliseconds = int(left.total_seconds() * 1000)
        if self._reading.fail or milliseconds <= 0 or not _is_told_apart(page.stamp):
            return
        name, content = self._name(asked), packed(page)
        if len(content) <= MOST:
            value = self._seal(name, content) + content
            self._writing.ask(lambda: self._client.set(name, value, px=milliseconds))

    def _name(self, asked: Asked) -> str:
        told = repr(tuple(asked)).encode()
        return PREFIX + blake2b(told, key=self._key, person=b"name", digest_size=20).hexdigest()

    def _opened(self, name: str, value: bytes) -> Page | None:
        """Return the page of a value that this release of this site has kept under this name."""
        seal, content = value[:SEAL], value[SEAL:]
        if not hmac.compare_digest(seal, self._seal(name, content)):
            return None
        return unpacked(content)

    def _seal(self, name: str, content: bytes) -> bytes:
        made = blake2b(name.encode(), key=self._key, person=b"seal", digest_size=SEAL)
        made.update(content)
        return made.digest()


def _is_told_apart(stamp: tuple[int, int | None]) -> bool:
    """Whether a stamp is that of one database: before its first change each has the same one.

    A copy has that of its original, with the same content, until either of them changes.
    """
    return stamp[0] > 0
