"""The content of drafts as plain values, so that a change can be undone exactly."""

from collections import defaultdict

from django.core import serializers

from .cloning import content_fields, part_models


def take(drafts):
    """Return {pk: snapshot} of drafts of one model, for JSON with DjangoJSONEncoder."""
    if not drafts:
        return {}
    model, pks = type(drafts[0]), [draft.pk for draft in drafts]
    found = {draft.pk: {"fields": _fields(draft), "parts": [], "many": {}} for draft in drafts}
    for part_model in part_models(model):
        attname = part_model.edition_field().attname
        rows = part_model._base_manager.filter(**{f"{attname}__in": pks}).order_by("pk")
        for record, row in zip(serializers.serialize("python", rows), rows, strict=True):
            found[getattr(row, attname)]["parts"].append(record)
    for field in model._meta.many_to_many:
        for pk, others in _many(field, pks).items():
            found[pk]["many"][field.name] = others
    return found


def put_back(draft, snapshot):
    """Give a draft (locked by the caller) the content it had."""
    model = type(draft)
    for part_model in part_models(model):
        part_model._base_manager.filter(**{part_model.edition_field().name: draft}).delete()
    known = {field.attname for field in content_fields(model)}
    fields = {name: value for name, value in snapshot["fields"].items() if name in known}
    for name, value in fields.items():
        setattr(draft, name, value)
    model._base_manager.filter(pk=draft.pk).update(**fields)
    parts = serializers.deserialize("python", snapshot["parts"], ignorenonexistent=True)
    for parsed in parts:
        parsed.save(force_insert=True)
    for name, others in snapshot["many"].items():
        getattr(draft, name).set(others)


def _fields(draft):
    return {f.attname: f.value_from_object(draft) for f in content_fields(type(draft))}


def _many(field, pks):
    through, found = field.remote_field.through, defaultdict(list)
    mine, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    rows = through._base_manager.filter(**{f"{mine}__in": pks}).order_by("pk")
    for pk, value in rows.values_list(mine, other):
        found[pk].append(value)
    return {pk: found[pk] for pk in pks}
