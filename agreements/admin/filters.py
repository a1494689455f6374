"""Filters of the list of agreements that the database cannot answer by a column."""

from django.contrib import admin
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import LanguageFilter

from ..entries import RegisterEntry
from ..filters import has_standing
from ..models import AgreementEdition, AgreementParty, Party
from ..treaty import memberships_of, periods_of
from ..vocabulary import ENDING, NONE, STATUS_CHOICES, UNCERTAIN


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
        stored = RegisterEntry.objects.on(timezone.localdate()).filter(has_standing(self.value()))
        return queryset.filter(Q(pk__in=stored.values("edition")) | Q(pk__in=self._drafts()))

    def _drafts(self):
        drafts = AgreementEdition.objects.drafts().prefetch_related("parties__party", "events")
        drafts = with_status_today(list(drafts))
        return [draft.pk for draft in drafts if fits(draft.period_on_day, self.value())]


def fits(period, code):
    """Return whether the period of a draft (or None) has what `has_standing` asks for."""
    if code == NONE:
        return period is None or (period.status is None and not period.uncertain)
    if period is None:
        return False
    if code == ENDING:
        return bool(period.ends or period.notice)
    if code == UNCERTAIN:
        return period.uncertain
    return period.status == code and not period.uncertain


class TextLanguageFilter(LanguageFilter):
    """The languages that agreements have texts in."""

    field = "texts__language"


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
