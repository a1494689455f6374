"""Many identities and editions at once: their locks, and the verbs that make and change drafts.

The same guards as in verbs.py, in a number of queries that does not grow with the number of
editions. The caller has a transaction open and holds the locks (`lock`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone
from django.utils.translation import gettext as _

from . import reviews
from .cloning import copy_fields, copy_parts
from .guards import Actor, Conflict, E, Refused
from .models import Edition, Identity, State

#: The type of the values that a field of a kind is written with as they are.
AS_IT_IS = {
    models.CharField: str, models.TextField: str, models.IntegerField: int,
    models.ForeignKey: int, models.BooleanField: bool,
}  # fmt: skip
#: So many rows go to PostgreSQL at once.
AT_ONCE = 500


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
    """Write columns of rows of one model, in the way that is fastest on each database."""
    if not rows:
        return
    model, database = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    key = model._meta.pk
    fields = [*(model._meta.get_field(name) for name in columns), key]
    update = f"UPDATE {model._meta.db_table} SET "
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            written = ", ".join(f'"{field.column}" = %s' for field in fields[:-1])
            sql = f'{update} {written} WHERE "{key.column}" = %s'
            cursor.executemany(sql, _values(rows, fields, database))
        else:
            names = ", ".join(f'"{field.column}"' for field in fields)
            written = ", ".join(f'"{field.column}" = new."{field.column}"' for field in fields[:-1])
            sql = f"{update} {written} FROM unnest({_arrays(fields, database)}) AS new ({names})"
            sql += f' WHERE {model._meta.db_table}."{key.column}" = new."{key.column}"'
            cursor.execute(sql, [_column(rows, field, database) for field in fields])


def insert(rows: Sequence[E]) -> Sequence[E]:
    """Insert new rows of one model, and return them with their keys.

    As `bulk_create`, in the way that is fastest on each database: a quarter of the time.
    """
    if not rows:
        return rows
    model, database = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    serial = model._meta.auto_field
    fields = [field for field in model._meta.concrete_fields if field is not serial]
    insert_on = _insert_on_sqlite if database.vendor == "sqlite" else _insert_on_postgresql
    names = ", ".join(f'"{field.column}"' for field in fields)
    with database.cursor() as cursor:
        into = f"INSERT INTO {model._meta.db_table} ({names})"
        keys = insert_on(cursor, into, rows, fields)
    if serial:
        for key, row in zip(keys, rows, strict=True):
            row.pk, row._state.adding = key, False
    return rows


def _insert_on_sqlite(cursor, into, rows, fields):
    """Insert the values of all rows with one prepared statement; return the keys of the rows.

    Nobody else writes until the transaction ends, so that the keys follow each other.
    """
    places = ", ".join(["%s"] * len(fields))
    cursor.executemany(f"{into} VALUES ({places})", _values(rows, fields, cursor.db))
    cursor.execute("SELECT last_insert_rowid()")
    last = cursor.fetchone()[0]
    return range(last - len(rows) + 1, last + 1)


def _insert_on_postgresql(cursor, into, rows, fields):
    """Insert the columns of many rows at once, as arrays; return the keys of the rows."""
    key, keys = rows[0]._meta.pk.column, []
    sql = f'{into} SELECT * FROM unnest({_arrays(fields, cursor.db)}) RETURNING "{key}"'
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        cursor.execute(sql, [_column(some, field, cursor.db) for field in fields])
        keys += [key for (key,) in cursor.fetchall()]
    return keys


def _arrays(fields, database):
    """Return the places of the columns of fields; without lengths, so that nothing is cut off."""
    types = [field.db_type(database).partition("(")[0] for field in fields]
    return ", ".join(f"%s::{each}[]" for each in types)


def _values(rows, fields, database):
    """Return the values of each row as the database takes them."""
    return list(zip(*(_column(rows, field, database) for field in fields), strict=True))


def _column(rows, field, database):
    """Return the values of a field of all rows; most are already as the database takes them."""
    ready = next((type_ for kind, type_ in AS_IT_IS.items() if isinstance(field, kind)), None)
    values = map(attrgetter(field.attname), rows)
    return [v if type(v) is ready else field.get_db_prep_save(v, database) for v in values]


def start_many(
    identities: Iterable[Identity], model: type[E], *, by: Actor = None, origin: UUID | None = None
) -> list[E]:
    """Return the first drafts of new identities, in order; `origin` is the import they are from."""
    identity = model.track_fields[0]
    made = {"created_by": by, "changed_by": by, **_origin(origin)}
    drafts = [model(**{identity: row}, **made) for row in identities]
    model._base_manager.bulk_create(drafts, batch_size=500)
    reviews.note_contribution(drafts, by)
    return drafts


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
    reviews.note_contribution(drafts, by)
    ahead = [source for source in sources if source.state == State.SCHEDULED]
    reviews.carry_over({source: targets[source.pk] for source in ahead})
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
    reviews.note_contribution(drafts, by)


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
