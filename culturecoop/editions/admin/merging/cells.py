"""One field of a row of the form: what it was, what is stored, what stands in the form."""

from enum import StrEnum

from django import forms
from django.db import models

from ...differences.values import order_fields, words_for, words_in
from ...models import EditionPart


class Who(StrEnum):
    """Who changed something: of what both changed, one has to be chosen."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class Cell:
    """A field of the form beside the same field of the rows `base` and `theirs`.

    `base` is None when the row was not there, or when nobody knows what it was.
    """

    def __init__(self, bound, base, theirs):
        self.bound, self.base, self.theirs = bound, base, theirs
        self.name, self.form = bound.name, bound.form
        self.model_field = self.form._meta.model._meta.get_field(bound.name)

    @property
    def label(self):
        return str(self.model_field.verbose_name)

    @property
    def is_left_file(self):
        """Whether it is a file, and none was chosen in the form: the stored one stays."""
        return isinstance(self.model_field, models.FileField) and self.bound.data is None

    @property
    def is_changed_by_me(self):
        return self._has_changed(self.base)

    @property
    def is_changed_by_them(self):
        return _plain(self._value(self.base)) != _plain(self._value(self.theirs))

    @property
    def who(self):
        """Return who changed it; None when both say the same."""
        if self.is_left_file:
            return Who.THEIRS if self.base and self.is_changed_by_them else None
        if not self._has_changed(self.theirs):
            return None
        if self.base is None:
            return Who.BOTH
        if not self.is_changed_by_them:
            return Who.MINE if self.is_changed_by_me else None
        return Who.BOTH if self.is_changed_by_me else Who.THEIRS

    def words(self, row):
        """Return what a stored row says in this field."""
        if self.model_field.many_to_many:
            return _listed(self._value(row))
        return words_in(row, self.model_field)

    @property
    def my_words(self):
        """Return what stands in the form; as it was typed where it cannot be read."""
        if self.is_left_file:
            return self.words(self.base or self.theirs)
        if self.name not in getattr(self.form, "cleaned_data", {}):
            data = self.bound.data
            return ", ".join(data) if isinstance(data, list) else str(data or "")
        value = self.form.cleaned_data[self.name]
        if self.model_field.many_to_many:
            return _listed(value)
        if isinstance(self.model_field, models.FileField):
            return str(getattr(value, "name", value) or "")
        return words_in(self.form.instance, self.model_field)

    def _value(self, row):
        return row and self.model_field.value_from_object(row)

    def _has_changed(self, row):
        return bool(self.bound.field.has_changed(self._value(row), self.bound.data))


def cells(form, base, theirs):
    """Return the Cells of a form: its fields that say something, but for the order of rows."""
    return [Cell(form[name], base, theirs) for name in content_names(form)]


def content_names(form):
    """Return the names of the fields of a form that a model has, without keys and order."""
    model = form._meta.model
    left_out = {model._meta.pk.name}
    if issubclass(model, EditionPart):
        left_out |= {model.edition_field().name, *(field.name for field in order_fields(model))}
    known = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    return [name for name in form.fields if name in known - left_out]


def as_posted(field, value):
    """Return a stored value as the texts that a browser sends for a field of a form."""
    widget = getattr(field.widget, "widget", field.widget)
    if isinstance(field, forms.FileField):
        return []  # the stored one stays
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(field.prepare_value(value))
    if isinstance(shown, list | tuple):
        return [str(one) for one in shown]
    return ["" if shown is None else str(shown)]


def _listed(rows):
    return ", ".join(sorted(map(words_for, rows or ())))


def _plain(value):
    """Return a value so that two of them can be compared."""
    if isinstance(value, list | tuple | models.QuerySet):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return "" if value is None else value
