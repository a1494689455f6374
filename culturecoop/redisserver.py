"""Redis, where processes share what each of them could make by itself.

Nobody waits for it longer than `LONGEST`: one that is away, slow, or refuses is left alone for some
seconds.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from time import monotonic
from typing import Any, TypeVar

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from .waiting import answer_to, begin

T = TypeVar("T")
log = logging.getLogger(__name__)
PATIENCE = 0.2  # seconds for a connection, and for each piece of an answer
LONGEST = 0.5  # seconds that anybody waits for all of it, the name of its host included
PAUSE = 5  # seconds that it is left alone
#: A name of a host that cannot be one is a ValueError, a thread that cannot begin a RuntimeError.
FAULTS = (RedisError, OSError, ValueError, RuntimeError)


def client_of(address: str) -> Redis:
    """Return a client that gives up soon, and tries nothing a second time."""
    return Redis.from_url(
        address,
        protocol=2,  # that of every version
        driver_info=None,  # nothing to introduce itself with
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )


def fault_of(address: str) -> str:
    """Return what is wrong with a Redis that should take something; "" when nothing is."""

    def probe():
        with client_of(address) as client:
            client.set("culturecoop:probe", b"", px=1000)

    try:
        answer_to(begin(probe), LONGEST)
    except FAULTS as error:
        return _line(error)
    return ""


class Attempts:
    """Asks Redis for one kind of thing; after a failure, one thread now and then.

    An attempt that took too long is given up, and goes on by itself: nobody asks anew before it
    has ended. The first failure is told in the log, those that follow are not until it has
    answered again.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._lock = threading.Lock()
        self._again_at: float | None = None  # None as long as it answers
        self._last: Future[Any] | None = None  # attempt that has failed

    @property
    def fail(self) -> bool:
        """Whether the last one did."""
        return self._again_at is not None

    def ask(self, question: Callable[[], T]) -> T | None:
        """Return the answer, or None where there is none, or nobody is asked."""
        if not self._may_ask():
            return None
        asked = None
        try:
            asked = begin(question)
            answer = answer_to(asked, LONGEST)
        except FAULTS as error:
            self._failed(asked, _line(error))
            return None
        self._answered()
        return answer

    def _may_ask(self):
        with self._lock:
            if self._again_at is None:
                return True
            if monotonic() < self._again_at or (self._last and not self._last.done()):
                return False
            self._again_at = monotonic() + PAUSE  # for the others, while this thread tries
            return True

    def _failed(self, asked, why):
        with self._lock:
            first, self._again_at = self._again_at is None, monotonic() + PAUSE
            self._last = asked
        if first:
            log.warning("Redis is left alone for now (%s): %s", self.kind, why)

    def _answered(self):
        if self.fail:
            with self._lock:
                again, self._again_at = self._again_at is not None, None
            if again:
                log.info("Redis answers again (%s).", self.kind)


def _line(error: Any) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
