"""What was saved of a draft, read again: what of it is gone, and how it would be shown."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import models
from django.utils.translation import gettext as _

from culturecoop.reference.models import Amendment
from culturecoop.texts import quoted

from .cloning import part_models
from .compiled import remember
from .models import Edition, EditionPart
from .savings import savings_of
from .snapshots import take

Snapshot = dict[str, Any]


def snapshot_in(draft: Edition, version: int) -> Snapshot | None:
    """Return what a draft, as it is stored, said in a version: of now, or kept; else None."""
    if version == draft.version:
        return take([draft])[draft.pk]
    return savings_of(draft).filter(version=version).values_list("snapshot", flat=True).first()


def removed_row(draft: Edition, model: type[EditionPart], pk: int) -> EditionPart | None:
    """Return a row that somebody removed from a draft, to be stored anew; None when it is unknown.

    A draft that was begun of an edition while somebody had that open has rows of its own in place
    of that edition's.
    """
    for snapshot in savings_of(draft).values_list("snapshot", flat=True):
        left, _gone = what_is_left(type(draft), snapshot)
        own = [row for row in left["parts"] if row["model"] == model._meta.label_lower]
        if rows := [row for row in own if row["pk"] == pk]:
            return _as_new(next(_read(rows)).object, draft)
    editions = draft.siblings().published()
    row = model._base_manager.filter(**{f"{model.edition_field().name}__in": editions}, pk=pk)
    return _as_new(row.first(), draft)


def _as_new(row, draft):
    if row:
        row.pk, row._state.adding = None, True
        setattr(row, row.edition_field().name, draft)
    return row


def what_is_left(model: type[Edition], snapshot: Snapshot) -> tuple[Snapshot, list[str]]:
    """Return a snapshot without the rows that point to what is gone, and what that is called."""
    snapshot = _of_this_version(model, snapshot)
    gone = _gone(model, snapshot)
    if not gone:
        return snapshot, []
    parts = [part for part in snapshot["parts"] if not gone.intersection(_pointed_to(part))]
    many = {
        name: [pk for pk in pks if (_related(model, name), pk) not in gone]
        for name, pks in snapshot["many"].items()
    }
    left = {"fields": snapshot["fields"], "parts": parts, "many": many}
    return left, sorted(_called(other, pk) for other, pk in gone)


def show(draft: Edition, snapshot: Snapshot) -> Edition:
    """Let a draft say in memory what a snapshot says; nothing is stored."""
    for name, value in snapshot["fields"].items():
        setattr(draft, name, value)
    rows = [parsed.object for parsed in _read(snapshot["parts"])]
    for model in part_models(type(draft)):
        field = model.edition_field()
        own = [row for row in rows if isinstance(row, model)]
        for row in own:
            setattr(row, field.name, draft)
        remember(draft, field.remote_field.get_accessor_name(), _in_order(model, own))
    for field in draft._meta.many_to_many:
        others = field.related_model._default_manager
        there = others.filter(pk__in=snapshot["many"].get(field.name, []))
        remember(draft, field.name, list(there))
    return draft


def _read(parts):
    """Return rows of a snapshot, also of a version of the site that had other columns."""
    return serializers.deserialize("python", parts, ignorenonexistent=True)


def _of_this_version(model, snapshot):
    """Return a snapshot without what this version of the site has no table or field for."""
    models = {part_model._meta.label_lower for part_model in part_models(model)}
    many = {field.name for field in model._meta.many_to_many}
    return snapshot | {
        "parts": [part for part in snapshot["parts"] if part["model"] in models],
        "many": {name: pks for name, pks in snapshot["many"].items() if name in many},
    }


def _gone(model, snapshot):
    """Return (model, key) of all that the rows of a snapshot point to and that is not there."""
    wanted = defaultdict(set)
    for part in snapshot["parts"]:
        for other, pk in _pointed_to(part):
            wanted[other].add(pk)
    for name, pks in snapshot["many"].items():
        wanted[_related(model, name)].update(pks)
    gone = set()
    for other, pks in wanted.items():
        there = other._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
        gone |= {(other, pk) for pk in pks.difference(there)}
    return gone


def _pointed_to(part):
    """Return [(model, key)] of what a row of a snapshot points to, besides editions."""
    fields = apps.get_model(part["model"])._meta.concrete_fields
    keys = (field for field in fields if isinstance(field, models.ForeignKey))
    return [
        (field.related_model, pk)
        for field in keys
        if not issubclass(field.related_model, Edition | EditionPart)
        and (pk := part["fields"].get(field.name)) is not None
    ]


def _related(model, name):
    return model._meta.get_field(name).related_model


def _called(model, pk):
    """Return what somebody called it who changed it last, else its number."""
    own = {"content_type": ContentType.objects.get_for_model(model), "object_id": pk}
    amended = Amendment.objects.filter(**own).values_list("object_text", flat=True).first()
    name = amended or LogEntry.objects.filter(**own).values_list("object_repr", flat=True).first()
    if name:
        return f"{model._meta.verbose_name} {quoted(name)}"
    return _("%(kind)s no. %(number)s") % {"kind": model._meta.verbose_name, "number": pk}


def _in_order(model, rows):
    """Return rows in the order in which the database gives them."""
    for name in reversed(model._meta.ordering):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        values = {row.pk: field.get_prep_value(getattr(row, field.attname)) for row in rows}
        rows = sorted(rows, key=lambda row, of=values: (of[row.pk] is not None, of[row.pk]))
    return rows
