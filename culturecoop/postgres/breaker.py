"""A database that hangs holds up a few threads of this process, and not all of them."""

import threading
from contextlib import contextmanager
from time import monotonic

from psycopg import OperationalError

CONNECTING = 3  # threads that connect at the same time: fewer than a server has
PATIENCE = 1  # seconds: what answers sooner, also with a refusal, does not hang
PAUSE = 2  # seconds until one thread tries again


class Breaker:
    """Lets threads connect; while the database hangs, one now and then, and refuses the others."""

    def __init__(self):
        self._places = threading.BoundedSemaphore(CONNECTING)
        self._answered_at = monotonic()
        self._again_at = None  # None as long as it answers

    @contextmanager
    def connecting(self):
        """For the time of an attempt to connect; OperationalError when it is not worth one."""
        self._take_a_place()
        began = monotonic()
        try:
            yield
            self.answers()
        except OperationalError:
            self.hangs() if monotonic() - began >= PATIENCE else self.answers()
            raise
        finally:
            self._places.release()

    @property
    def refuses(self):
        """Whether the database hung a moment ago, and it is not time to try again."""
        return self._again_at is not None and monotonic() < self._again_at

    def answers(self):
        self._answered_at, self._again_at = monotonic(), None

    def hangs(self):
        self._again_at = monotonic() + PAUSE

    def _take_a_place(self):
        again_at = self._again_at
        if again_at is None:
            self._wait_for_a_place()
        elif monotonic() < again_at or not self._places.acquire(blocking=False):
            raise _refusal()
        else:
            self.hangs()  # for the others, while this thread tries

    def _wait_for_a_place(self):
        while not self._places.acquire(timeout=PATIENCE):
            if monotonic() - self._answered_at >= PATIENCE:  # to those who have the places
                self.hangs()
                raise _refusal()
        if self._again_at is not None:  # since this thread began to wait
            self._places.release()
            raise _refusal()


def _refusal():
    return OperationalError("The database did not answer a moment ago.")


breaker = Breaker()
