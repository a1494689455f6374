"""The approval of the drafts of an import: somebody else compares some that chance has chosen."""

from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from django import forms
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import APPROVING_ALL, compared_with, override_field
from culturecoop.editions.approval import may_override
from culturecoop.editions.differences.comparison import compare_pairs
from culturecoop.editions.reviews import unapproved_in
from culturecoop.editions.tracks import read_tracks

from .. import jobs

#: So many drafts are compared before all are approved.
SAMPLE = 20


@dataclass
class Approval:
    """Whose approval the drafts of a job need before somebody publishes them.

    `together` are approved as a whole, `alone` one by one; `approved` are already. `is_own` says
    that he ran the import.
    """

    together: int = 0
    alone: int = 0
    approved: int = 0
    is_own: bool = False
    may_override: bool = False

    @classmethod
    def of(cls, job: Any, by: Any) -> "Approval":
        if not settings.FOUR_EYES:
            return cls()
        rows = list(jobs.drafts(job).values())
        missing = sum(unapproved_in(drafts).count() for drafts in rows)
        together = sum(jobs.approvable(job, drafts).count() for drafts in rows)
        approved = sum(drafts.count() for drafts in rows) - missing
        return cls(together, missing - together, approved, job.created_by == by, may_override(by))

    @property
    def is_asked(self) -> bool:
        return self.together + self.alone > 0

    @property
    def is_his_to_give(self) -> bool:
        return self.together > 0 and not self.is_own

    @property
    def is_overridden(self) -> bool:
        return self.is_asked and self.is_own and self.may_override

    @property
    def is_missing(self) -> bool:
        """Whether nothing of it can be published by him."""
        return self.is_asked and not (self.approved or self.is_his_to_give or self.is_overridden)


class ApprovalOfAll(forms.Form):
    """Mixed into the form that publishes the drafts of an import: the approval that they need."""

    approves = forms.BooleanField(
        label=_("I have compared these drafts, and approve all of this import"),
        error_messages={"required": _("Compare the drafts above first, then tick this.")},
    )
    override = override_field()
    labels = None

    def __init__(self, *args, approval, **kwargs):
        super().__init__(*args, **kwargs)
        if approval.is_his_to_give:
            self.labels = APPROVING_ALL
        else:
            del self.fields["approves"]
        if not approval.is_overridden:
            del self.fields["override"]


def sample(job: Any, by: Any) -> list:
    """Return the Comparisons of some of the drafts that are approved together.

    Chance chooses them, of which nobody knows beforehand, and for one person always the same ones.
    """
    found = []
    chosen = nsmallest(SAMPLE, _drawn(job, by))
    for model in jobs.drafts(job):
        pks = [pk for _lot, label, pk in chosen if label == model._meta.label]
        drafts = list(model.objects.filter(pk__in=pks).select_related(*model.track_fields[:1]))
        if drafts:
            read_tracks(drafts)
            found += compare_pairs([(compared_with(draft), draft) for draft in drafts])
    return found


def alone(job: Any) -> list:
    """Return the first drafts of a job that are approved one by one."""
    found = []
    for model, rows in jobs.drafts(job).items():
        together = jobs.approvable(job, rows)
        left = unapproved_in(rows).exclude(pk__in=together.values("pk"))
        found += left.select_related(*model.track_fields[:1])[:SAMPLE]
    return found[:SAMPLE]


def _drawn(job, by):
    """Yield (lot, model, id) of the drafts that are approved together."""
    for model, rows in jobs.drafts(job).items():
        label = model._meta.label
        for pk in jobs.approvable(job, rows).values_list("pk", flat=True):
            yield salted_hmac(__name__, f"{job.pk} {by.pk} {label} {pk}").hexdigest(), label, pk
