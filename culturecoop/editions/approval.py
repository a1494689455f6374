"""Four eyes: a version goes to readers only when somebody else than its authors has approved it.

`FOUR_EYES` asks for it. Who changed a draft since it was approved last, be it by an import, is one
of its authors; so is who added a file that becomes public with it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import reviews
from .guards import Actor, Conflict, Refused
from .models import Edition
from .reviews import OVERRIDE, Step
from .seen import Seen


@dataclass(frozen=True)
class Asked:
    """What is asked for with drafts, and what the caller saw: see the verb `publish`."""

    by: Actor = None
    at: datetime | None = None
    files: Collection[int] | None = None
    seen: Seen | None = None
    change_note: str = ""
    meaning_unchanged: bool = False
    answers: Mapping[str, str] | None = None
    agreed: Collection[str] = ()
    approves: bool = False
    override: str = ""


MISSING = _("Somebody else has to approve this version before it is published.")
OPEN = _("Open it and press “Publish…”: there you see what changes, and approve it.")


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

    def given_by_another(self, draft: Edition, by: Actor) -> reviews.Review | None:
        """Return the approval under which `by` publishes what somebody else approved, or None."""
        review = self.reviews[draft.pk]
        return review if review.by != by and self.are_given(draft) else None

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

    def store(
        self, drafts: Sequence[Edition], step: str, by: Actor, note: str = "",
        decided: Mapping[int, Mapping[str, Any]] | None = None,
    ) -> None:  # fmt: skip
        """Store a step that was taken about drafts; with an approval what was `decided` of each.

        An approval is one of the files as well. When it is sent back, all who changed the draft are
        its authors again.
        """
        found = [self.reviews[draft.pk] for draft in drafts]
        for review, draft in zip(found, drafts, strict=True):
            if step == Step.SENT_BACK and review.step == Step.APPROVED:
                review.approved = 0
            review.take(step, draft.version, by, note)
            if step == Step.APPROVED:
                review.approved, review.decided = draft.version, dict((decided or {})[draft.pk])
                review.files = [file.pk for file in draft.files_coming_out()]
        reviews.store(found)


def approvals_asked(drafts: Sequence[Edition]) -> Approvals | None:
    """Return the Approvals of drafts where `FOUR_EYES` asks for them, else None."""
    return Approvals(drafts) if settings.FOUR_EYES else None


def hindrances(drafts: Sequence[Edition], by: Actor) -> dict[int, str]:
    """Return {id: why `by` cannot publish a draft together with others, for want of approval}."""
    approvals = approvals_asked(drafts)
    return {
        draft.pk: approvals.why_not_by(draft, by) or str(OPEN)
        for draft in drafts
        if approvals and not approvals.are_given(draft)
    }


def may_override(by: Any) -> bool:
    """Return whether somebody may publish without approval, with a reason that is kept."""
    return by is not None and by.has_perm(OVERRIDE)


class Gate:
    """What stands between drafts and their publication: nothing without `FOUR_EYES`."""

    def __init__(self, drafts: Sequence[Edition], asked: Asked) -> None:
        self.asked, self.override = asked, asked.override.strip()
        self.approvals = approvals_asked(drafts)
        self.passed: list[Edition] = []
        self.decided: dict[int, dict[str, Any]] = {}

    def refuse_unapproved(self, draft: Edition, at: datetime) -> None:
        """Refuse a draft that nobody else has approved."""
        if self.approvals is None or self.approvals.are_given(draft, at):
            return
        if self.override:
            if not may_override(self.asked.by):
                raise Refused(gettext("Only an administrator may publish without approval."))
        elif self.asked.approves:
            self._refuse_sent_back(self.approvals.reviews[draft.pk])
            self.approvals.refuse(draft, self.asked.by)
        else:
            raise Refused(self.approvals.why_not_by(draft, self.asked.by) or f"{MISSING} {OPEN}")
        self.passed.append(draft)

    def _refuse_sent_back(self, review):
        seen = self.asked.seen
        if review.step == Step.SENT_BACK and seen and review.at > seen.at:
            raise Conflict(gettext("It was reviewed meanwhile: look again, then decide."))

    def as_approved(self, draft: Edition) -> Asked:
        """Return what is asked with a draft: of what somebody else approved, what he decided."""
        if self.approvals is None or draft in self.passed:
            return self.asked
        review = self.approvals.reviews[draft.pk]
        if review.by == self.asked.by:
            return self.asked
        return replace(self.asked, agreed=(), **review.decided)

    def note(self, draft: Edition, asked: Asked, answers: Mapping[str, str]) -> None:
        """Note what is decided with a draft besides its words."""
        self.decided[draft.pk] = decided(asked, answers)

    def store(self, drafts: Sequence[Edition]) -> None:
        """Store what was approved, or published without approval, of the drafts that are."""
        passed = set(self.passed)
        here = [draft for draft in drafts if draft in passed]
        if here and self.approvals:
            step = Step.OVERRIDDEN if self.override else Step.APPROVED
            self.approvals.store(here, step, self.asked.by, self.override, self.decided)


def decided(asked: Asked, answers: Mapping[str, str]) -> dict[str, Any]:
    """Return what readers get of a draft besides its words, as a Review keeps it."""
    return {
        "change_note": asked.change_note,
        "meaning_unchanged": asked.meaning_unchanged,
        "answers": dict(answers),
    }
