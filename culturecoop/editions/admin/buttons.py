"""The buttons of an edition: each one verb, for who has the right, in the states it fits."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .. import verbs
from ..models import State
from .forms import DraftForm, PublishForm, VerbForm, WithdrawForm
from .moments import MomentLabels

CHANGE, PUBLISH, DISCARD = "change", "publish", "delete"  # the permissions, by their prefix


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
