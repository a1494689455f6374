"""What a row of an edition says in each of its fields, in words that people read."""

from django.db import models
from django.utils.translation import gettext as _

from culturecoop.dates import PartialDate
from culturecoop.richtext import RichTextField

from ..cloning import content_fields
from ..models import EditionPart, Identity


def compared_fields(model, public=False):
    """Return the fields that editors fill, without what orders the rows.

    With `public` those that readers may see, which a model names in `public_fields`.
    """
    if issubclass(model, EditionPart):
        left_out = {model.edition_field(), model._meta.pk, *order_fields(model)}
        fields = [field for field in model._meta.concrete_fields if field not in left_out]
    else:
        fields = content_fields(model)
    if public:
        return [field for field in fields if field.name in model.public_fields]
    return [field for field in fields if field.editable]


def order_fields(model):
    """Return the numbers by which the rows of a model are ordered."""
    names = [name.lstrip("-") for name in model._meta.ordering if name.lstrip("-") != "pk"]
    fields = [model._meta.get_field(name) for name in names]
    return [field for field in fields if isinstance(field, models.IntegerField)]


def is_rich(field):
    return isinstance(field, RichTextField)


def is_file(field):
    return isinstance(field, models.FileField)


def words_in(row, field, public=False):
    """Return what a field of a row says: as its label, as a date in words, by its name, …

    With `public` what readers cannot open has no name.
    """
    value = getattr(row, field.name)
    if value is None or value == "" or value == []:
        return ""
    if public and isinstance(value, Identity):
        return value.seen_title or ""
    if display := getattr(row, f"get_{field.name}_display", None):
        return str(display())
    return words_for(value)


def words_for(value):
    """Return a value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, PartialDate):
        return value.display()
    if isinstance(value, (list, tuple)):
        return ", ".join(map(words_for, value))
    return str(getattr(value, "display_name", value))
