"""The savings of a draft: their list, what each of them said, and taking the draft back to one."""

from functools import partial
from itertools import zip_longest

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from culturecoop.adminpages import AdminPageMixin
from culturecoop.clock import day_and_time

from .. import verbs
from ..models import State
from ..saved import show, snapshot_in, what_is_left
from ..savings import KEPT, savings_of
from .buttons import CHANGE, Button
from .checklist import Checklist, Line
from .draftforms import DraftForm
from .savedcomparison import CompareSavingsView
from .verbview import VerbView


class Savings:
    """Mixed into the admin of editions: the addresses of the savings of a draft."""

    def get_urls(self):
        prefix, wrap = self.address_prefix, self.admin_site.admin_view
        savings = SavingsView.as_view(model_admin=self)
        revert = RevertView.as_view(model_admin=self)
        compare = CompareSavingsView.as_view(model_admin=self)
        one = "<int:pk>/savings/<int:version>/"
        return [
            path("<int:pk>/savings/compare/", wrap(compare), name=f"{prefix}_compare_savings"),
            path("<int:pk>/savings/", wrap(savings), name=f"{prefix}_savings"),
            path(one, wrap(self.saving_view), name=f"{prefix}_saving"),
            path(f"{one}revert/", wrap(revert), name=f"{prefix}_revert"),
            *super().get_urls(),
        ]

    def savings_url(self, draft):
        return reverse(f"admin:{self.address_prefix}_savings", args=[draft.pk])

    def saving_url(self, draft, version):
        return reverse(f"admin:{self.address_prefix}_saving", args=[draft.pk, version])

    def compare_savings_url(self, draft, **versions):
        """Return where two versions of a draft are compared: `{"from": 2, "to": 3}`."""
        name = f"admin:{self.address_prefix}_compare_savings"
        return reverse(name, args=[draft.pk], query=versions)

    def revert_url(self, draft, version):
        return reverse(f"admin:{self.address_prefix}_revert", args=[draft.pk, version])

    def seen_edition(self, request, pk):
        """Return an edition to who may look at it."""
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_or_change_permission(request, edition):
            raise PermissionDenied
        return edition

    def saving_view(self, request, pk, version):
        """Show what a draft said in a version as readers would have seen it, with a banner."""
        draft = self.seen_edition(request, pk)
        snapshot = snapshot_in(draft, version) if draft.is_draft else None
        if snapshot is None:
            raise Http404
        left, _gone = what_is_left(self.model, snapshot)
        draft.shown_saving = version
        return self.preview(request, show(draft, left))


class SavingsView(AdminPageMixin, TemplateView):
    """The page that lists the savings of a draft."""

    template_name = "admin/editions/savings.html"

    def get(self, request, pk):
        draft = self.model_admin.seen_edition(request, pk)
        if draft.is_draft:
            return self.render_to_response(self.get_context_data(draft=draft))
        sentence = gettext("It is no draft any more: the savings of the draft went with it.")
        self.model_admin.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(self.model_admin.edition_url(draft))

    def get_context_data(self, draft, **kwargs):
        admin = self.model_admin
        savings = list(savings_of(draft).defer("snapshot").select_related("saved_by"))
        may = admin.may(self.request, CHANGE)
        return super().get_context_data(
            title=gettext("Savings"),
            subtitle=admin.title_of(draft),
            draft=draft,
            edition_url=admin.edition_url(draft),
            preview_url=admin.verb_url("preview", draft),
            may_revert=may,
            kept=KEPT,
            compare_now_url=admin.compare_savings_url(draft) if savings else "",
            savings=[
                {
                    "saving": saving,
                    "look": admin.saving_url(draft, saving.version),
                    "with_now": admin.compare_savings_url(draft, **{"from": saving.version}),
                    "with_before": before
                    and admin.compare_savings_url(
                        draft, **{"from": before.version, "to": saving.version}
                    ),
                    "revert": admin.revert_url(draft, saving.version) if may else "",
                }
                for saving, before in zip_longest(savings, savings[1:])
            ],
            **kwargs,
        )


class RevertView(VerbView):
    """The page that asks before a draft is taken back to one of its savings."""

    def find_button(self, version):
        """Return the button of this one saving."""
        self.version = version
        return Button(
            "revert",
            gettext("Take back to version %(version)s") % {"version": version},
            CHANGE,
            (State.DRAFT,),
            partial(verbs.revert, to=version),
            gettext("Took the draft back to version %(version)s.") % {"version": version},
            DraftForm,
        )

    @property
    def saving(self):
        return savings_of(self.edition).filter(version=self.version).first()

    def get(self, request):
        if self.edition.is_draft and self.saving is None:
            sentence = gettext("This saving is no longer kept. Choose another one.")
            self.model_admin.message_user(request, sentence, messages.WARNING)
            return HttpResponseRedirect(self.model_admin.savings_url(self.edition))
        return super().get(request)

    def outcome(self, done, number):
        sentences = [super().outcome(done, number)]
        if done.left_out:
            sentences.append(left_out(done.left_out))
        return " ".join(sentences)

    def checklist(self):
        """Return what it was, what is replaced, and what cannot come back."""
        saving = self.saving
        if saving is None:
            return None
        _left, gone = what_is_left(type(self.edition), saving.snapshot)
        notes = [Line(left_out(gone))] if gone else []
        now = _saved(self.edition.changed_by, self.edition.changed_at)
        then = _saved(saving.saved_by, saving.saved_at)
        replaced = REPLACED % {"version": self.version, "then": then, "now": now}
        return Checklist([], [], notes, [replaced, str(KEPT_TOO), str(NOT_IN_IT)])


REPLACED = _(
    "The draft gets all that it said in version %(version)s (%(then)s): fields, texts, rows and "
    "blocks, in place of what it says now (%(now)s)."
)
KEPT_TOO = _("What it says now stays among the savings, so you can go back to it the same way.")
NOT_IN_IT = _(
    "What is no part of a draft stays as it is: the address and its place, the documents with "
    "their titles and files, the names of parties and themes."
)


def left_out(names):
    """Say what rows cannot come back, by what they point to."""
    sentence = gettext("No longer there, so left out with its rows: %(what)s.")
    return sentence % {"what": ", ".join(names)}


def _saved(user, moment):
    """Return by whom something was saved, and when."""
    sentence = gettext("saved by %(who)s on %(day)s at %(time)s")
    return sentence % {"who": user or gettext("a command"), **day_and_time(moment)}
