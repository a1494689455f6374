"""The buttons of an edition: each one verb, for who has the right, in the states it fits."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from .. import verbs
from ..models import State
from .draftforms import DraftForm, VerbForm
from .forms import ApproveForm, PublishForm, WithdrawForm
from .moments import MomentLabels
from .reviewforms import SendBackForm, SubmitForm

CHANGE, PUBLISH, DISCARD = "change", "publish", "delete"  # the permissions, by their prefix


def always(standing):
    return True


@dataclass(frozen=True)
class Button:
    """One verb: who may do it, in which states, and what is asked first.

    `done` is what the log keeps; `form` is None when the button does it at once.
    """

    name: str
    label: str
    right: str
    states: tuple
    do: Callable  # (edition, by=…, **what was asked) → the edition to go on with, or None
    done: str
    form: type | None = None
    explanation: str = ""
    danger: bool = False
    labels: MomentLabels | None = None  # of a verb that takes a moment
    opens: bool = False  # a form, whose first save does it
    fits: Callable = always  # (Standing of the review of a draft) → whether it is offered

    @property
    def asks(self):
        """Is something asked before it is done?"""
        return self.form is not None

    @property
    def action(self):
        """The label without the dots that say that something is asked first."""
        return str(self.label).removesuffix("…")


BUTTONS = (
    Button(
        "edit", _("Edit"), CHANGE, (State.LIVE, State.SCHEDULED), verbs.new_draft,
        _("Made a draft of edition %(number)s."), opens=True,
    ),
    Button(
        "restore", _("Restore"), CHANGE, (State.SUPERSEDED, State.CANCELLED), verbs.restore,
        _("Made a draft of the older edition %(number)s."),
    ),
    Button(
        "publish", _("Publish…"), PUBLISH, (State.DRAFT,), verbs.publish,
        _("Published edition %(number)s."), PublishForm,
        labels=MomentLabels(_("Publish"), _("Publish now"), _("Publish on %(when)s")),
    ),
    Button(
        "submit", _("Submit for review…"), CHANGE, (State.DRAFT,), verbs.submit,
        _("Submitted for review."), SubmitForm,
        _("Somebody else looks at it, then approves it or sends it back to you. Saving it again "
          "takes it out of review."),
        fits=attrgetter("can_submit"),
    ),
    Button(
        "take_back", _("Take the submission back…"), CHANGE, (State.DRAFT,), verbs.take_back,
        _("Took the submission back."), DraftForm,
        _("It is your draft again, and nobody is asked to approve it."),
        fits=attrgetter("can_take_back"),
    ),
    Button(
        "approve", _("Approve…"), PUBLISH, (State.DRAFT,), verbs.approve,
        _("Approved."), ApproveForm,
        _("This very version may then be published, also by its author. Saving it again voids it."),
        fits=attrgetter("can_approve"),
    ),
    Button(
        "send_back", _("Send back…"), PUBLISH, (State.DRAFT,), verbs.send_back,
        _("Sent back."), SendBackForm,
        _("Its author is told why, and can submit it again."),
        fits=attrgetter("can_send_back"),
    ),
    Button(
        "cancel", _("Cancel the schedule"), PUBLISH, (State.SCHEDULED,), verbs.cancel_schedule,
        _("Cancelled the schedule of edition %(number)s."), VerbForm,
        _("It becomes the draft again. Readers go on seeing what they see now."),
    ),
    Button(
        "withdraw", _("Withdraw…"), PUBLISH, (State.LIVE,), verbs.withdraw,
        _("Withdrawn. Readers now see the reason."), WithdrawForm,
        _("Its address shows the reason. Editions that readers have seen stay readable, with "
          "their pictures, under addresses of their own, and say that it was withdrawn. What is "
          "scheduled for later is cancelled; it stays in the history."), True,
        MomentLabels(_("Withdraw"), _("Withdraw now"), _("Withdraw on %(when)s")),
    ),
    Button(
        "discard", _("Discard…"), DISCARD, (State.DRAFT,), verbs.discard,
        _("Discarded the draft."), DraftForm,
        _("The draft is deleted with all that was written in it. This cannot be undone."), True,
    ),
)  # fmt: skip
BY_NAME = {button.name: button for button in BUTTONS}
#: Those of the review of a draft.
REVIEW = ("submit", "take_back", "approve", "send_back")
