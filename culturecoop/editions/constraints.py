"""What the database guards of editions and their parts."""

from django.db import models
from django.db.models import F, Q

from .models import DRAFT


def edition_constraints(name, *track):
    """What the database guards for editions whose track is the fields `track`."""
    published = Q(live_from__isnull=False)
    unique = models.UniqueConstraint
    check = models.CheckConstraint
    return [
        unique(fields=track, condition=DRAFT, name=f"{name}_one_draft"),
        unique(fields=[*track, "live_from"], name=f"{name}_live_from"),
        unique(
            fields=track, condition=published & Q(live_until__isnull=True), name=f"{name}_open_end"
        ),
        unique(fields=[*track, "number"], name=f"{name}_number"),
        check(
            condition=Q(live_until__isnull=True) | (published & Q(live_from__lt=F("live_until"))),
            name=f"{name}_from_until",
        ),
        check(
            condition=Q(live_from__isnull=True) | Q(number__isnull=False), name=f"{name}_numbered"
        ),
        check(
            condition=Q(live_from__isnull=True) | Q(cancelled_at__isnull=True),
            name=f"{name}_cancelled",
        ),
        check(
            condition=Q(withdrawal=False) | (published & ~Q(reason="")), name=f"{name}_withdrawal"
        ),
    ]


def part_constraints(name, edition_field="edition"):
    """What the database guards for the parts of an edition."""
    return [models.UniqueConstraint(fields=[edition_field, "key"], name=f"{name}_key")]
