"""What readers see at this moment, told apart by a stamp: read by each request."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from culturecoop.editions.changes import Counted, counted

Unavailable = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Standing:
    """A stamp, since when it holds, and the moment at which it ends by itself.

    `checked` says whether the database was asked: while it is away, what stood last is used.
    """

    stamp: tuple[int, int | None]
    changed: datetime
    until: datetime
    checked: bool = True

    @classmethod
    def of(cls, found: Counted, now: datetime) -> "Standing":
        """Between two changes statuses and days change with the date alone: at midnight."""
        day = timezone.localdate(now)
        changed = max(filter(None, (found.last, _midnight(day))))
        until = min(filter(None, (found.following, _midnight(day + timedelta(days=1)))))
        return cls(found.stamp, changed, until)


def _midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the zone of the site."""
    return timezone.make_aware(datetime.combine(day, time.min))


class Clock:
    """Says what stands. It counts the changes anew when the database is not as it was."""

    def __init__(self) -> None:
        self._own = threading.local()

    def now(self, at: datetime) -> Standing:
        """Return what stands at this moment. Raises one of `Unavailable`."""
        version = self.version()
        known = getattr(self._own, "known", None)
        if known and known[0] == version and at < known[1].until:
            return known[1]
        standing = Standing.of(self.count(at), at)
        if version is not None:
            self._own.known = version, standing
        return standing

    def count(self, at: datetime) -> Counted:
        """Return the changes, counted anew."""
        return counted(at)

    def version(self) -> Any:
        """Return what is another value after each commit of anybody; None when that is unknown."""
        raise NotImplementedError


class SQLiteClock(Clock):
    """Asks SQLite on a connection of each thread, which only reads its file."""

    def version(self) -> int | None:
        try:
            return self._file().execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error:  # this connection alone, perhaps: Django's says what stands
            self._own.__dict__.clear()
            return None

    def _file(self) -> sqlite3.Connection:
        if not hasattr(self._own, "file"):
            address = Path(connection.settings_dict["NAME"]).absolute().as_uri()
            self._own.file = sqlite3.connect(f"{address}?mode=ro", uri=True)
        return self._own.file


class SharedQuestion:
    """A question that one thread puts for all that wait meanwhile.

    An answer is only for who came before its question was put: nobody is told what was so earlier.
    """

    PATIENCE = 0.05  # seconds, after which one asks for oneself: who was first may be cut off

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._put = self._answered = 0  # the number of the last question
        self._found: Any = None

    def answer(self, ask: Callable[[], Any]) -> Any:
        """Return the answer of `ask`, which was put after this was called. Raises what it does."""
        before = self._put
        if not self._turn.acquire(timeout=self.PATIENCE):
            return ask()
        try:
            if self._answered <= before:
                self._put += 1
                self._found = ask()
                self._answered = self._put
            return self._found
        finally:
            self._turn.release()


class PostgresClock(Clock):
    """Asks PostgreSQL which transactions have ended: where they are the same, so are all rows."""

    def __init__(self) -> None:
        super().__init__()
        self._question = SharedQuestion()

    def version(self) -> bytes | None:
        postgres: Any = connection  # of culturecoop.postgres
        if postgres.in_atomic_block:  # which sees what it has written itself
            return None
        postgres.close_if_unusable_or_obsolete()
        postgres.ensure_connection()  # nobody waits for that of another
        return self._question.answer(postgres.snapshot)

    def count(self, at: datetime) -> Counted:
        postgres: Any = connection
        with postgres.impatient():
            return counted(at)


def clock_of() -> Clock:
    """Return the clock for the database of the site."""
    return SQLiteClock() if connection.vendor == "sqlite" else PostgresClock()
