"""What readers see at this moment, told apart by a stamp: read by each request."""

import sqlite3
import threading
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from culturecoop.editions.changes import Counted, counted
from culturecoop.editions.models import Change

Unavailable = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Standing:
    """A stamp, since when it holds, and the moment at which it ends by itself."""

    stamp: tuple[int, int | None]
    changed: datetime
    until: datetime

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


class Clock(Protocol):
    def now(self, at: datetime) -> Standing:
        """Return what stands at this moment. Raises one of `Unavailable`."""


class SQLiteClock:
    """Asks SQLite whether anything was written since: a connection of each thread to its file."""

    def __init__(self) -> None:
        self._own = threading.local()

    def now(self, at: datetime) -> Standing:
        try:
            version = self._version()
        except sqlite3.Error:  # this connection alone, perhaps: Django's says what stands
            self._own.__dict__.clear()
            return Standing.of(counted(at), at)
        known = getattr(self._own, "known", None)
        if known and known[0] == version and at < known[1].until:
            return known[1]
        standing = Standing.of(counted(at), at)
        self._own.known = version, standing
        return standing

    def _version(self) -> int:
        """PRAGMA data_version is another number after each commit of another connection."""
        if not hasattr(self._own, "file"):
            address = Path(connection.settings_dict["NAME"]).absolute().as_uri()
            self._own.file = sqlite3.connect(f"{address}?mode=ro", uri=True)
        return self._own.file.execute("PRAGMA data_version").fetchone()[0]


class PostgresClock:
    """Counts the changes anew for each request, without what Django's queries take to be made."""

    SQL = f"""
        SELECT count(*), sum(code),
               max(at) FILTER (WHERE at <= %(at)s), min(at) FILTER (WHERE at > %(at)s)
        FROM {Change._meta.db_table}
    """

    def now(self, at: datetime) -> Standing:
        postgres: Any = connection  # of culturecoop.postgres
        postgres.close_if_unusable_or_obsolete()
        postgres.ensure_connection()
        with postgres.wrap_database_errors, postgres.impatient():
            n, code, last, following = postgres.connection.execute(self.SQL, {"at": at}).fetchone()
        return Standing.of(Counted((n, code), last, following), at)


def clock_of() -> Clock:
    """Return the clock for the database of the site."""
    return SQLiteClock() if connection.vendor == "sqlite" else PostgresClock()
