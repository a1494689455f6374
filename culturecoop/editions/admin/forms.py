"""What the editor is asked before a verb is done."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.links import is_internal, mended, why_refused
from culturecoop.reference.admin import admin_address
from culturecoop.texts import ReasonField, no_control_characters, tidy

from .. import redirects
from ..approval import Approvals, approvals_asked, may_override
from ..seen import changes_since
from ..together import obstacle
from .answers import PREFIX, AnswersForm, SharedAnswersForm, posted_answers
from .draftforms import RowsField, SeenField, VerbForm
from .moments import MomentForm
from .reviewforms import APPROVING, OVERRIDING, NoteField, StepForm, override_field


class ChangeNoteForm(forms.Form):
    """The line that readers see in the list of changes."""

    change_note = forms.CharField(
        label=_("Public change note"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        validators=[no_control_characters],
        help_text=_("Readers see this line in the list of changes: what is new, in a sentence."),
    )


class PublicationForm(ChangeNoteForm, MomentForm):
    """What is asked before anything is published, be it one draft or many."""

    field_order = ["override", "change_note", "meaning_unchanged", "when", "at"]


class TogetherForm(SharedAnswersForm, PublicationForm):
    """What is asked before many drafts are published: each question once."""

    def __init__(self, *args, shared=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(shared)


class DecisionForm(AnswersForm, ChangeNoteForm, StepForm):
    """What is decided about a draft, be it approved or published: what readers get with it."""

    #: Whether something is decided here that readers see.
    asks = True

    files = RowsField()
    seen = SeenField()
    meaning_unchanged = forms.BooleanField(
        label=_("The meaning is unchanged"),
        required=False,
        help_text=_("Translations stay up to date; readers are not told that they are behind."),
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, edition=edition, **kwargs)
        if not edition.siblings().published().exists():
            del self.fields["meaning_unchanged"]
        self.files_coming_out = edition.files_coming_out()
        self.initial["files"] = [file.pk for file in self.files_coming_out]
        if self.asks:
            self.ask(questions_of(edition, posted_answers(self.data)))
        self.order_fields([name for name in self.fields if name.startswith(PREFIX)])

    def conflict(self):
        seen = self.cleaned_data.get("seen")
        return " ".join(changes_since(self.edition, seen)) if seen else ""


class ApproveForm(DecisionForm):
    """The approval of a version, with the files and the words that go to readers beside it."""

    note = NoteField(_("Its author sees this."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hindrance = Approvals([self.edition]).why_not_by(self.edition, self.by)
        self.is_blocked = bool(self.hindrance)


class PublishForm(DecisionForm, PublicationForm):
    """The publication of a draft, and whose approval it still needs.

    `hindrance` is why who asks can neither publish nor approve it; an administrator says then why
    he publishes it all the same. What somebody else approved is not decided here again.
    """

    override = override_field()
    labels = None

    def __init__(self, *args, edition, by=None, **kwargs):
        approvals = approvals_asked([edition])
        is_missing = approvals is not None and not approvals.are_given(edition)
        self.approved = approvals and approvals.given_by_another(edition, by)
        self.asks = not self.approved
        super().__init__(*args, edition=edition, by=by, **kwargs)
        self.hindrance = approvals.why_not_by(edition, by) if is_missing else ""
        self.approves = is_missing and not self.hindrance
        self.is_blocked = bool(self.hindrance) and not may_override(by)
        self._ask_what_is_needed()

    def _ask_what_is_needed(self):
        """Leave out what is not to be decided, and let the button say what it does."""
        if self.hindrance and not self.is_blocked:
            self.labels = OVERRIDING
        else:
            del self.fields["override"]
            self.labels = APPROVING if self.approves else None
        if not self.asks:
            del self.fields["change_note"]
            self.fields.pop("meaning_unchanged", None)

    def clean(self):
        cleaned = super().clean()
        cleaned["approves"] = self.approves
        return cleaned


def questions_of(draft, answers):
    """The questions about a draft; none while something else stands in the way."""
    return [] if obstacle(draft) else draft.questions(answers)


LATER = _(
    "If you schedule it: whoever publishes something else that uses one of these documents is "
    "warned. The document is withdrawn all the same, unless that is cancelled on its own page."
)


class ReasonForm(forms.Form):
    """The question why readers are to see something no more."""

    reason = ReasonField(_("Readers who open the address see this text."))


class WithdrawForm(ReasonForm, MomentForm, VerbForm):
    seen = RowsField()
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
    documents = forms.TypedChoiceField(
        label=_("Documents used only here"),
        choices=[
            (True, _("Withdraw them as well, with the same reason")),
            (False, _("Leave them public")),
        ],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the documents.")},
    )

    field_order = ["reason", "redirect_to", "documents", "when", "at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        left = self.edition.documents_left()
        self.initial["seen"] = [document.pk for document in left]
        if left:
            field = self.fields["documents"]
            field.required = bool(self["seen"].value())  # else they came since: see `renewed`
            links = ((admin_address(document), document) for document in left)
            field.help_text = format_html(
                "{}<p>{}</p>",
                format_html_join("", '<p><a href="{}" target="_blank">{}</a></p>', links),
                LATER,
            )
        else:
            del self.fields["documents"]

    def clean(self):
        """`documents` are the ids of those that are to be withdrawn as well."""
        cleaned = super().clean()
        cleaned["documents"] = cleaned.get("seen", []) if cleaned.get("documents") else []
        moment = cleaned.get("at") or timezone.now()
        if why := redirects.why_not(self.edition, cleaned.get("redirect_to"), moment):
            self.add_error("redirect_to", why)
        return cleaned

    def clean_reason(self):
        return tidy(self.cleaned_data["reason"])

    def clean_redirect_to(self):
        address = mended(self.cleaned_data["redirect_to"])
        if address and (why := why_refused(address, inside=is_internal(address))):
            raise ValidationError(why)
        own = self.edition.identity.get_absolute_url()
        if address in {translate_url(own, code) for code, _name in settings.LANGUAGES}:
            raise ValidationError(gettext("This is the address itself. Choose another one."))
        return address
