"""The parts of an agreement in its form."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import PartInline

from ..models import (
    AgreementDocument,
    AgreementParty,
    AgreementText,
    Event,
    Reference,
    Relation,
)


class Texts(PartInline, admin.StackedInline):
    model = AgreementText
    fields = ["language", "title", "official_title", "summary", "line", "wording"]
    verbose_name_plural = _("texts by language")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


class Parties(PartInline, admin.TabularInline):
    model = AgreementParty
    fields = ["party", "position"]
    autocomplete_fields = ["party"]


class Events(PartInline, admin.TabularInline):
    model = Event
    fields = ["kind", "party", "date", "scope", "part", "note", "source", "source_address"]
    autocomplete_fields = ["party"]
    verbose_name_plural = _("events: the legal life")


class Documents(PartInline, admin.TabularInline):
    model = AgreementDocument
    fields = ["document", "position"]
    autocomplete_fields = ["document"]


class References(PartInline, admin.TabularInline):
    model = Reference
    fields = ["scheme", "value", "address"]


class Relations(PartInline, admin.TabularInline):
    model = Relation
    fields = ["kind", "agreement"]
    autocomplete_fields = ["agreement"]


INLINES = [Texts, Parties, Events, Documents, References, Relations]
