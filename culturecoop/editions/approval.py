"""Four eyes: a version goes to readers only when somebody else than its authors has approved it.

`FOUR_EYES` asks for it. Who changed a draft since it was approved last, be it by an import, is one
of its authors; so is who added a file that becomes public with it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import reviews
from .guards import Actor, Refused
from .models import Edition
from .reviews import OVERRIDE, Step

MISSING = _("Somebody else has to approve this version before it is published.")


class Approvals:
    """What is known of the approvals of drafts of one model, locked by the caller or looked at."""

    def __init__(self, drafts: Sequence[Edition]) -> None:
        self.reviews = reviews.reviews_of(drafts) if drafts else {}
        self.authors = reviews.contributors(drafts, self.reviews) if drafts else {}

    def are_given(self, draft: Edition, at: datetime | None = None) -> bool:
        """Return whether a draft is approved as it is, with the files that come out at `at`."""
        review = self.reviews[draft.pk]
        if reviews.step_of(draft, review) != Step.APPROVED:
            return False
        return {file.pk for file in draft.files_coming_out(at)} <= set(review.files)

    def why_not_by(self, draft: Edition, by: Actor) -> str:
        """Return why somebody cannot approve a draft, "" when he can."""
        if by is None:
            return gettext("A command approves nothing: a person has to.")
        if by.pk in self.authors[draft.pk]:
            return gettext(
                "You changed it since it was last approved, so somebody else has to approve it."
            )
        if any(file.added_by_id == by.pk for file in draft.files_coming_out()):
            return gettext(
                "You added a file that becomes public with it, so somebody else has to approve it."
            )
        return ""

    def refuse(self, draft: Edition, by: Actor) -> None:
        """Refuse what `by` cannot approve."""
        if why := self.why_not_by(draft, by):
            raise Refused(why)

    def store(self, drafts: Iterable[Edition], step: Step, by: Actor, note: str = "") -> None:
        """Store a step that was taken about drafts; an approval is one of their files as well."""
        found = [self.reviews[draft.pk] for draft in drafts]
        now = timezone.now()
        for review, draft in zip(found, drafts, strict=True):
            review.step, review.version, review.by, review.at = step, draft.version, by, now
            review.note = note
            if step == Step.APPROVED:
                review.approved = draft.version
                review.files = [file.pk for file in draft.files_coming_out()]
        reviews.store(found)


def needed(draft: Edition, by: Actor) -> str:
    """Return why `by` cannot publish a draft, nor approve it, as things stand; "" when he can."""
    if not settings.FOUR_EYES:
        return ""
    approvals = Approvals([draft])
    return "" if approvals.are_given(draft) else approvals.why_not_by(draft, by)


def unapproved(drafts: Sequence[Edition]) -> set[int]:
    """Return the ids of those drafts that have to be approved before they are published."""
    if not settings.FOUR_EYES or not drafts:
        return set()
    approvals = Approvals(drafts)
    return {draft.pk for draft in drafts if not approvals.are_given(draft)}


def is_missing(draft: Edition) -> bool:
    """Return whether an approval has to be given before a draft is published."""
    return bool(unapproved([draft]))


def may_override(by: Any) -> bool:
    """Return whether somebody may publish without approval, with a reason that is kept."""
    return by is not None and by.has_perm(OVERRIDE)


class Gate:
    """What stands between drafts and their publication: nothing without `FOUR_EYES`.

    `approves` says that who publishes them approves them as well, `override` why he does without.
    """

    def __init__(self, drafts: Sequence[Edition], by: Actor, approves: bool, override: str) -> None:
        self.by, self.approves, self.override = by, approves, override.strip()
        self.approvals = Approvals(drafts) if settings.FOUR_EYES else None
        self.passed: list[Edition] = []

    def refuse_unapproved(self, draft: Edition, at: datetime) -> None:
        """Refuse a draft that nobody else has approved."""
        if self.approvals is None or self.approvals.are_given(draft, at):
            return
        if self.override:
            self._refuse_override()
        elif self.approves:
            self.approvals.refuse(draft, self.by)
        else:
            raise Refused(str(MISSING))
        self.passed.append(draft)

    def _refuse_override(self):
        if not may_override(self.by):
            raise Refused(gettext("Only an administrator may publish without approval."))

    def store(self, drafts: Sequence[Edition]) -> None:
        """Store what was approved, or published without approval, of the drafts that are."""
        ready = {draft.pk for draft in drafts}
        passed = [draft for draft in self.passed if draft.pk in ready]
        if passed and self.approvals:
            step = Step.OVERRIDDEN if self.override else Step.APPROVED
            self.approvals.store(passed, step, self.by, self.override)
