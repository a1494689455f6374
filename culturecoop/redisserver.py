"""Redis, where processes share what each of them could make by itself.

Nobody waits long for it: one that is away, slow, or refuses is left alone for some seconds.
"""

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")
log = logging.getLogger(__name__)
PATIENCE = 0.2  # seconds for a connection, and for each piece of an answer
SLOW = 0.5  # seconds: an answer that took longer is taken, and the next one is not waited for
PAUSE = 5  # seconds that it is left alone at least …
SHARE = 20  # … and so many times as long as the attempt took: a name that nobody knows takes long
#: The last is what a name of a host that cannot be one raises.
FAULTS = (RedisError, OSError, ValueError)


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
    try:
        with client_of(address) as client:
            client.set("culturecoop:probe", b"", px=1000)
    except FAULTS as error:
        return _line(error)
    return ""


class Attempts:
    """Asks Redis for one kind of thing; after a failure, one thread now and then.

    The first failure is told in the log, those that follow are not until it has answered again.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._lock = threading.Lock()
        self._again_at: float | None = None  # None as long as it answers

    @property
    def fail(self) -> bool:
        """Whether the last one did."""
        return self._again_at is not None

    def ask(self, question: Callable[[], T]) -> T | None:
        """Return the answer, or None where there is none, or nobody is asked."""
        if not self._may_ask():
            return None
        began = monotonic()
        try:
            answer = question()
        except FAULTS as error:
            self._failed(began, _line(error))
            return None
        took = monotonic() - began
        if took > SLOW:
            self._failed(began, f"it took {took:.1f} seconds")
        else:
            self._answered()
        return answer

    def _may_ask(self):
        with self._lock:
            if self._again_at is None:
                return True
            if monotonic() < self._again_at:
                return False
            self._again_at = monotonic() + PAUSE  # for the others, while this thread tries
            return True

    def _failed(self, began, why):
        now = monotonic()
        with self._lock:
            first, self._again_at = self._again_at is None, now + max(PAUSE, SHARE * (now - began))
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
