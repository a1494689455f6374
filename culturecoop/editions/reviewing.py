"""The verbs of a review: what an author asks for, and what somebody else answers.

Each takes the version that its caller saw, by default that of the instance, and raises `Conflict`
when the draft has moved on. A later saving voids what was submitted or approved.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from .approval import Approvals, Asked, decided
from .guards import Actor, E, Refused, hold, refuse_other_files
from .publication import answers_to, read_along, refuse_changes
from .reviews import Step, step_of
from .signals import reviewed


@transaction.atomic
def submit(draft: E, *, note: str = "", version: int | None = None, by: Actor = None) -> E:
    """Ask that somebody else looks at a draft and approves it, with a `note` to him."""
    stored, approvals = _held(draft, version)
    if _step(stored, approvals) in (Step.SUBMITTED, Step.APPROVED):
        raise Refused(_("It was submitted or approved already."))
    return _take(stored, approvals, Step.SUBMITTED, by, note)


@transaction.atomic
def take_back(draft: E, *, version: int | None = None, by: Actor = None) -> E:
    """Take a submission back: who submitted it, or is its author, goes on with the draft."""
    stored, approvals = _held(draft, version)
    review = approvals.reviews[stored.pk]
    if _step(stored, approvals) != Step.SUBMITTED:
        raise Refused(_("It is not in review, so there is nothing to take back."))
    if by is None or (review.by != by and by.pk not in approvals.authors[stored.pk]):
        raise Refused(_("%(who)s submitted it, so you cannot take it back.") % {"who": review.by})
    return _take(stored, approvals, "", by)


@transaction.atomic
def send_back(draft: E, *, reason: str, version: int | None = None, by: Actor = None) -> E:
    """Give a submission back to its author, with the reason."""
    stored, approvals = _held(draft, version)
    if not reason.strip():
        raise Refused(_("Say why you send it back: its author sees the reason."))
    if _step(stored, approvals) not in (Step.SUBMITTED, Step.APPROVED):
        raise Refused(_("It is not in review, so there is nothing to send back."))
    return _take(stored, approvals, Step.SENT_BACK, by, reason)


@transaction.atomic
def approve(
    draft: E, *, note: str = "", version: int | None = None, by: Actor = None, **asked: Any
) -> E:
    """Approve a version of a draft, and what readers get with it.

    `files`, `seen`, `change_note`, `meaning_unchanged`, `answers` and `agreed` are as in the verb
    `publish`: who publishes it then, and has not approved it, decides none of them again. Who
    changed the draft since it was approved last cannot approve it.
    """
    wanted = Asked(by=by, **asked)
    stored = hold(draft, version=draft.version if version is None else version)
    changes, read = read_along([stored], wanted.seen)
    approvals = Approvals([stored])
    refuse_changes(changes[stored.pk])
    stored.check_publishable(read)
    refuse_other_files(stored, None, wanted.files)
    approvals.refuse(stored, by)
    answers = answers_to(stored.questions(wanted.answers), wanted.answers or {}, wanted.agreed)
    return _take(stored, approvals, Step.APPROVED, by, note, {stored.pk: decided(wanted, answers)})


def _held(draft, version):
    stored = hold(draft, version=draft.version if version is None else version)
    return stored, Approvals([stored])


def _step(draft, approvals):
    return step_of(draft, approvals.reviews[draft.pk])


def _take(
    draft: Any, approvals: Approvals, step: str, by: Actor, note: str = "", decided: Any = None
) -> Any:
    """Store a step about a draft and tell of it; return the draft as it is stored."""
    before = approvals.reviews[draft.pk].by
    approvals.store([draft], step, by, note, decided)
    reviewed.send(type(draft), editions=[draft], step=step, by=by, note=note, before=before)
    return draft
