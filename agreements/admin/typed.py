"""A draft as its form has it at this moment: built in memory from what was posted, never saved.

Rows that are not complete or not valid yet are left out and counted. What the rows point to is
read once for all of them, so that forty rows ask the database no more often than one.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from culturecoop.editions.admin.parts import PartFormSet
from culturecoop.texts import whole_number

from ..models import AgreementEdition, Party
from .events import Events
from .inlines import Parties

#: The fields of an edition that the law asks for.
LEGAL_FIELDS = ["kind", "form", "binding"]
#: Rows that were never saved get numbers after all that were, in their order.
TEMPORARY = 10**15


class Malformed(ValueError):
    """What was posted is not the form of an agreement; the message says it to the editor."""

    def __init__(self):
        super().__init__(_("The form came back incomplete. Open the draft again."))


class KnownParty(forms.Field):
    """The choice of a party among those that were read already."""

    def __init__(self, parties, **kwargs):
        super().__init__(**kwargs)
        self.parties = parties

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if value not in self.parties:
            raise ValidationError(_("Choose a party."), code="invalid_choice")
        return self.parties[value]

    def has_changed(self, initial, data):
        return str(initial or "") != str(data or "")


class TypedRow(forms.ModelForm):
    """The form of a row that asks the database nothing: neither for its party nor for others."""

    def _post_clean(self):
        """Check the row by itself, as the stock form does, but neither keys nor constraints."""
        construct_instance(self, self.instance)
        exclude = self._get_validation_exclusions() | {"edition", "party"}
        try:
            self.instance.full_clean(exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as faults:
            self._update_errors(faults)


class TypedRows(PartFormSet):
    """The rows of a part as they are typed."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        key = self.model._meta.pk.name
        form.fields[key] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def sort_out(self):
        """(the complete rows as instances, the number of those that are not complete)."""
        complete, incomplete = [], 0
        for place, form in enumerate(self.forms):
            faulty = bool(form.errors)
            blank = form.empty_permitted and not form.has_changed()
            if blank or self._should_delete_form(form):
                continue
            if faulty:
                incomplete += 1
                continue
            form.instance.pk = form.instance.pk or TEMPORARY + place
            complete.append(form.instance)
        return complete, incomplete


class TypedEdition:
    """An edition with its parties and events as they are typed, and how many rows were left out.

    `stored` is the draft, or an AgreementEdition that is not saved yet. Malformed when what was
    posted is no form of it.
    """

    def __init__(self, admin, request, stored):
        self.admin, self.request, self.stored = admin, request, stored
        self.edition = self._edition()
        parties, missing = self._rows(Parties)
        events, unready = self._rows(Events)
        once = list({row.party_id: row for row in reversed(parties)}.values())[::-1]
        self.incomplete = missing + unready + len(parties) - len(once)
        self.edition.pk = self.edition.pk or TEMPORARY
        self.edition._prefetched_objects_cache = {
            "parties": sorted(once, key=lambda row: (row.position, row.pk)),
            "events": sorted(events, key=lambda event: (event.date, event.pk)),
            "periods": [],
        }

    def _edition(self):
        form_class = self.admin.get_form(
            self.request, self.stored, change=True, fields=LEGAL_FIELDS, form=forms.ModelForm
        )
        form = form_class(self.request.POST, instance=self.stored)
        if form.errors:
            raise Malformed
        form.instance.live_from = None  # what is typed was never published
        return form.instance

    def _rows(self, inline_class):
        inline = inline_class(AgreementEdition, self.admin.admin_site)
        rows_class = inline.get_formset(self.request, self.stored, form=TypedRow, formset=TypedRows)
        fields = rows_class.form.base_fields
        fields["party"] = KnownParty(self._parties, required=fields["party"].required)
        rows = rows_class(self.request.POST, instance=self.stored)
        _refuse_malformed(rows)
        return rows.sort_out()

    @cached_property
    def _parties(self):
        """{posted id: Party} with their names: two queries for all rows."""
        posted = self.request.POST
        ids = {whole_number(text) for name, text in posted.items() if name.endswith("-party")}
        found = Party.objects.filter(pk__in=ids).prefetch_related("names")
        return {str(party.pk): party for party in found}


def _refuse_malformed(rows):
    """Refuse what says no number of rows, or one that no form has."""
    management = rows.management_form
    if not management.is_valid():
        raise Malformed
    total, initial = (management.cleaned_data[f"{name}_FORMS"] for name in ("TOTAL", "INITIAL"))
    if not 0 <= initial <= total <= rows.absolute_max:
        raise Malformed
