"""The parts of a published edition in one row, which its page reads together with it.

A published edition never changes, so its parts are stored a second time, as plain values. Where
there is no such row, or it is of a version of the site that had other columns, the parts
themselves are read.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import prefetch_related_objects

from .bulk import insert, lock, steps
from .changes import record
from .cloning import part_models
from .models import ComputedRow, Edition

#: How fields read values that JSON gives back as they were: there is nothing to do.
KNOWN_TO_JSON = {
    field.to_python
    for field in (models.BooleanField, models.CharField, models.ForeignKey, models.IntegerField,
                  models.TextField)
}  # fmt: skip


class Encoder(DjangoJSONEncoder):
    """Writes a value of any column; what JSON does not know is written as its text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


class CompiledParts(ComputedRow):
    """All parts of an edition: a subclass has the field `edition`, its primary key."""

    #: Relations whose rows are computed at publication, read with the parts.
    computed: ClassVar[Sequence[str]] = ()

    #: {relation: rows, each the values of its columns}; of a many-to-many relation the keys.
    parts = models.JSONField(encoder=Encoder)
    #: Tells apart which columns these are values of.
    layout = models.CharField(max_length=32)

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.edition)


def compiled_model(model: type[Edition]) -> Any:
    """Return the model of the rows that hold the parts of a model of editions."""
    return model._meta.get_field("compiled").related_model


def give_parts(edition: Any, known: Mapping[str, Mapping[int, Any]]) -> None:
    """Give a published edition its parts as they were compiled, so that no query reads them.

    `known` are {many-to-many relation: {key: row}}; a key that is not known is left out.
    """
    compiled = getattr(edition, "compiled", None) if edition.live_from else None
    if compiled is None or compiled.layout != layout_of(type(edition)):
        return
    for name, (model, foreign_key) in _relations(type(edition)).items():
        rows = [_restored(model, values) for values in compiled.parts[name]]
        for row in rows:
            setattr(row, foreign_key, edition)
        remember(edition, name, rows)
    for field in edition._meta.many_to_many:
        there = known[field.name]
        rows = [there[pk] for pk in compiled.parts[field.name] if pk in there]
        remember(edition, field.name, rows)


def remember(edition: Edition, relation: str, rows: list[Any]) -> None:
    """Let a relation of an edition give rows: the same that a prefetch by Django leaves behind."""
    found = getattr(edition, relation).get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    edition.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found


def _restored(model, values):
    names, converted = _restoring(model)
    values = list(values)
    for place, to_python in converted:
        values[place] = to_python(values[place])
    return model.from_db(DEFAULT_DB_ALIAS, names, values)


@cache
def _restoring(model):
    """Return the names of the columns, and (place, function) of those that JSON does not know."""
    columns = _columns(model)
    converted = [
        (place, field.to_python) for place, field in enumerate(columns)
        if type(field).to_python not in KNOWN_TO_JSON
    ]  # fmt: skip
    return [field.attname for field in columns], converted


@cache
def _columns(model):
    return model._meta.concrete_fields


@cache
def _relations(model):
    """Return {relation: (model of its rows, their foreign key)} of a model of editions."""
    found = {part: part.edition_field() for part in part_models(model)}
    for name in compiled_model(model).computed:
        relation = model._meta.get_field(name)
        found[relation.related_model] = relation.field
    return {key.remote_field.get_accessor_name(): (row, key.name) for row, key in found.items()}


@cache
def layout_of(model: type[Edition]) -> str:
    """Return what tells apart the columns of the parts of a model of editions."""
    rows = {
        name: [f"{field.attname} {field.get_internal_type()}" for field in _columns(part)]
        for name, (part, _key) in _relations(model).items()
    }
    many = [field.name for field in model._meta.many_to_many]
    return blake2b(repr((sorted(rows.items()), many)).encode(), digest_size=16).hexdigest()


# Keeping the rows ------------------------------------------------------------------------------


def refresh(editions: Collection[Edition]) -> None:
    """Bring the rows up to editions of one model that a verb has changed; they are locked.

    A draft has none, and a withdrawal has no parts.
    """
    published, others = [], []
    for edition in editions:
        has_parts = edition.live_from and not edition.withdrawal
        (published if has_parts else others).append(edition)
    if others:
        pks = [edition.pk for edition in others]
        compiled_model(type(others[0]))._base_manager.filter(pk__in=pks).delete()
    store(published)


def store(editions: Sequence[Edition]) -> None:
    """Store the rows of published editions, in place of those that they have.

    The caller holds their locks.
    """
    if editions:
        rows = _compiled(type(editions[0]), editions)
        stored = compiled_model(type(editions[0]))._base_manager
        stored.filter(pk__in=[row.pk for row in rows]).delete()
        insert(rows)


def _compiled(model, editions):
    names = [*_relations(model), *(field.name for field in model._meta.many_to_many)]
    prefetch_related_objects(editions, *names)
    return [
        compiled_model(model)(edition=edition, parts=_parts(edition), layout=layout_of(model))
        for edition in editions
    ]


def _parts(edition):
    found = {
        name: [
            [field.value_from_object(row) for field in _columns(model)]
            for row in getattr(edition, name).all()
        ]
        for name, (model, _key) in _relations(type(edition)).items()
    }
    for field in edition._meta.many_to_many:
        found[field.name] = [row.pk for row in getattr(edition, field.name).all()]
    return found


def rebuild(model: type[Edition], missing: bool = False) -> Iterator[int]:
    """Make all rows anew, or those that are `missing`, in steps; yield how many each step made."""
    identity = model._meta.get_field(model.track_fields[0])
    for pks in steps(identity.related_model):
        with transaction.atomic():
            lock(identity.related_model, pks)
            wanted = uncompiled(model) if missing else model.objects.published().content()
            editions = list(wanted.filter(**{f"{identity.name}__in": pks}))
            store(editions)
            if editions:
                record()  # a page that is kept may be of a row that was wrong
        yield len(editions)


def uncompiled(model: type[Edition]) -> Any:
    """Return the published editions without a row of the columns of now, as after an upgrade."""
    compiled = compiled_model(model)._base_manager.filter(layout=layout_of(model))
    return model.objects.published().content().exclude(pk__in=compiled.values("pk"))


def faults(model: type[Edition], editions: Collection[Edition]) -> Iterator[str]:
    """Yield sentences about rows of editions, read anew, that are not what `store` makes.

    One that is not there is no fault: the parts themselves are read.
    """
    pks = [edition.pk for edition in editions if not edition.withdrawal]
    stored = compiled_model(model)._base_manager.filter(layout=layout_of(model)).in_bulk(pks)
    for row in _compiled(model, list(model.objects.filter(pk__in=stored))):
        computed = json.loads(json.dumps(row.parts, cls=Encoder))
        if _in_order(stored[row.pk].parts) != _in_order(computed):
            yield f"edition {row.pk}: its compiled parts differ from it; rebuild_lists mends it"


def _in_order(parts):
    return {name: sorted(rows) for name, rows in parts.items()}
