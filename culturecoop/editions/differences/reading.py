"""The content of editions as rows, read in a number of queries that does not depend on them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language

from ..cloning import part_models
from ..models import Identity
from .values import compared_fields


@dataclass
class Content:
    """An edition with the rows of its parts by model, in their order, and by their keys."""

    edition: object
    parts: dict = field(default_factory=dict)  # {model: {key: row}}
    many: dict = field(default_factory=dict)  # {field: {pk: row}}


def read(editions, public=False):
    """Return the Contents of editions of one model, in their order.

    With `public` each identity that a part points to knows the title that readers see of it.
    """
    model, found = type(editions[0]), [Content(edition) for edition in editions]
    by_pk = {content.edition.pk: content for content in found}
    for part_model in part_models(model):
        for content in found:
            content.parts[part_model] = {}
        key = part_model.edition_field()
        for row in _with_names(part_model).filter(**{f"{key.name}__in": list(by_pk)}):
            content = by_pk[getattr(row, key.attname)]
            setattr(row, key.name, content.edition)
            content.parts[part_model][row.key] = row
    for many in model._meta.many_to_many:
        prefetch_related_objects(editions, *_names_of(many, many.name))
        for content in found:
            rows = getattr(content.edition, many.name).all()
            content.many[many] = {row.pk: row for row in rows}
    if public:
        prefetch_related_objects(editions, model.track_fields[0])
        _read_seen_titles(found)
    return found


def nothing_of(model):
    """Return the Content of an edition that says nothing yet."""
    parts = {part_model: {} for part_model in part_models(model)}
    return Content(model(), parts, {many: {} for many in model._meta.many_to_many})


def read_shown(editions):
    """Return the Contents of editions whose parts are in memory, in their order; see `show`."""
    model, found = type(editions[0]), [Content(edition) for edition in editions]
    for part_model in part_models(model):
        relation = part_model.edition_field().remote_field.get_accessor_name()
        for content in found:
            rows = getattr(content.edition, relation).all()
            content.parts[part_model] = {row.key: row for row in rows}
        rows = [row for content in found for row in content.parts[part_model].values()]
        prefetch_related_objects(rows, *names_beside(part_model))
    for many in model._meta.many_to_many:
        for content in found:
            rows = list(getattr(content.edition, many.name).all())
            content.many[many] = {row.pk: row for row in rows}
        if _has_names(many):
            rows = [row for content in found for row in content.many[many].values()]
            prefetch_related_objects(rows, "names")
    return found


def _read_seen_titles(contents):
    """Give identities that parts point to their `seen_title`: None where readers see none."""
    wanted = defaultdict(list)
    for content in contents:
        for part_model, rows in content.parts.items():
            keys = [key for key in compared_fields(part_model) if key.many_to_one]
            for key in (key for key in keys if issubclass(key.related_model, Identity)):
                wanted[key.related_model] += filter(
                    None, (getattr(r, key.name) for r in rows.values())
                )
    for model, identities in wanted.items():
        titles = _seen_titles(model, {identity.pk for identity in identities})
        for identity in identities:
            identity.seen_title = titles.get(identity.pk)


def _seen_titles(model, pks):
    """Return {id: title} of what is live, in the reader's language where there is one."""
    editions = model._meta.get_field("editions").related_model
    name = editions.track_fields[0]
    live = editions.objects.live().filter(**{f"{name}__in": pks})
    live = live.select_related(name).with_titles()
    found = sorted(live, key=lambda edition: getattr(edition, "language", "") == get_language())
    return {edition.track_key[0]: edition.public_title for edition in found}


def _with_names(model):
    """Return the rows of a model with what they point to, and with its names."""
    keys = [field for field in compared_fields(model) if field.many_to_one]
    rows = model._base_manager.order_by(*model._meta.ordering)
    rows = rows.select_related(*(key.name for key in keys)) if keys else rows
    pointed_to = {key.name for key in keys}
    return rows.prefetch_related(*(n for n in names_beside(model) if n not in pointed_to))


def names_beside(model):
    """Return what is prefetched of rows of a model: what they point to, and its names."""
    keys = [field for field in compared_fields(model) if field.many_to_one]
    return [name for key in keys for name in _names_of(key, key.name)]


def _names_of(field, path):
    """Return what is prefetched of what a field points to: its names in each language, if any."""
    return [path, f"{path}__names"] if _has_names(field) else [path]


def _has_names(field):
    relations = field.related_model._meta.related_objects
    return any(relation.get_accessor_name() == "names" for relation in relations)
