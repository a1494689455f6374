"""The content of editions as rows, read in a number of queries that does not depend on them."""

from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from ..cloning import part_models
from .values import compared_fields


@dataclass
class Content:
    """An edition with the rows of its parts by model, in their order, and by their keys."""

    edition: object
    parts: dict = field(default_factory=dict)  # {model: {key: row}}
    many: dict = field(default_factory=dict)  # {field: {pk: row}}


def read(editions):
    """Return the Contents of editions of one model, in their order."""
    model, found = type(editions[0]), [Content(edition) for edition in editions]
    by_pk = {content.edition.pk: content for content in found}
    for part_model in part_models(model):
        for content in found:
            content.parts[part_model] = {}
        key = part_model.edition_field().attname
        for row in _with_names(part_model).filter(**{f"{key}__in": list(by_pk)}):
            by_pk[getattr(row, key)].parts[part_model][row.key] = row
    for many in model._meta.many_to_many:
        prefetch_related_objects(editions, *_names_of(many, many.name))
        for content in found:
            rows = getattr(content.edition, many.name).all()
            content.many[many] = {row.pk: row for row in rows}
    return found


def _with_names(model):
    """Return the rows of a model with what they point to, and with its names."""
    keys = [field for field in compared_fields(model) if field.many_to_one]
    rows = model._base_manager.order_by(*model._meta.ordering)
    rows = rows.select_related(*(key.name for key in keys)) if keys else rows
    names = [name for key in keys for name in _names_of(key, key.name) if name != key.name]
    return rows.prefetch_related(*names)


def _names_of(field, path):
    """Return what is prefetched of what a field points to: its names in each language, if any."""
    has_names = any(rel.get_accessor_name() == "names" for rel in _relations(field))
    return [path, f"{path}__names"] if has_names else [path]


def _relations(field):
    return field.related_model._meta.related_objects
