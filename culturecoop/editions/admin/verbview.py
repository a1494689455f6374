"""The page between a button and its verb: what is asked, and then what was done or refused."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.generic import FormView

from culturecoop.adminpages import AdminPageMixin
from culturecoop.reference.admin import admin_address
from culturecoop.unsaved.copies import copy_of, forget_copy

from .. import redirects, verbs
from .buttons import BY_NAME
from .checklist import Checklist, Line, checklist
from .comparison import differences
from .outcomes import along, outcome, reviewers_words, stay_public
from .present import others_told
from .reviewbar import review_of_bar


class VerbView(AdminPageMixin, FormView):
    """The page of one button of one edition; a button without a form acts at once."""

    template_name = "admin/editions/verb.html"

    def dispatch(self, request, pk, **asked):
        self.button = self.find_button(**asked)
        if self.button is None:
            raise Http404
        if not self.model_admin.may(request, self.button.right):
            raise PermissionDenied
        self.edition = self._stored(pk)
        return super().dispatch(request) if self.edition else self._gone()

    def find_button(self, verb):
        """Return the button that the address names, or None."""
        return BY_NAME.get(verb)

    def _stored(self, pk):
        """Return the edition with its title, which the log names also when it is gone by then."""
        editions = self.model_admin.get_queryset(self.request).filter(pk=pk)
        return editions.prefetch_related(*self.model_admin.title_from).first()

    def get_form_class(self):
        return self.button.form

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"edition": self.edition, "by": self.request.user}

    def get(self, request):
        return self._ask() if self.button.asks else HttpResponseNotAllowed(["POST"])

    def post(self, request):
        return super().post(request) if self.button.asks else self.form_valid(None)

    def form_valid(self, form):
        edition, number = self.edition, self.edition.number
        try:
            with transaction.atomic():
                before = edition.documents_taken()
                asked = form.cleaned_data if form else {}
                done = self.button.do(edition, by=self.request.user, **asked)
                number = number or edition.number
                said = [self.outcome(done, number), *along(done, before)]
                sentence = " ".join([*said, *reviewers_words(self.button, asked)])
                self.model_admin.log_change(self.request, edition, sentence)
        except verbs.Conflict as conflict:
            return self._ask_again(form, conflict)
        except (verbs.Refused, ValidationError) as refusal:
            return self._refused(form, getattr(refusal, "messages", [str(refusal)]))
        self._say(sentence, messages.SUCCESS)
        response = HttpResponseRedirect(self._next_address(done))
        forget_copy(self.request, response)
        return response

    def outcome(self, done, number):
        """Return the sentence that says what was done."""
        return outcome(self.button, done, number)

    def form_invalid(self, form):
        conflict = form.conflict()
        return self._ask_again(form, conflict) if conflict else self._ask(form)

    def _say(self, sentence, level):
        self.model_admin.message_user(self.request, sentence, level)

    def _next_address(self, done):
        """Return that of the edition to go on with, else of what is left of its track."""
        editions = self.model_admin.model.objects
        for candidate in (done, self.edition):
            if candidate and candidate.pk and editions.filter(pk=candidate.pk).exists():
                return self.model_admin.edition_url(candidate)
        left = editions.filter(**self.edition.track).current_for_editor().first()
        return self.model_admin.edition_url(left) if left else self.model_admin.list_url

    def _refused(self, form, reasons):
        if form is not None:
            form.add_error(None, reasons)
            return self._ask(form)
        for reason in reasons:
            self._say(reason, messages.ERROR)
        return HttpResponseRedirect(self.model_admin.edition_url(self.edition))

    def _gone(self):
        """Lead to the list, with the reason: nothing is there that the verb could be done to."""
        if self.request.method != "POST":
            raise Http404
        sentence = gettext("It is no longer there: somebody discarded it meanwhile.")
        self._say(sentence, messages.ERROR)
        return HttpResponseRedirect(self.model_admin.list_url)

    def _ask_again(self, form, conflict):
        """Show the draft as saved meanwhile, with what was typed for the older one."""
        self.edition = self._stored(self.edition.pk)
        if self.edition is None:
            return self._gone()
        return self._ask(form.renewed(self.edition), conflict)

    def _ask(self, form=None, conflict=None):
        if self.edition.state not in self.button.states:
            sentence = gettext("Its state is “%(state)s” now, so this cannot be done.")
            self._say(sentence % {"state": self.edition.state.label}, messages.WARNING)
            return HttpResponseRedirect(self.model_admin.edition_url(self.edition))
        form = form or self.get_form()
        return self.render_to_response(self.get_context_data(form=form, conflict=conflict))

    def get_context_data(self, form, **kwargs):
        button, edition, admin = self.button, self.edition, self.model_admin
        labels = getattr(form, "labels", None) or button.labels
        return super().get_context_data(
            title=button.action,
            subtitle=admin.title_of(edition),
            edition=edition,
            edition_url=admin.edition_url(edition),
            button=button,
            explanation=explanation(button, edition),
            form=form,
            unsaved_copy=copy_of(self.request),
            look_url=admin.verb_url("preview", edition) if edition.is_draft else "",
            submit=labels,
            submit_label=labels.of(form) if labels else button.action,
            checklist=self.checklist(),
            compare_url=admin.verb_url("compare", edition),
            others=others_told(edition, self.request.user) if edition.is_draft else [],
            **self.review(form),
            **kwargs,
        )

    def review(self, form):
        """Return what stands on the page of a draft that goes to readers, or to who approves it."""
        if self.button.name not in ("submit", "approve", "send_back", "publish"):
            return {}
        admin, opens = self.model_admin, self.button.name == "approve"
        buttons = [
            (button, admin.verb_url(button.name, self.edition))
            for button in admin.buttons_for(self.request, self.edition)
        ]
        return {
            "is_reviewed": True,
            "opens": (opens or getattr(form, "approves", False)) and not form.errors,
            "comparison": differences(self.edition),
            **review_of_bar(self.edition, buttons, self.button.name),
        }

    def checklist(self):
        """Return what the editor should read first, as a Checklist; None for nothing."""
        edition_url = self.model_admin.edition_url(self.edition)
        return checklist_of(self.button, self.edition, edition_url)


def explanation(button, edition):
    """Return the sentence that says what the verb means for readers."""
    if button.name == "cancel" and edition.withdrawal:
        return gettext("It will not be withdrawn: readers go on seeing what they see now.")
    return button.explanation


def checklist_of(button, edition, edition_url):
    """Return what the editor should read first, as a Checklist; None for nothing."""
    if button.name in ("publish", "approve"):
        return checklist(edition, edition_url)
    if button.name == "withdraw":
        return Checklist([], _led_here(edition), [], [])
    if button.name == "cancel" and (kept := edition.documents_taken()):
        return Checklist([], [], [Line(stay_public(kept))], [])
    alone = not edition.siblings().exclude(pk=edition.pk).exists()
    if button.name == "discard" and alone:
        note = gettext("It was never published, so its address goes with it.")
        return Checklist([], [], [Line(note)], [])
    return None


def _led_here(edition):
    """Return Lines about the withdrawals whose readers are sent to what is to be withdrawn."""
    sentence = gettext(
        "“%(title)s” was withdrawn and sends its readers here. They will find only your reason, "
        "unless you redirect them."
    )
    return [
        Line(sentence % {"title": one.identity.heading}, admin_address(one))
        for one in redirects.led_here(edition)
    ]
