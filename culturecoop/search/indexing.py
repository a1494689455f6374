"""Keeping the rows: in the transaction of the verb that changes what readers see, and anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction

from culturecoop.editions.bulk import steps

from .models import SearchDocument, SearchWord
from .sources import Source, Span, sources
from .words import SeenWords

MOMENTS = ["live_from", "live_until"]
COLUMNS = ["identity_id", "language", *MOMENTS, "numbers", "title", "topics", "words"]


def refresh(
    source: Source, identities: Collection[int], anew: bool = False, read: Collection[Any] = ()
) -> None:
    """Bring the rows of identities up to what readers see of them, now or ahead.

    The caller holds their locks. The words of rows that are there are compiled again only when
    they can have changed, or `anew`; what was `read` is not read again: see `rows_as_read`.
    """
    rows = SearchDocument.objects.filter(kind=source.name, identity_id__in=identities)
    stored = {pk: moments for pk, *moments in rows.values_list("object_id", *MOMENTS)}
    spans = {span.object_id: span for span in source.spans(identities)}
    if gone := stored.keys() - spans.keys():
        rows.filter(object_id__in=gone).delete()
    wanted = [pk for pk in spans if anew or source.changes or pk not in stored]
    seen = SeenWords()
    _store(computed(source, [spans[pk] for pk in wanted], read, seen))
    keep_words(seen.rows(texts=source.suggests))
    moved = defaultdict(list)
    for pk in stored.keys() & spans.keys() - set(wanted):
        now = zip(MOMENTS, stored[pk], (spans[pk].live_from, spans[pk].live_until), strict=True)
        moved[tuple((name, new) for name, old, new in now if old != new)].append(pk)
    for columns, pks in moved.items():
        if columns:
            rows.filter(object_id__in=pks).update(**dict(columns))


def computed(
    source: Source,
    spans: Collection[Span],
    read: Collection[Any] = (),
    seen: SeenWords | None = None,
) -> list[SearchDocument]:
    """Return the rows of spans as they ought to be stored; note in `seen` the words of texts."""
    contents = source.contents([span.object_id for span in spans], read) if spans else {}
    return [
        SearchDocument(kind=source.name, **vars(span), **contents[span.object_id].columns(seen))
        for span in spans
    ]


def _store(rows):
    SearchDocument.objects.bulk_create(
        rows,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=COLUMNS,
    )


def keep_words(words: Iterable[tuple[str, str, bool]]) -> None:
    """Note words that were seen, for what is spelled almost like them.

    Each comes with its language and whether it is prominent: in a title, a name. They are written
    in their order, so that two who write do not wait for each other.
    """
    wanted = {row for row in words if row[0].isalpha() and len(row[0]) > 2}
    if not wanted:
        return
    rows = SearchWord.objects.filter(word__in={word for word, *_where in wanted})
    known = set(rows.values_list("word", "language", "prominent"))
    SearchWord.objects.bulk_create(
        (
            SearchWord(word=word, length=len(word), language=language, prominent=prominent)
            for word, language, prominent in sorted(wanted - known)
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )


def forget_words() -> None:
    """Delete the words that were seen; the next rebuild finds those that still are."""
    SearchWord.objects.all().delete()


def rebuild() -> Iterator[int]:
    """Make all rows anew in steps, each a transaction; yield how many identities each took."""
    for source in sources():
        for pks in steps(source.identity_model):
            source.prepare(pks)
            with transaction.atomic():
                _lock(source, pks)
                refresh(source, pks, anew=True)
            yield len(pks)
        there = source.identity_model._base_manager.values("pk")
        rows = SearchDocument.objects.filter(kind=source.name)
        rows.exclude(identity_id__in=there).delete()
    SearchDocument.objects.exclude(kind__in=[source.name for source in sources()]).delete()


def is_missing() -> bool:
    """Whether no row, or no word, was kept yet of what readers see, as after an upgrade."""
    if SearchDocument.objects.exists():
        return not SearchWord.objects.exists()
    firsts = ((source, next(steps(source.identity_model), [])) for source in sources())
    return any(next(iter(source.spans(pks)), None) for source, pks in firsts)


def _lock(source, pks):
    """Hold identities, so that no verb changes what readers see of them meanwhile."""
    rows = source.identity_model._base_manager.select_for_update().filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk", flat=True))
