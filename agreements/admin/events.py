"""The events of an agreement in its form: a card for each, in the order of their dates."""

from django import forms
from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from culturecoop.editions.admin import PartFormSet

from ..models import Event
from .partychoice import PartyInline

#: Stands between the facts of an event in the line that sums it up; events.js writes it, too.
BETWEEN = " · "


class EventForm(forms.ModelForm):
    """The fields of one event, and what its card says while they are out of sight."""

    @property
    def summary(self):
        """Return the line that sums the event up: "signature · 26 June 2012 · Peru"; perhaps ""."""
        event = self.instance
        facts = (
            event.get_kind_display(),
            self.date_in_words,
            event.party and str(event.party),
            event.source,
        )
        return BETWEEN.join(filter(None, facts))

    @property
    def date_in_words(self):
        """Return the date in words; as it was typed where it cannot be read."""
        if "date" in self.errors:
            return self["date"].value() or ""
        return self.instance.date.display() if self.instance.date else ""

    @property
    def is_open(self):
        """Whether its fields are in sight: of an event that is new, or that has a fault."""
        return self.instance.pk is None or bool(self.errors)


class EventFormSet(PartFormSet):
    """Shows the stored events by date, those of one date as they were saved."""

    def get_queryset(self):
        return super().get_queryset() if self.is_bound else self._by_date

    @cached_property
    def _by_date(self):
        return sorted(super().get_queryset(), key=_date_order)


def _date_order(event):
    """By date, which the database compares by its letters; what has none comes last."""
    return (event.date is None, event.date, event.pk)


class Events(PartyInline, admin.StackedInline):
    model = Event
    form = EventForm
    formset = EventFormSet
    template = "admin/agreements/events.html"
    fields = [
        "kind", "party", "date", "until", "scope", "part", "note", "source", "source_address",
    ]  # fmt: skip
    verbose_name_plural = _("events: the legal life")

    class Media:
        js = [Script("admin_site/events.js", type="module")]
