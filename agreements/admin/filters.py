"""Filters of the list of agreements that the database cannot answer by a column."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culturecoop.languages import language_name

from ..filters import has_standing
from ..listedwords import few_of, having_party
from ..listing import listing_one
from ..models import AgreementEdition, AgreementListing, AgreementParty, ListedStanding, Party
from ..treaty import memberships_of, periods_of
from ..vocabulary import STATUS_CHOICES


def with_status_today(editions):
    """Set `status_on_day` of drafts, which have no stored periods; two queries for all of them.

    `editions` have `parties__party` and `events` prefetched. `period_on_day` is set with it.
    """
    drafts = [edition for edition in editions if not edition.live_from]
    parties = {row.party_id for edition in drafts for row in edition.parties.all()}
    memberships = memberships_of(parties) if parties else {}
    for edition in drafts:
        edition.period_on_day = period_of(edition, timezone.localdate(), memberships)
        edition.status_on_day = edition.period_on_day and edition.period_on_day.status
    return editions


def period_of(draft, day, memberships=None):
    """Return the period of the whole on a day that the events of a draft amount to, or None."""
    periods = periods_of(draft, memberships)
    return next((p for p in periods if p.party is None and p.holds(day)), None)


def status_today(edition):
    """Return the status of one edition today: stored when it is published, else computed."""
    if not edition.live_from:
        prefetch_related_objects([edition], "parties__party", "events")
        period = period_of(edition, timezone.localdate())
        return period and period.status
    rows = AgreementEdition.objects.filter(pk=edition.pk).annotate_status(timezone.localdate())
    return rows.values_list("status_on_day", flat=True).first()


class StatusFilter(admin.SimpleListFilter):
    """What readers can ask the register for, of drafts too."""

    title = _("status today")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return STATUS_CHOICES

    def queryset(self, request, queryset):
        if self.value() not in dict(STATUS_CHOICES):
            return queryset
        today = timezone.localdate()
        found = ListedStanding.objects.filter(has_standing(self.value()))
        found = found.filter(since__lte=today, until__gt=today)
        few = few_of(found)
        of_row = Exists(found.filter(edition=OuterRef("pk")))
        return queryset.filter(of_row if few is None else Q(pk__in=few))


class TextLanguageFilter(admin.SimpleListFilter):
    """The languages that agreements have texts in."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        sets = AgreementListing.objects.order_by("languages").values_list("languages", flat=True)
        used = {code for codes in sets.distinct() for code in codes.split("|") if code}
        return [(code, language_name(code)) for code in sorted(used)]

    def queryset(self, request, queryset):
        return queryset.filter(listing_one("languages", self.value())) if self.value() else queryset


class ThemeFilter(admin.RelatedFieldListFilter):
    """The themes that agreements have, by the ids in the rows of the list."""

    def queryset(self, request, queryset):
        if self.lookup_val:
            return queryset.filter(*(listing_one("themes", value) for value in self.lookup_val))
        return queryset.filter(themes="") if self.lookup_val_isnull else queryset

    def get_facet_counts(self, pk_attname, filtered_qs):
        found = {f"{pk}__c": listing_one("themes", pk) for pk, _name in self.lookup_choices}
        found["__c"] = Q(themes="")
        return {name: Count(pk_attname, filter=condition) for name, condition in found.items()}


class PartyFilter(admin.SimpleListFilter):
    """The parties that agreements have, by name."""

    title = _("party")
    parameter_name = "party"

    def lookups(self, request, model_admin):
        used = AgreementParty.objects.filter(party=OuterRef("pk"))
        parties = Party.objects.filter(Exists(used)).prefetch_related("names")
        named = [(party.code, party.display_name) for party in parties]
        return sorted(named, key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        party = Party.objects.filter(code=self.value()).values_list("pk", flat=True).first()
        return queryset.filter(having_party(party)) if party else queryset.none()
