"""The statuses of an agreement and of its parties over time, computed when it is published."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from culturecoop.datefields import PartialDateField
from culturecoop.editions.models import ComputedRow

from .parties import Party
from .parts import EDITION, Event
from .vocabulary import Remark, Status


def period_on(day, party=None, prefix=""):
    """Return the condition "the status of a party (id; None: the whole) on `day`"."""
    subject = {f"{prefix}party__isnull": True} if party is None else {f"{prefix}party": party}
    return Q(**subject, **{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    )


class StatusPeriod(ComputedRow):
    """A status from a day until a day (exclusive), stored when the edition is published."""

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="periods")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    #: Empty while nothing is certain: `unsure` is the event that may have happened.
    status = models.CharField(_("status"), max_length=30, choices=Status, blank=True)
    some_parties = models.BooleanField(_("for some parties"), default=False)
    in_part = models.BooleanField(_("in part"), default=False)
    uncertain = models.BooleanField(_("uncertain"), default=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    #: When what stands began, as well as it is known: not when its extent last changed.
    began = PartialDateField(_("began"), blank=True, default=None)
    ends = PartialDateField(_("ends"), blank=True, default=None)
    #: Whether `ends` is the last day of effect, and not the first without.
    ends_after = models.BooleanField(_("last day"), default=False)
    remark = models.CharField(_("remark"), max_length=20, choices=Remark, blank=True)
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")
    notice = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")
    unsure = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("period of a status")
        verbose_name_plural = _("periods of statuses")
        ordering = ["since", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["edition", "party", "since"], name="status_period_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")),
                name="status_period_since_until",
            ),
            models.UniqueConstraint(
                fields=["edition", "since"], condition=Q(party__isnull=True),
                name="status_period_whole",
            ),
            models.UniqueConstraint(
                fields=["edition", "party", "since"], condition=Q(party__isnull=False),
                name="status_period_party",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_status_display()} {self.since}–{self.until or ''}"
