"""A cache in front of the site is told to forget all pages when something changes for readers.

It is told after the transaction, beside the request: no editor waits for it, or sees it fail. A
page that it does not forget lives there for `PAGE_SHARED_SECONDS` at most.
"""

import logging
import math
import threading
from http.client import HTTPException
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings
from django.db import transaction

from .waiting import answer_to, begin

log = logging.getLogger(__name__)
#: Seconds until it is told: changes in quick succession are one, and a page of before that was on
#: its way to the cache has come there.
DELAY = 1
#: Each that follows soon waits twice as long, up to this: services count how often they are asked.
LONGEST = 15
TIMEOUT = 3  # seconds for a connection, and for each piece of the answer
WHOLE = 4  # seconds for all of it, the name of the host included
#: A name of a host that cannot be one is a ValueError, a thread that cannot begin a RuntimeError.
FAULTS = (OSError, HTTPException, ValueError, RuntimeError)


class Purge:
    """Tells the cache in a thread. At most one thread tells it, and one waits to."""

    def __init__(self) -> None:
        self._lock, self._telling = threading.Lock(), threading.Lock()
        self._waits = False
        self._delay, self._told_at = 0.0, -math.inf

    def begin(self) -> None:
        """Let the cache be told of a change that others can read by now.

        A process does not end before the thread has: neither a command, nor a server that stops,
        whose own threads would hand on that they are not waited for. That is twenty seconds at
        most: of two threads, each rests for two and asks for eight.
        """
        with self._lock:
            if not self._waits:
                threading.Thread(target=self._work, name="purge", daemon=False).start()
                self._waits = True

    def _work(self):
        with self._telling:
            self._pause()
            with self._lock:
                self._waits = False  # what changes from now on is told anew
            if not tell():
                self._pause()
                tell()

    def _pause(self):
        soon = monotonic() - self._told_at < LONGEST
        self._delay = min(2 * self._delay, LONGEST) if soon else DELAY
        _rest(self._delay)
        self._told_at = monotonic()


def _rest(seconds):
    """Sleep; no longer than `DELAY` when the process is about to end, which waits for this."""
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        sleep(min(left, DELAY))
        if not threading.main_thread().is_alive():
            return


purge = Purge()


def after_commit() -> None:
    """Let the cache in front, where there is one to tell, be told when the transaction is over."""
    if settings.PAGE_PURGE_URL:
        transaction.on_commit(purge.begin, robust=True)


def tell() -> bool:
    """Ask the cache once; return whether it has agreed. What is wrong is told in the log."""
    try:
        status = answer_to(begin(_ask), WHOLE)
        log.info("The cache in front was purged: status %s.", status)
        return True
    except HTTPError as error:
        error.close()
        log.warning("The cache in front was not purged: it answered with status %s.", error.code)
    except FAULTS as error:
        why = getattr(error, "reason", error)
        why = str(why) or type(why).__name__
        log.warning("The cache in front was not purged, as it does not answer: %s", why)
    return False


def _ask():
    with _opener.open(_request(), timeout=TIMEOUT) as answer:
        return answer.status


def _request():
    headers = {"User-Agent": "culturecoop"}
    if settings.PAGE_PURGE_BODY:
        headers["Content-Type"] = "application/json"
    headers |= dict(map(header_of, settings.PAGE_PURGE_HEADERS))
    body = settings.PAGE_PURGE_BODY.encode() or None
    return Request(settings.PAGE_PURGE_URL, body, headers, method=settings.PAGE_PURGE_METHOD)


def header_of(text: str) -> tuple[str, str]:
    """Return the name and the value of “Name: value”."""
    name, _colon, value = text.partition(":")
    return name.strip(), value.strip()


class _NotLedOn(HTTPRedirectHandler):
    """Goes to the address that was set, and to no other: the headers may have a secret."""

    def redirect_request(self, *args: Any) -> None:
        return None


#: Nor through a proxy that the environment names, for which Python would look.
_opener = build_opener(ProxyHandler({}), _NotLedOn)
