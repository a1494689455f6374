"""The parts of an edition in its form: rows that survive what somebody else did meanwhile."""

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, IntegerField
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from culturecoop.datefields import PartialDateField
from culturecoop.texts import LineField, PlainTextField, whole_number

from ..saved import removed_row
from .dateinput import DateInput

TEXT_WIDGETS = {
    PartialDateField: {"widget": DateInput},
    PlainTextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    LineField: {"widget": AdminTextInputWidget},
}


class LostRow:
    """Stands for a posted row that somebody else has removed; what was typed is in its form."""

    def __init__(self, pk):
        self.pk = pk

    def __str__(self):
        return _("removed meanwhile by somebody else")


class PartFormSet(BaseInlineFormSet):
    """Pairs each posted row with the stored one of the same id, wherever that stands now.

    Django pairs them by position, so that a row removed by somebody else took along what was
    typed into it. A removed row is kept, and stored again when the editor saves over. A new row in
    which nothing was given but the fields of its `place` is left out, like one left as it came.
    """

    place = ()

    def get_queryset(self):
        return self._aligned if self.is_bound else super().get_queryset()

    @cached_property
    def _aligned(self):
        stored = {row.pk: row for row in super().get_queryset()}
        ids = [self._posted_id(index) for index in range(self.initial_form_count())]
        return [stored.get(pk) or LostRow(pk) for pk in ids]

    def _posted_id(self, index):
        value = self.data.get(f"{self.add_prefix(index)}-{self.model._meta.pk.name}", "")
        return whole_number(value)

    def _existing_object(self, pk):
        stored = (row for row in self._aligned if isinstance(row, self.model))
        found = next((row for row in stored if row.pk == pk), None)
        return found or (self.is_bound and removed_row(self.instance, self.model, pk)) or None

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self._is_lost(form, index):
            form.fields[self.model._meta.pk.name] = IntegerField(required=False, widget=HiddenInput)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if self.is_bound and form.empty_permitted and {*form.changed_data} <= {*self.place}:
            form.changed_data = []
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownChoice):
                widget.learn(form.instance)
        return form

    def _is_lost(self, form, index):
        given = index is not None and self.is_bound and index < self.initial_form_count()
        return given and form.instance._state.adding

    def clean(self):
        """A removed row comes back only when nothing like it was added meanwhile."""
        super().clean()
        for index, form in enumerate(self.initial_forms):
            if self._is_lost(form, index) and not self._should_delete_form(form):
                try:
                    form.instance.validate_constraints()
                except ValidationError as there_already:
                    form.add_error(None, there_already.messages)

    def save_new_objects(self, commit=True):
        saved = super().save_new_objects(commit)
        for index, form in enumerate(self.initial_forms):
            if self._is_lost(form, index) and not self._should_delete_form(form):
                saved.append(self.save_new(form, commit=commit))
        return saved


class KnownChoiceMixin:
    """For an admin or an inline whose autocompletes leave out what names no row."""

    choice_widgets = {}  # {field: its KnownChoice} of those that have one of their own

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            widget = self.choice_widgets.get(db_field.name, KnownChoice)
            kwargs["widget"] = widget(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PartInline(KnownChoiceMixin):
    """Mixed into the inlines of parts: who may change the edition may change its parts.

    Whether the edition can be changed at all is asked of the edition's own admin, first.
    """

    formset = PartFormSet
    place = ()  # the fields that say where a row stands, not what it holds
    extra = 0
    formfield_overrides = TEXT_WIDGETS

    def has_view_permission(self, request, obj=None):
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.place = self.place
        return formset

    def get_queryset(self, request):
        """With the rows they point to, whose names the choices show: one query for all."""
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        return formfield and only_adding(formfield)


def only_adding(formfield):
    """The ways to change what a part points to lead away from the form: leave only "add"."""
    if isinstance(formfield.widget, RelatedFieldWidgetWrapper):
        wrapper = formfield.widget
        wrapper.can_change_related = wrapper.can_delete_related = wrapper.can_view_related = False
    return formfield


class Known:
    """An autocomplete that asks the database once for each chosen row, not once for each form.

    What is posted and names no row is left out, where the stock widget fails on it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = {}  # shared by the copies of the widget in the forms of one request

    def learn(self, instance):
        """Remember the name of the row that `instance` points to, where it came along."""
        row = instance._state.fields_cache.get(self.field.name)
        if row is not None:
            self.labels[str(row.pk)] = str(row)

    def optgroups(self, name, value, attrs=None):
        default = (None, [], 0)
        groups = [default]
        if not self.is_required and not self.allow_multiple_selected:
            default[1].append(self.create_option(name, "", "", False, 0))
        for chosen in (str(v) for v in value if v not in (None, "")):
            if label := self._label(chosen):
                default[1].append(self.create_option(name, chosen, label, True, len(default[1])))
        return groups

    def _label(self, chosen):
        if chosen not in self.labels:
            rows = self.choices.queryset.filter(pk=whole_number(chosen))
            self.labels[chosen] = next(
                (self.choices.field.label_from_instance(r) for r in rows), ""
            )
        return self.labels[chosen]


class KnownChoice(Known, AutocompleteSelect):
    pass


class KnownChoices(Known, AutocompleteSelectMultiple):
    pass
