"""Filters of the list of agreements that the database cannot answer by a column."""

from django.contrib import admin
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from culturecoop.languages import language_name

from ..models import AgreementEdition, AgreementParty, AgreementText, Party, today
from ..publication import memberships_of, periods_of
from ..statuses import Status


def with_status_today(editions):
    """Set `status_on_day` of drafts, which have no stored periods; two queries for all of them.

    `editions` have `parties__party` and `events` prefetched.
    """
    drafts = [edition for edition in editions if not edition.live_from]
    parties = {row.party_id for edition in drafts for row in edition.parties.all()}
    memberships = memberships_of(parties) if parties else {}
    for edition in drafts:
        edition.status_on_day = status_of(edition, today(), memberships)
    return editions


def status_of(draft, day, memberships=None):
    """The status that the events of a draft amount to on a day, or None."""
    periods = periods_of(draft, memberships)
    return next((p.status for p in periods if p.party is None and p.holds(day)), None)


def status_today(edition):
    """The status of one edition today: stored when it is published, else computed."""
    if not edition.live_from:
        prefetch_related_objects([edition], "parties__party", "events")
        return status_of(edition, today())
    rows = AgreementEdition.objects.filter(pk=edition.pk).annotate_status(today())
    return rows.values_list("status_on_day", flat=True).first()


class StatusFilter(admin.SimpleListFilter):
    title = _("status today")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        if self.value() not in Status.values:
            return queryset
        stored = AgreementEdition.objects.published().with_status(self.value(), today())
        return queryset.filter(Q(pk__in=stored.values("pk")) | Q(pk__in=self._drafts()))

    def _drafts(self):
        drafts = AgreementEdition.objects.drafts().prefetch_related("parties__party", "events")
        drafts = with_status_today(list(drafts))
        return [draft.pk for draft in drafts if draft.status_on_day == self.value()]


class LanguageFilter(admin.SimpleListFilter):
    """The languages that agreements have texts in."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        used = AgreementText.objects.order_by("language").values_list("language", flat=True)
        return [(code, language_name(code)) for code in used.distinct()]

    def queryset(self, request, queryset):
        return queryset.filter(texts__language=self.value()) if self.value() else queryset


class PartyFilter(admin.SimpleListFilter):
    """The parties that agreements have, by name."""

    title = _("party")
    parameter_name = "party"

    def lookups(self, request, model_admin):
        used = AgreementParty.objects.values("party")
        parties = Party.objects.filter(pk__in=used).prefetch_related("names")
        named = [(party.code, party.display_name) for party in parties]
        return sorted(named, key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(parties__party__code=self.value())
