"""What the editor is asked before a verb is done."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.texts import MAX_LENGTH, no_control_characters, tidy

from .answers import AnswersForm, SharedAnswersForm, posted_answers


class MomentInput(forms.DateTimeInput):
    """The browser's own choice of date and time."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


def _moment_help():
    zone = timezone.get_default_timezone_name()
    return gettext("Empty: at once. A time ahead is local time (%(zone)s).") % {"zone": zone}


moment_help = lazy(_moment_help, str)  # in the language of the request


class MomentField(forms.DateTimeField):
    """A date and time in the site's time zone, perhaps empty."""

    widget = MomentInput
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")

    def __init__(self, **kwargs):
        kwargs["help_text"] = moment_help()
        super().__init__(required=False, input_formats=self.input_formats, **kwargs)

    def clean(self, value):
        at = super().clean(value)
        if at is not None and at < timezone.now():
            raise ValidationError(_("This time has passed. Choose one ahead, or none for now."))
        return at


class TextArea(forms.Textarea):
    def __init__(self):
        super().__init__({"rows": 4, "class": "vLargeTextField"})


class VerbForm(forms.Form):
    """Nothing is asked but the confirmation."""

    def __init__(self, *args, edition, **kwargs):
        self.edition = edition
        super().__init__(*args, **kwargs)


class PublicationForm(forms.Form):
    """What is asked before anything is published, be it one draft or many."""

    change_note = forms.CharField(
        label=_("Public change note"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        validators=[no_control_characters],
        help_text=_("Readers see this line in the list of changes: what is new, in a sentence."),
    )
    at = MomentField(label=_("Publish on"))


class TogetherForm(SharedAnswersForm, PublicationForm):
    """What is asked before many drafts are published: each question once."""

    def __init__(self, *args, shared=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(shared)


class PublishForm(AnswersForm, PublicationForm, VerbForm):
    meaning_unchanged = forms.BooleanField(
        label=_("The meaning is unchanged"),
        required=False,
        help_text=_("Translations stay up to date; readers are not told that they are behind."),
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, edition=edition, **kwargs)
        if not edition.siblings().published().exists():
            del self.fields["meaning_unchanged"]
        self.ask(questions_of(edition, posted_answers(self.data)))


def questions_of(draft, answers):
    """The questions about a draft; none while something else stands in the way."""
    try:
        draft.check_publishable()
    except ValidationError:
        return []
    return draft.questions(answers)


class WithdrawForm(VerbForm):
    reason = forms.CharField(
        label=_("Reason"),
        widget=TextArea,
        validators=[no_control_characters, MaxLengthValidator(MAX_LENGTH)],
        help_text=_("Readers who open the address see this text."),
    )
    redirect_to = forms.CharField(
        label=_("Redirect to"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_(
            "Readers are sent to this address instead: of this site (/agreements/korea/) or of "
            "another one (https://…)."
        ),
    )
    at = MomentField(label=_("Withdraw on"))

    def clean_reason(self):
        return tidy(self.cleaned_data["reason"])

    def clean_redirect_to(self):
        address = self.cleaned_data["redirect_to"]
        if address and not is_address(address):
            raise ValidationError(gettext("Write an address that begins with / or with https://."))
        own = self.edition.identity.get_absolute_url()
        if address in {translate_url(own, code) for code, _name in settings.LANGUAGES}:
            raise ValidationError(gettext("This is the address itself. Choose another one."))
        return address


def is_address(text):
    """Is it an address of this site, or of another one?"""
    if text.startswith("/"):
        return not text.startswith(("//", "/\\")) and text.isprintable()
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return True
