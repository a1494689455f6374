"""The parts of an agreement in its form."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import PartInline

from ..models import (
    AgreementDocument,
    AgreementParty,
    AgreementText,
    Reference,
    Relation,
)
from .events import Events
from .partychoice import PartyInline


class Texts(PartInline, admin.StackedInline):
    model = AgreementText
    fields = ["language", "title", "official_title", "summary", "line", "wording"]
    verbose_name_plural = _("texts by language")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


class Parties(PartyInline, admin.TabularInline):
    model = AgreementParty
    fields = ["party", "side", "capacity", "position"]
    place = ("position",)


class Documents(PartInline, admin.TabularInline):
    model = AgreementDocument
    fields = ["document", "position"]
    place = ("position",)
    autocomplete_fields = ["document"]


class References(PartInline, admin.TabularInline):
    model = Reference
    fields = ["scheme", "value", "address"]


class Relations(PartInline, admin.TabularInline):
    model = Relation
    fields = ["kind", "agreement"]
    autocomplete_fields = ["agreement"]


INLINES = [Texts, Parties, Events, Documents, References, Relations]
