"""The statuses of live agreements that changed lately or will soon: a tray, and the list of all.

Read from the entries of the register, by the day since which they stand.
"""

import datetime

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import UpkeepFilter
from culturecoop.trays import SHOWN, Tray, listed, only_some

from ..entries import RegisterEntry
from ..vocabulary import STATUS_CHOICES

AROUND = datetime.timedelta(days=30)
CHANGING = "changing"


def changes():
    """Return the entries that begin within these days, in another status than the day before.

    Each has that as `before`. Only what readers see is asked, and of it the whole agreement.
    """
    today = timezone.localdate()
    whole = RegisterEntry.objects.filter(party=None)
    before = whole.filter(edition=OuterRef("edition"), until=OuterRef("since"))
    found = RegisterEntry.objects.live().filter(party=None)
    found = found.filter(since__gte=today - AROUND, since__lte=today + AROUND)
    found = found.annotate(before=Subquery(before.values("standing")[:1]))
    return found.exclude(before=F("standing"))


class AgreementUpkeepFilter(UpkeepFilter):
    """With the agreements whose status changes."""

    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin), (CHANGING, _("status changes"))]

    def queryset(self, request, queryset):
        if self.value() == CHANGING:
            found = changes().order_by().values("edition__agreement")
            return queryset.filter(edition__agreement__in=found)
        return super().queryset(request, queryset)


class ChangingTray(Tray):
    """What changes, the nearest days first."""

    name, title = CHANGING, _("Statuses that change")
    nothing = _("No status changed in the last 30 days, and none will in the next 30.")

    def __init__(self, admin):
        self.admin = admin

    @cached_property
    def rows(self):
        today = timezone.localdate()
        ahead = changes().filter(since__gt=today).order_by("since", "slug", "edition")[:SHOWN]
        past = changes().filter(since__lte=today).order_by("-since", "-slug", "-edition")[:SHOWN]
        entries = sorted([*past, *ahead], key=lambda entry: abs(entry.since - today))[:SHOWN]
        editions = self.admin.model.objects.with_titles().select_related("agreement")
        found = editions.in_bulk([entry.edition_id for entry in entries])
        return [self._row(entry, found[entry.edition_id]) for entry in entries]

    def _row(self, entry, edition):
        """Lead to the page of the edition, where the events stand."""
        labels = dict(STATUS_CHOICES)
        words = {
            "before": labels.get(entry.before, entry.before),
            "after": labels[entry.standing],
            "day": date_format(entry.since),
        }
        return {
            "kind": self.admin.opts.verbose_name,
            "identity": edition.identity,
            "title": self.admin.title_of(edition),
            "url": self.admin.edition_url(edition),
            "said": gettext("%(before)s → %(after)s, on %(day)s") % words,
        }

    @cached_property
    def lists(self):
        address = f"{self.admin.list_url}?{UpkeepFilter.parameter_name}={CHANGING}"
        found = changes().order_by().values("edition").distinct()
        return only_some([listed(found, address, self.admin.opts.verbose_name_plural)])
