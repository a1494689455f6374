"""The fields of partial dates: of models, and of the forms in which editors type them."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import typeddates
from .dates import PartialDate, validated

DateOrText: TypeAlias = PartialDate | str | None  # what a field is given


class PartialDateFormField(forms.CharField):
    """A text box that takes a date as people write it and gives a PartialDate, or None."""

    # Ignored: the field of a text gives a text, this one a date.
    def to_python(self, value: DateOrText) -> PartialDate | None:  # type: ignore[override]
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        return typeddates.read(text) if text else None

    def run_validators(self, value: PartialDate | None) -> None:
        super().run_validators(str(value or ""))

    def has_changed(self, initial: DateOrText, data: str | None) -> bool:
        """Return whether another date was typed, or nothing that can be read."""
        try:
            typed = str(self.to_python(data) or "")
        except ValidationError:
            return True
        return str(initial or "") != typed


class PartialDateField(models.CharField):
    """Stores a partial date as written; the value in Python is a PartialDate or None.

    In the database the texts compare like the years; inside a year sort in Python.
    """

    description = _("Partial date (year, month or day)")

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 11
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_context: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: DateOrText) -> PartialDate | None:
        if isinstance(value, PartialDate) or not value:
            return value or None
        return validated(str(value))

    def get_prep_value(self, value: object) -> str:
        return "" if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def run_validators(self, value: PartialDate | None) -> None:
        super().run_validators(str(value) if value else "")

    def clean(self, value: DateOrText, model_instance: models.Model | None) -> PartialDate | None:
        value = self.to_python(value)
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        self.run_validators(value)
        return value

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(
            **{"form_class": PartialDateFormField, "max_length": typeddates.MAX_LENGTH, **kwargs}
        )
