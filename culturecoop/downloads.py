"""How many downloads are made at once in a process, so that they leave room for pages.

Whoever comes when all places are taken is asked to come again.
"""

import threading
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

AT_ONCE = 2
AFTER = 30  # seconds until it is worth another try
_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """All places are taken."""


@contextmanager
def place() -> Iterator[None]:
    """Take a place for as long as the block lasts. Raises Busy."""
    _take()
    try:
        yield
    finally:
        _places.release()


class Held:
    """Pieces that are sent as they are made. They hold a place until the last one is.

    It is given back as well when somebody goes away before, or never begins to read. `make` gives
    the pieces, once there is a place. Raises Busy.
    """

    def __init__(self, make: Callable[[], Generator[bytes]]) -> None:
        _take()
        self._give_back = weakref.finalize(self, _places.release)  # once, whoever calls it
        self.pieces = make()

    def __iter__(self) -> "Held":
        return self

    def __next__(self) -> bytes:
        try:
            return next(self.pieces)
        except BaseException:  # the end is one as well
            self._give_back()
            raise

    def close(self) -> None:
        self.pieces.close()
        self._give_back()


def _take():
    if not _places.acquire(blocking=False):
        raise Busy
