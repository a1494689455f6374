"""What is kept in memory until something changes that readers see.

Each change is a row, written in its transaction and counted from the moment on at which readers
see it. The rows counted so far are the stamp: nothing that is kept under an older stamp is used.
No row is locked for that, so that nobody who publishes waits for another.
"""

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from cachetools import LRUCache
from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone

from culturecoop.purging import after_commit

from .models import Change

K, T = TypeVar("K"), TypeVar("T")
Stamp = tuple[int, int | None]


class Counted(NamedTuple):
    """A stamp of all changes, and the moments of the last one so far and of the following one."""

    stamp: Stamp
    last: datetime | None
    following: datetime | None


#: So many rows are counted at most, before those that are over are taken away.
MOST = 500
#: So many things of a kind are kept at most, those that were asked for last.
MOST_KEPT = 500
#: So many pages, which take 50 to 150 KB each; 750 KB of sixty parties and two hundred events.
MOST_PAGES = 100
#: {kind: (the stamp that all of it was computed under, {name: thing})}.
_kept: dict[str, tuple[Stamp, LRUCache[str, Any]]] = {}
_lock = threading.Lock()
#: Where the stamp that a page was begun under is noted, when something of it was first asked for.
_page: ContextVar[list[Stamp] | None] = ContextVar("stamp of a page", default=None)


@transaction.atomic(savepoint=False)
def record(at: datetime | None = None) -> None:
    """Say that what readers see changes at `at` (default: now), in the caller's transaction.

    A cache in front is told when that has ended. Of what is to come it is not: no page is kept
    there beyond that moment.
    """
    now = timezone.now()
    change = Change.objects.create(at=max(at or now, now), code=secrets.randbits(40))
    over = Change.objects.filter(pk__lt=change.pk - MOST, at__lt=now)
    # Those that somebody else is taking away are left to him: nobody waits for another.
    free = over.select_for_update(skip_locked=True).values_list("pk", flat=True)
    if pks := list(free[:MOST]):
        Change.objects.filter(pk__in=pks).delete()
    after_commit()


def stamp() -> Stamp:
    """Return what tells apart all that readers have seen at any two moments."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:  # each page asks this: composing it took as long again
        cursor.execute(
            f"SELECT COUNT(*), SUM(code) FROM {Change._meta.db_table} WHERE at <= %s", [now]
        )
        return cursor.fetchone()


@contextmanager
def one_stamp() -> Iterator[None]:
    """Read the stamp once for all that is kept of a page, before the first of it is read.

    A part of a page has the stamp of the page.
    """
    if _page.get() is not None:
        yield
        return
    token = _page.set([])
    try:
        yield
    finally:
        _page.reset(token)


def current_stamp() -> Stamp:
    """Return the stamp that was read for the page that is being made, else that of this moment."""
    page = _page.get()
    if page is None:
        return stamp()
    if not page:
        page.append(stamp())
    return page[0]


def counted(now: datetime) -> Counted:
    """Return the stamp of all changes, and between which moments nothing changes by itself.

    It counts those ahead too, so that a change of a machine whose clock is ahead is noticed.
    """
    past, ahead = Q(at__lte=now), Q(at__gt=now)
    found = Change.objects.aggregate(
        n=Count("pk"),
        c=Sum("code"),
        last=Max("at", filter=past),
        following=Min("at", filter=ahead),
    )
    return Counted((found["n"], found["c"]), found["last"], found["following"])


def kept(name: str, compute: Callable[[], T], current: Stamp | None = None) -> T:
    """Return what `compute` gives, as it was computed after the last change that readers see.

    The first word of the `name` says of which kind it is: none takes the place of another kind.
    `current` is the stamp, where it was read already: before the moment that `compute` reads of.
    """
    current = current or current_stamp()
    with _lock:
        things = _things_of(name, current)
        if name in things:
            return things[name]
    found = compute()
    _keep(current, {name: found})
    return found


def kept_each(name: str, keys: Iterable[K], compute: Callable[[list[K]], dict[K, T]]) -> dict[K, T]:
    """Return {key: value}, each kept by itself under a name; `compute` gives those that are not.

    It gives a value for each key.
    """
    keys, current = list(keys), current_stamp()
    with _lock:
        things = _things_of(name, current)
        named = [(key, f"{name} {key}") for key in keys]
        found = {key: things[one] for key, one in named if one in things}
    if missing := [key for key in keys if key not in found]:
        computed = compute(missing)
        _keep(current, {f"{name} {key}": value for key, value in computed.items()})
        found |= computed
    return found


def _things_of(name: str, current: Stamp) -> LRUCache[str, Any]:
    """Return what is kept of the kind of a name under a stamp. What is older goes.

    It would never be used again, and holds on to all that it was made of.
    """
    kind = name.partition(" ")[0]
    under, things = _kept.get(kind, (None, None))
    if things is None or under != current:
        things = LRUCache(MOST_PAGES if kind == "page" else MOST_KEPT)
        _kept[kind] = current, things
    return things


def _keep(current: Stamp, found: dict[str, Any]) -> None:
    """Keep things of one kind, unless they were computed under a stamp that has gone meanwhile."""
    with _lock:
        for name, thing in found.items():
            under, things = _kept.get(name.partition(" ")[0], (None, None))
            if things is not None and under == current:
                things[name] = thing


def forget() -> None:
    """Compute all anew when it is asked for."""
    with _lock:
        _kept.clear()
