"""What must hold of the stored rows and names: they are those that `rebuild_search` makes."""

from collections.abc import Collection, Iterator

from django.utils import timezone

from culturecoop.editions.bulk import steps

from .indexing import COLUMNS, computed
from .models import SearchDocument, SearchName
from .sources import Source, sources
from .topics import named


def faults() -> Iterator[str]:
    """Yield sentences about rows and names that are not as `rebuild_search` makes them."""
    for source in sources():
        for pks in steps(source.identity_model):
            yield from _differences(source, pks)
    stored = set(SearchName.objects.values_list("topic", "key", "form"))
    if stored != named():
        yield "search: it knows other names than parties and themes have; rebuild_search mends it"


def _differences(source: Source, pks: Collection[int]) -> Iterator[str]:
    stored = SearchDocument.objects.filter(kind=source.name, identity_id__in=pks)
    rows = {row.object_id: row for row in stored.lasting(timezone.now())}
    for row in computed(source, list(source.spans(pks))):
        there = rows.pop(row.object_id, None)
        if there is None:
            yield f"search: {row} is not found; rebuild_search mends it"
        elif any(getattr(row, column) != getattr(there, column) for column in COLUMNS):
            yield f"search: {row} has other words or times than are stored; rebuild_search mends it"
    for row in rows.values():
        yield f"search: {row} is found, and readers do not see it; rebuild_search mends it"
