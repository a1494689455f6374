"""The buttons of an edition: each one verb, for who has the right, in the states it fits."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.reference.admin import admin_address

from .. import redirects, verbs
from ..models import State
from .checklist import Checklist, Line, checklist
from .forms import DraftForm, PublishForm, VerbForm, WithdrawForm
from .moments import MomentLabels
from .outcomes import along, outcome, stay_public

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
        _("Made a draft of edition %(number)s."),
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


class Buttons:
    """The addresses of the verbs, and which of them an edition shows to whom."""

    verb_template = "admin/editions/verb.html"

    def get_urls(self):
        prefix = self.address_prefix
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"{prefix}_preview"),
            path("<int:pk>/<slug:verb>/do/", wrap(self.verb_view), name=f"{prefix}_verb"),
            *super().get_urls(),
        ]

    @property
    def address_prefix(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def verb_url(self, name, edition):
        if name == "preview":
            return reverse(f"admin:{self.address_prefix}_preview", args=[edition.pk])
        return reverse(f"admin:{self.address_prefix}_verb", args=[edition.pk, name])

    def edition_url(self, edition):
        return reverse(f"admin:{self.address_prefix}_change", args=[edition.pk])

    def may(self, request, right):
        return request.user.has_perm(f"{self.opts.app_label}.{right}_{self.opts.model_name}")

    def buttons_for(self, request, edition):
        """The buttons that this user has on this edition, in its state, as things stand."""
        fitting = [b for b in BUTTONS if edition.state in b.states and self.may(request, b.right)]
        if edition.withdrawal:
            return [b for b in fitting if b.name == "cancel"]
        if self.draft_beside(edition):
            return [b for b in fitting if b.do not in (verbs.new_draft, verbs.restore)]
        return fitting

    def draft_beside(self, edition):
        """The draft that stands beside a published edition, or None."""
        return None if edition.is_draft else edition.siblings().drafts().first()

    # Doing it

    def verb_view(self, request, pk, verb):
        button = BY_NAME.get(verb)
        edition = self.get_queryset(request).filter(pk=pk).first()
        if button is None:
            raise Http404
        if not self.may(request, button.right):
            raise PermissionDenied
        if edition is None:
            return self._gone(request)
        if request.method != "POST":
            return self._ask(request, edition, button)
        form = button.form and button.form(request.POST, edition=edition)
        if form and not form.is_valid():
            if conflict := form.conflict():
                return self._ask_again(request, edition, button, form, conflict)
            return self._ask(request, edition, button, form)
        return self._do(request, edition, button, form)

    def _do(self, request, edition, button, form):
        number = edition.number
        try:
            with transaction.atomic():
                before = edition.documents_taken()
                done = button.do(edition, by=request.user, **(form.cleaned_data if form else {}))
                number = number or edition.number
                sentence = " ".join([outcome(button, done, number), *along(done, before)])
                self.log_change(request, edition, sentence)
        except verbs.Conflict as conflict:
            return self._ask_again(request, edition, button, form, conflict)
        except (verbs.Refused, ValidationError) as refusal:
            return self._refused(request, edition, button, form, sentences(refusal))
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(self._next_address(edition, done))

    def _next_address(self, edition, done):
        """The edition to go on with, else what is left of its track, else the list."""
        for candidate in (done, edition):
            if candidate and candidate.pk and self.model.objects.filter(pk=candidate.pk).exists():
                return self.edition_url(candidate)
        left = self.model.objects.filter(**edition.track).current_for_editor().first()
        return self.edition_url(left) if left else self.list_url

    @property
    def list_url(self):
        return reverse(f"admin:{self.address_prefix}_changelist")

    def _refused(self, request, edition, button, form, reasons):
        if form is not None:
            form.add_error(None, reasons)
            return self._ask(request, edition, button, form)
        for reason in reasons:
            self.message_user(request, reason, messages.ERROR)
        return HttpResponseRedirect(self.edition_url(edition))

    def _gone(self, request):
        """To the list, with the reason: nothing is there that the verb could be done to."""
        if request.method != "POST":
            raise Http404
        sentence = gettext("It is no longer there: somebody discarded it meanwhile.")
        self.message_user(request, sentence, messages.ERROR)
        return HttpResponseRedirect(self.list_url)

    def _ask_again(self, request, edition, button, form, conflict):
        """The page for the draft as saved meanwhile, with what was typed for the older one."""
        now = self.get_queryset(request).filter(pk=edition.pk).first()
        if now is None:
            return self._gone(request)
        return self._ask(request, now, button, form.renewed(now), conflict)

    def _ask(self, request, edition, button, form=None, conflict=None):
        """The page between the button and the verb."""
        if button.form is None:
            return HttpResponseNotAllowed(["POST"])
        if edition.state not in button.states:
            self.message_user(
                request,
                gettext("Its state is “%(state)s” now, so this cannot be done.")
                % {"state": edition.state.label},
                messages.WARNING,
            )
            return HttpResponseRedirect(self.edition_url(edition))
        form = form or button.form(edition=edition)
        context = {
            **self.admin_site.each_context(request),
            "title": button.action,
            "subtitle": self.title_of(edition),
            "opts": self.opts,
            "edition": edition,
            "edition_url": self.edition_url(edition),
            "button": button,
            "explanation": explanation(button, edition),
            "form": form,
            "conflict": conflict,
            "look_url": self.verb_url("preview", edition) if edition.is_draft else "",
            "submit": button.labels,
            "submit_label": button.labels.of(form) if button.labels else button.action,
            "checklist": self._checklist(edition, button),
            "media": self.media,
        }
        return TemplateResponse(request, self.verb_template, context)

    def _checklist(self, edition, button):
        """What the editor should read first."""
        if button.name == "publish":
            return checklist(edition, self.edition_url(edition))
        if button.name == "withdraw":
            return Checklist([], _led_here(edition), [], [])
        if button.name == "cancel" and (kept := edition.documents_taken()):
            return Checklist([], [], [Line(stay_public(kept))], [])
        alone = not edition.siblings().exclude(pk=edition.pk).exists()
        if button.name == "discard" and alone:
            note = gettext("It was never published, so its address goes with it.")
            return Checklist([], [], [Line(note)], [])
        return None

    def preview_view(self, request, pk):
        """The real public page of any edition, with a banner."""
        edition = self.get_queryset(request).filter(pk=pk).first()
        if edition is None:
            raise Http404
        if not self.has_view_or_change_permission(request, edition):
            raise PermissionDenied
        return self.preview(request, edition)


def explanation(button, edition):
    """The sentence that says what the verb means for readers."""
    if button.name == "cancel" and edition.withdrawal:
        return gettext("It will not be withdrawn: readers go on seeing what they see now.")
    return button.explanation


def _led_here(edition):
    """Lines about the withdrawals whose readers are sent to what is about to be withdrawn."""
    sentence = gettext(
        "“%(title)s” was withdrawn and sends its readers here. They will find only your reason, "
        "unless you redirect them."
    )
    return [
        Line(sentence % {"title": one.identity.heading}, admin_address(one))
        for one in redirects.led_here(edition)
    ]


def sentences(refusal):
    return refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
