"""Parties and themes: reference data, changed by publishers."""

from collections import defaultdict

from django.contrib import admin
from django.db.models import Q, Value
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import KnownChoiceMixin
from culturecoop.imports import jobs
from culturecoop.imports.origin import ReferenceImportFilter
from culturecoop.languages import country_name, own_name
from culturecoop.parts_of_words import FoldedSearch, having, searchable
from culturecoop.reference.addresses import address_of
from culturecoop.reference.admin import ReferenceAdmin
from culturecoop.sheets.export_admin import ReferenceExportMixin

from ..models import Membership, Party, PartyAlias, PartyName, Theme, ThemeName
from ..resources import PartyResource, ThemeResource
from .missing import MissingParties


def names_of_parties():
    """Return {id: the names of a party, searchable}, with the usual ones that are not stored.

    In one query.
    """
    rows = Party.objects.values_list("pk", "name", "code")
    names = PartyName.objects.values_list("party", "name", Value(""))
    aliases = PartyAlias.objects.values_list("party", "alias", Value(""))
    found = defaultdict(list)
    for pk, name, code in rows.order_by().union(names.order_by(), aliases.order_by(), all=True):
        found[pk] += [name or country_name(code), code]
    return {pk: searchable(texts) for pk, texts in found.items()}


def names_of_themes():
    """Return {id: the names of a theme and its code, searchable}, in one query."""
    rows = Theme.objects.values_list("pk", "name", "slug")
    names = ThemeName.objects.values_list("theme", "name", Value(""))
    found = defaultdict(list)
    for pk, *texts in rows.order_by().union(names.order_by(), all=True):
        found[pk] += texts
    return {pk: searchable(texts) for pk, texts in found.items()}


class PartyNames(admin.TabularInline):
    model = PartyName
    extra = 0


class PartyAliases(admin.TabularInline):
    model = PartyAlias
    extra = 0


class Memberships(KnownChoiceMixin, admin.TabularInline):
    model = Membership
    fk_name = "grouping"
    extra = 0
    autocomplete_fields = ["member"]
    verbose_name = _("member")
    verbose_name_plural = _("members over time")


class MemberOf(KnownChoiceMixin, admin.TabularInline):
    model = Membership
    fk_name = "member"
    extra = 0
    autocomplete_fields = ["grouping"]
    verbose_name_plural = _("belongs to groupings")


@admin.register(Party)
class PartyAdmin(FoldedSearch, ReferenceExportMixin, MissingParties):
    resource_classes = [PartyResource]
    list_display = ["name_column", "code", "kind"]
    list_filter = ["kind", ReferenceImportFilter]
    ordering = ["code"]
    search_fields = ["code"]  # and see having_words
    search_help_text = _("Code, name or alias")
    inlines = [PartyNames, PartyAliases, Memberships, MemberOf]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    @admin.display(description=_("name"))
    def name_column(self, party):
        return party.display_name

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if job := jobs.waiting():
            sentence = _("What follows from it in many agreements is worked out now: {}.")
            link = format_html('<a href="{}">{}</a>', job.get_absolute_url(), job.name)
            self.message_user(request, format_html(sentence, link))

    def view_on_site(self, obj):
        return address_of(obj) if obj.was_seen() else None

    def having_words(self, words):
        """Return the condition "has every word in its names"."""
        return Q(pk__in=having(words, names_of_parties()))


class ThemeNames(admin.TabularInline):
    model = ThemeName
    extra = 0


@admin.register(Theme)
class ThemeAdmin(FoldedSearch, ReferenceExportMixin, ReferenceAdmin):
    resource_classes = [ThemeResource]
    list_display = ["name", "slug", "languages"]
    list_filter = [ReferenceImportFilter]
    search_fields = ["name"]  # and see having_words
    inlines = [ThemeNames]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    def having_words(self, words):
        """Return the condition "has every word in its names"."""
        return Q(pk__in=having(words, names_of_themes()))

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    @admin.display(description=_("other languages"))
    def languages(self, theme):
        return ", ".join(own_name(row.language) for row in theme.names.all()) or "–"
