"""Which of several statements counts, and what relations make of the whole (rules 3, 9 and 10)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..vocabulary import Status, weakness
from .facts import Statement

#: What the effects of several relations make of the whole, the strongest first.
STRENGTH = (Status.IN_FORCE, Status.PROVISIONALLY_APPLIED, Status.SUSPENDED)


def has_ended(row: Statement) -> bool:
    """Whether it has ended for good: abandonment is of what has no effect (rule 8)."""
    return row.is_end and row.status is not Status.ABANDONED


def weakest(rows: Iterable[Statement]) -> Statement:
    """The first row that claims least; of none, that nothing stands."""
    return min(rows, key=lambda row: weakness(row.status), default=Statement())


def strongest(rows: Sequence[Statement]) -> Statement | None:
    """The strongest effect of several rows, the earliest of its kind; an end where all have one."""
    for status in STRENGTH:
        having = [row for row in rows if row.status is status]
        if having:
            # An effect begins with the first of them, a suspension of all with the last.
            choose = max if status is Status.SUSPENDED else min
            first = choose(having, key=lambda row: row.beginning)
            return replace(first, in_part=all(row.in_part for row in having))
    if rows and all(row.is_end for row in rows):
        return max(rows, key=lambda row: row.beginning)
    return None


def of_relations(rows: Sequence[Statement]) -> Statement | None:
    """What the relations make of the whole: for some parties, unless all have it (rules 3, 9)."""
    found = strongest(rows)
    if found is None or found.is_end:
        return found
    return replace(found, some_parties=any(row.status is not found.status for row in rows))
