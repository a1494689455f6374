"""What a tray of the desk is: its first rows, how many there are, and the lists of all."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

SHOWN = 10  # rows of a tray
COUNTED = 1000  # more are not counted


class Tray:
    """Something on the desk. Its name is the place on the page that its count leads to.

    A row is a dict: `title` and `url`, `kind`, `identity`, `at`, `by`, `state` where there are
    such, and `said`, the words that come first.
    """

    name: str = ""
    title: Any = ""
    nothing: Any = ""  # what is said in place of an empty one
    rows: Sequence[dict[str, Any]] = ()
    lists: Sequence[dict[str, Any]] = ()

    @property
    def label(self) -> Any:
        """Return what stands before the count."""
        return self.title

    @cached_property
    def count(self) -> int:
        """Return how many there are: what the lists count, else the rows."""
        return sum(found["count"] for found in self.lists) or len(self.rows)

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return any(found["is_more"] for found in self.lists)


def listed(found: QuerySet[Any], address: str, label: Any) -> dict[str, Any]:
    """Return the link to the list of all that is found, which are counted up to a limit."""
    count = found.order_by()[: COUNTED + 1].count()
    return {
        "address": address,
        "label": label,
        "count": min(count, COUNTED),
        "is_more": count > COUNTED,
    }


def only_some(lists: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those links that lead to something."""
    return [found for found in lists if found["count"]]
