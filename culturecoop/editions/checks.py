"""System checks: an edition or a part that is wired wrongly fails at start-up, with a hint."""

from django.apps import apps
from django.core.checks import Error, register
from django.db import models

from .models import ComputedRow, Edition, EditionPart, Identity


@register()
def check_editions(app_configs, **kwargs):
    return [error for model in apps.get_models() for error in _check(model)]


def _check(model):
    if issubclass(model, Edition):
        return _check_edition(model)
    return _check_part(model) if issubclass(model, EditionPart) else _check_stranger(model)


def _check_edition(model):
    """The track exists, begins with an identity, and is guarded by the database."""
    track = model.track_fields
    names = {field.name for field in model._meta.concrete_fields}
    if not track or not set(track) <= names:
        hint = "Set track_fields to the identity and what divides it, e.g. ('page', 'language')."
        yield Error("An edition needs its track.", hint=hint, obj=model, id="editions.E001")
        return
    identity = model._meta.get_field(track[0]).related_model
    if not (identity and issubclass(identity, Identity)):
        hint = "The first field of track_fields is a foreign key to a subclass of Identity."
        yield Error("The track begins with an identity.", hint=hint, obj=model, id="editions.E002")
    if not any(c.condition is not None for c in _unique_constraints(model, track)):
        hint = "Put *edition_constraints(name, *track) into Meta.constraints."
        yield Error("The database does not guard it.", hint=hint, obj=model, id="editions.E003")


def _check_part(model):
    """A part belongs to one edition, goes with it, and its key is unique there."""
    links = [f for f in model._meta.concrete_fields if _cascades_to_edition(f)]
    if len(links) != 1:
        hint = "Exactly one foreign key to the edition, with on_delete=CASCADE."
        yield Error("A part belongs to one edition.", hint=hint, obj=model, id="editions.E004")
    elif not _unique_constraints(model, (links[0].name, "key")):
        hint = "Put *part_constraints(name) into Meta.constraints."
        yield Error("Keys are not unique in an edition.", hint=hint, obj=model, id="editions.E005")


def _unique_constraints(model, fields):
    return [
        constraint
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields == tuple(fields)
    ]


def _check_stranger(model):
    """Nothing else is deleted with an edition: the copying would not know of it."""
    if issubclass(model, ComputedRow) or model._meta.auto_created:
        return
    hint = "Derive it from EditionPart (copied) or ComputedRow (computed), or use PROTECT."
    for field in filter(_cascades_to_edition, model._meta.concrete_fields):
        message = f"{field.name} cascades to an edition."
        yield Error(message, hint=hint, obj=model, id="editions.E006")


def _cascades_to_edition(field):
    return (
        field.remote_field is not None
        and isinstance(field.remote_field.model, type)
        and issubclass(field.remote_field.model, Edition)
        and field.remote_field.on_delete is models.CASCADE
    )
