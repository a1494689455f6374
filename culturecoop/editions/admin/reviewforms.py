"""What is asked for a review, and for the approval that a publication needs."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.texts import ReasonField, no_control_characters, tidy

from ..reviews import review_of
from .draftforms import DraftForm
from .moments import MomentLabels

APPROVING = MomentLabels(
    _("Approve and publish"), _("Approve and publish now"), _("Approve and publish on %(when)s")
)
APPROVING_ALL = MomentLabels(
    _("Approve and publish the drafts"),
    _("Approve and publish the drafts now"),
    _("Approve and publish the drafts on %(when)s"),
)
OVERRIDING = MomentLabels(
    _("Publish without approval"),
    _("Publish without approval now"),
    _("Publish without approval on %(when)s"),
)


class NoteField(forms.CharField):
    """A note to the other side of a review, which may stay empty."""

    def __init__(self, help_text):
        super().__init__(
            label=_("Note"),
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
            validators=[no_control_characters],
            help_text=help_text,
        )

    def clean(self, value):
        return tidy(super().clean(value))


def override_field():
    """Return the question why an administrator publishes without approval."""
    return forms.CharField(
        label=_("Why it is published without approval"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        validators=[no_control_characters],
        help_text=_("The reason is kept in the history."),
    )


class StepForm(DraftForm):
    """The confirmation for a draft in the step of its review that was looked at."""

    step = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = review_of(self.edition)
        self.initial["step"] = self._step = f"{self.review.step} {self.review.at or ''}".strip()

    def clean(self):
        cleaned = super().clean()
        if cleaned.pop("step", "") != self._step:
            self.data = self.data.copy()
            self.data["step"] = self._step
            raise ValidationError(gettext("It was reviewed meanwhile: look again, then decide."))
        return cleaned


class SubmitForm(DraftForm):
    note = NoteField(_("What is new, and what to look at. Whoever approves it sees this."))


class SendBackForm(StepForm):
    reason = ReasonField(_("The author sees it on the desk and above the draft."))

    def clean_reason(self):
        return tidy(self.cleaned_data["reason"])
