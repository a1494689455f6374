"""Copying the content of editions: their fields, their parts and their many-to-many rows."""

from django.db import models

from .models import Edition, EditionPart


def content_fields(model):
    """The fields of an edition model that editors fill: neither its track nor its publication."""
    own = {field.name for field in Edition._meta.get_fields()} | set(model.track_fields)
    return [
        field for field in model._meta.concrete_fields
        if field.name not in own and not field.primary_key
    ]  # fmt: skip


def part_models(model):
    """The models of the parts of an edition model."""
    return [
        relation.related_model
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, EditionPart)
    ]


def copy_fields(source, target):
    """Give `target` (not yet saved) the content fields of `source`."""
    for field in content_fields(type(source)):
        setattr(target, field.attname, getattr(source, field.attname))
    return target


def copy_parts(targets):
    """Copy parts and many-to-many rows, in bulk, for any number of editions at once.

    `targets` is {pk of the source: saved target}, all of one model; two queries for each
    model of parts, two for each many-to-many field.
    """
    if not targets:
        return
    model = type(next(iter(targets.values())))
    for part_model in part_models(model):
        _copy_rows(part_model, part_model.edition_field().attname, targets)
    for field in model._meta.many_to_many:
        _copy_rows(field.remote_field.through, f"{field.m2m_field_name()}_id", targets)


def _copy_rows(model: type[models.Model], attname, targets):
    rows = list(model._base_manager.filter(**{f"{attname}__in": list(targets)}).order_by("pk"))
    for row in rows:
        setattr(row, attname, targets[getattr(row, attname)].pk)
        row.pk = None
        row._state.adding = True
    model._base_manager.bulk_create(rows, batch_size=500)
