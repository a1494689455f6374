"""What is kept in memory until something changes that readers see.

Each change is a row, written in its transaction and counted from the moment on at which readers
see it. The rows counted so far are the stamp: nothing that is kept under an older stamp is used.
No row is locked for that, so that nobody who publishes waits for another.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from .models import Change

T = TypeVar("T")
Stamp = tuple[int, int | None]

#: So many rows are counted at most, before those that are over are taken away.
MOST = 500
#: So many things are kept at most: with each day and language there are more.
MOST_KEPT = 500
_kept: dict[str, tuple[Stamp, Any]] = {}


@transaction.atomic(savepoint=False)
def record(at: datetime | None = None) -> None:
    """Say that what readers see changes at `at` (default: now), in the caller's transaction."""
    now = timezone.now()
    change = Change.objects.create(at=max(at or now, now), code=secrets.randbits(40))
    over = Change.objects.filter(pk__lt=change.pk - MOST, at__lt=now)
    # Those that somebody else is taking away are left to him: nobody waits for another.
    free = over.select_for_update(skip_locked=True).values_list("pk", flat=True)
    if pks := list(free[:MOST]):
        Change.objects.filter(pk__in=pks).delete()


def stamp() -> Stamp:
    """Return what tells apart all that readers have seen at any two moments."""
    counted = Change.objects.filter(at__lte=timezone.now()).aggregate(n=Count("pk"), c=Sum("code"))
    return counted["n"], counted["c"]


def kept(name: str, compute: Callable[[], T]) -> T:
    """Return what `compute` gives, as it was computed after the last change that readers see."""
    current = stamp()
    found = _kept.get(name)
    if found is None or found[0] != current:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[name] = found = (current, compute())
    return found[1]


def forget() -> None:
    """Compute all anew when it is asked for."""
    _kept.clear()
