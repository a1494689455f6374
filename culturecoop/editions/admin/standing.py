"""Where the review of an edition stands for somebody: what he reads of it, and what he may do."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..approval import Approvals
from ..reviews import Review, Step, step_of
from ..seen import moment

SENTENCES = {
    Step.SUBMITTED: _("In review: %(who)s submitted it on %(when)s."),
    Step.SENT_BACK: _("%(who)s sent it back on %(when)s."),
    Step.APPROVED: _("%(who)s approved it on %(when)s."),
    Step.OVERRIDDEN: _("%(who)s published it without approval on %(when)s."),
}
#: Of a draft that was saved since.
VOID = {
    Step.SUBMITTED: _("%(who)s submitted it on %(when)s. It was saved since: submit it again."),
    Step.APPROVED: _("%(who)s approved it on %(when)s. It was saved since, which voids that."),
}


@dataclass(frozen=True)
class Standing:
    """The review of a draft for `by`: the step that holds, and why he cannot approve it."""

    review: Review
    step: str
    hindrance: str
    is_author: bool
    by: Any

    @classmethod
    def of(cls, draft: Any, by: Any) -> Self:
        """Return the standing of a draft, in a fixed number of queries."""
        approvals = Approvals([draft])
        review = approvals.reviews[draft.pk]
        hindrance, step = approvals.why_not_by(draft, by), step_of(draft, review)
        if step == Step.APPROVED and not approvals.are_given(draft):
            step = ""  # a file came since
        return cls(review, step, hindrance, by.pk in approvals.authors[draft.pk], by)

    @property
    def can_submit(self) -> bool:
        return self.step not in (Step.SUBMITTED, Step.APPROVED)

    @property
    def can_take_back(self) -> bool:
        return self.step == Step.SUBMITTED and (self.review.by == self.by or self.is_author)

    @property
    def can_approve(self) -> bool:
        return self.step != Step.APPROVED and not self.hindrance

    @property
    def can_send_back(self) -> bool:
        return self.step == Step.APPROVED or (
            self.step == Step.SUBMITTED and self.review.by != self.by
        )


def told(edition: Any, review: Review) -> str:
    """Return the sentence about the last step of the review of an edition, "" without one."""
    holds = step_of(edition, review)
    if not edition.is_draft and review.step not in (Step.APPROVED, Step.OVERRIDDEN):
        return ""
    return _said((SENTENCES if holds else VOID).get(review.step, ""), review.by, review.at)


def told_before(review: Review) -> list[tuple[str, str]]:
    """Return [(sentence, note)] of the steps before the last one, the first one first."""
    return [(_past(step), step["note"]) for step in review.earlier]


def _past(step):
    return _said(SENTENCES.get(step["step"], ""), step["by"], parse_datetime(str(step["at"])))


def _said(sentence, who, when):
    return sentence and sentence % {"who": who or gettext("A command"), "when": moment(when)}
