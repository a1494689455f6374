"""Parties and themes: reference data, changed by publishers."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import KnownChoiceMixin
from culturecoop.imports import jobs
from culturecoop.imports.origin import ReferenceImportFilter
from culturecoop.languages import own_name
from culturecoop.reference.addresses import address_of
from culturecoop.reference.admin import ReferenceAdmin
from culturecoop.sheets.export_admin import ReferenceExportMixin

from ..models import Membership, Party, PartyAlias, PartyName, Theme, ThemeName
from ..resources import PartyResource, ThemeResource


def named(term):
    """Return the condition "is the party `term` means", also by the names that are not stored."""
    term = term.strip().casefold()
    parties = Party.objects.filter(name="").prefetch_related("names")
    found = [party.pk for party in parties if term in party.display_name.casefold()]
    stored = Q(code__iexact=term) | Q(name__icontains=term) | Q(names__name__icontains=term)
    return Q(pk__in=found) | stored | Q(aliases__alias__icontains=term)


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
class PartyAdmin(ReferenceExportMixin, ReferenceAdmin):
    resource_classes = [PartyResource]
    list_display = ["display_name", "code", "kind"]
    list_filter = ["kind", ReferenceImportFilter]
    ordering = ["code"]
    search_fields = ["code"]  # and see get_search_results
    search_help_text = _("Code, name or alias")
    inlines = [PartyNames, PartyAliases, Memberships, MemberOf]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if job := jobs.waiting():
            sentence = _("What follows from it in many agreements is worked out now: {}.")
            link = format_html('<a href="{}">{}</a>', job.get_absolute_url(), job.name)
            self.message_user(request, format_html(sentence, link))

    def view_on_site(self, obj):
        return address_of(obj) if obj.was_seen() else None

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.filter(named(search_term)).distinct(), False


class ThemeNames(admin.TabularInline):
    model = ThemeName
    extra = 0


@admin.register(Theme)
class ThemeAdmin(ReferenceExportMixin, ReferenceAdmin):
    resource_classes = [ThemeResource]
    list_display = ["name", "slug", "languages"]
    list_filter = [ReferenceImportFilter]
    search_fields = ["name", "slug", "names__name"]
    inlines = [ThemeNames]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    @admin.display(description=_("other languages"))
    def languages(self, theme):
        return ", ".join(own_name(row.language) for row in theme.names.all()) or "–"
