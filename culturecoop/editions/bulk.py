"""Many identities and editions at once: their locks, and the verbs that make and change drafts.

The same guards as in verbs.py, in a number of queries that does not grow with the number of
editions. The caller has a transaction open and holds the locks (`lock`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone
from django.utils.translation import gettext as _

from .cloning import copy_fields, copy_parts
from .guards import Actor, Conflict, E, Refused
from .models import Edition, Identity

#: The types of values that every database takes as they are.
AS_IT_IS = {str, int, bool}


def lock(model: type[Identity], pks: Collection[int]) -> dict[int, Identity]:
    """Lock identities in the order of their keys until the transaction ends; return {pk: it}."""
    rows = model._base_manager.select_for_update().filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows}


def rows_as_read(rows: models.QuerySet[Any], read: Collection[Any] = ()) -> list[Any]:
    """Return the rows of a queryset; those that were `read` before as they are, with their parts.

    What was read is what is stored: the caller holds the locks, and has written what it changed.
    """
    known = {row.pk: row for row in read}
    pks = list(rows.values_list("pk", flat=True))
    known |= rows.in_bulk([pk for pk in pks if pk not in known])
    return [known[pk] for pk in pks]


def steps(model: type[models.Model], size: int = 200) -> Iterator[list[int]]:
    """Yield the ids of all rows in portions, in the order of their keys."""
    last = 0
    rows = model._base_manager.order_by("pk")
    while pks := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:size]):
        yield pks
        last = pks[-1]


def write(rows: Sequence[Any], columns: Sequence[str]) -> None:
    """Write columns of rows of one model."""
    if not rows:
        return
    model, database = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    fields = [model._meta.get_field(name) for name in columns]
    written = ", ".join(f'"{field.column}" = %s' for field in fields)
    key = model._meta.pk.column
    with database.cursor() as cursor:
        cursor.executemany(
            f'UPDATE {model._meta.db_table} SET {written} WHERE "{key}" = %s',
            [[*_values(row, fields, database), row.pk] for row in rows],
        )


def insert(rows: Sequence[E]) -> Sequence[E]:
    """Insert new rows of one model, and return them with their keys.

    As `bulk_create`, but SQLite gets the values of all rows for one prepared statement: a quarter
    of the time.
    """
    if not rows:
        return rows
    model, database = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    if database.vendor != "sqlite":
        return model._base_manager.bulk_create(rows, batch_size=500)
    serial = model._meta.auto_field
    fields = [field for field in model._meta.concrete_fields if field is not serial]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with database.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})",
            [_values(row, fields, database) for row in rows],
        )
        if serial:  # nobody else writes until the transaction ends: the keys follow each other
            cursor.execute("SELECT last_insert_rowid()")
            last = cursor.fetchone()[0]
            for key, row in enumerate(rows, last - len(rows) + 1):
                row.pk, row._state.adding = key, False
    return rows


def _values(row, fields, database):
    """Return the values of a row as the database takes them; most are so already."""
    values = ((field, getattr(row, field.attname)) for field in fields)
    return [
        value if type(value) in AS_IT_IS and not isinstance(field, models.JSONField)
        else field.get_db_prep_save(value, database)
        for field, value in values
    ]  # fmt: skip


def start_many(
    identities: Iterable[Identity], model: type[E], *, by: Actor = None, origin: UUID | None = None
) -> list[E]:
    """Return the first drafts of new identities, in order; `origin` is the import they are from."""
    identity = model.track_fields[0]
    made = {"created_by": by, "changed_by": by, **_origin(origin)}
    drafts = [model(**{identity: row}, **made) for row in identities]
    return model._base_manager.bulk_create(drafts, batch_size=500)


def new_drafts(
    sources: Sequence[E], *, by: Actor = None, origin: UUID | None = None
) -> dict[int, E]:
    """Return {pk of the source: draft} with the content of the published editions `sources`."""
    if not sources:
        return {}
    model = type(sources[0])
    _refuse_second_drafts(model, sources)
    made = {"created_by": by, "changed_by": by, **_origin(origin)}
    drafts = [
        copy_fields(source, model(**_track(source), based_on=source, **made)) for source in sources
    ]
    model._base_manager.bulk_create(drafts, batch_size=500)
    targets = {source.pk: draft for source, draft in zip(sources, drafts, strict=True)}
    copy_parts(targets)
    return targets


def record_changes(
    drafts: Sequence[Edition], *, by: Actor = None, origin: UUID | None = None
) -> None:
    """Raise the versions of drafts that are being saved; Conflict when one has moved on.

    A draft that is from the import `origin` and was not edited since stays so.
    """
    if not drafts:
        return
    model = type(drafts[0])
    known = {draft.pk: draft.version for draft in drafts}
    stored = model._base_manager.filter(pk__in=known).in_bulk()
    for pk, version in known.items():
        if pk not in stored or not stored[pk].is_draft or stored[pk].version != version:
            raise Conflict(_("A draft was saved, published or discarded meanwhile."))
    for draft in drafts:
        untouched = origin and draft.origin == origin and draft.origin_version == draft.version
        draft.version += 1
        draft.changed_by, draft.changed_at = by, timezone.now()
        if untouched:
            draft.origin_version = draft.version
    fields = ["version", "changed_by", "changed_at", "origin_version"]
    model._base_manager.bulk_update(drafts, fields, batch_size=500)


def _origin(origin):
    return {"origin": origin, "origin_version": 1} if origin else {}


def _track(edition):
    """The track of an edition by its columns, read without a query."""
    names = (edition._meta.get_field(name).attname for name in edition.track_fields)
    return {name: getattr(edition, name) for name in names}


def _refuse_second_drafts(model, sources):
    tracks = {source.track_key for source in sources}
    identity = model._meta.get_field(model.track_fields[0])
    drafts = model.objects.drafts().filter(
        **{f"{identity.name}__in": {getattr(source, identity.attname) for source in sources}}
    )
    other = next((draft for draft in drafts if draft.track_key in tracks), None)
    if other:
        raise Refused(_("There is a draft of “%(what)s” already.") % {"what": other.identity})
