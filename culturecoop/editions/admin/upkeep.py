"""What lives on without anybody who looks after it: conditions, the filter that asks for them.

The conditions are of the rows of `listings.py`, and each is answered from an index of them.
"""

import datetime

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

YEAR = datetime.timedelta(days=365)


def behind(prefix=""):
    """Return the condition "a translation is behind" of rows of the list."""
    return Q((f"{prefix}behind__isnull", False))


def untouched(prefix=""):
    """Return the condition "live for a year, and nobody has a draft" of rows of the list.

    The row of a track is that of its draft, where there is one.
    """
    since = (f"{prefix}live_from__lte", timezone.now() - YEAR)
    return Q(since, (f"{prefix}withdrawal", False))


class UpkeepFilter(admin.SimpleListFilter):
    """What the trays of upkeep on the desk show, in the list."""

    title = _("to look after")
    parameter_name = "upkeep"
    conditions = {"behind": behind, "untouched": untouched}

    def lookups(self, request, model_admin):
        return [("behind", _("translation behind")), ("untouched", _("untouched for a year"))]

    def queryset(self, request, queryset):
        condition = self.conditions.get(self.value())
        return queryset.filter(condition()) if condition else queryset


def upkeep_of(editions):
    """Return the part of a desk that is about the upkeep of editions, in the order of indexes."""
    return {
        "behind": editions.filter(behind("listing__"))
        .select_related("listing")
        .order_by("-listing__edition"),
        "untouched": editions.filter(untouched("listing__")).order_by("listing__live_from"),
    }
