"""The approval of all drafts of an import: somebody else compares some that chance has chosen."""

import random
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import APPROVING_ALL, compared_with, override_field
from culturecoop.editions.approval import may_override
from culturecoop.editions.differences.comparison import compare_pairs
from culturecoop.editions.reviews import changed_by, unapproved_in
from culturecoop.editions.tracks import read_tracks

from .. import jobs

#: So many drafts are compared before all are approved.
SAMPLE = 20


@dataclass
class Approval:
    """Whose approval the drafts of a job need before `by` publishes them.

    `number` are not approved; `is_own` says that some of these are his own work.
    """

    number: int = 0
    is_own: bool = False
    may_override: bool = False

    @classmethod
    def of(cls, job: Any, by: Any) -> "Approval":
        if not settings.FOUR_EYES:
            return cls()
        missing = [unapproved_in(rows) for rows in jobs.drafts(job).values()]
        number = sum(rows.count() for rows in missing)
        is_own = any(changed_by(rows, by).exists() for rows in missing)
        return cls(number, is_own, may_override(by))

    @property
    def is_his_to_give(self) -> bool:
        return self.number > 0 and not self.is_own

    @property
    def is_overridden(self) -> bool:
        return self.number > 0 and self.is_own and self.may_override

    @property
    def is_missing(self) -> bool:
        return self.number > 0 and self.is_own and not self.may_override


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


def sample(job: Any, versions: str) -> list:
    """Return the Comparisons of some drafts that are not approved, chosen by chance.

    The same ones for the same `versions` of all: nobody asks for others until he likes them.
    """
    left = [
        (model, pk)
        for model, rows in jobs.drafts(job).items()
        for pk in unapproved_in(rows).order_by("pk").values_list("pk", flat=True)
    ]
    chosen = random.Random(versions).sample(left, min(SAMPLE, len(left)))
    found = []
    for model in jobs.drafts(job):
        pks = [pk for of, pk in chosen if of is model]
        drafts = list(model.objects.filter(pk__in=pks).select_related(*model.track_fields[:1]))
        if drafts:
            read_tracks(drafts)
            found += compare_pairs([(compared_with(draft), draft) for draft in drafts])
    return found
