"""The page that compares two savings of a draft, of which the draft of now is one."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from culturecoop.adminpages import AdminPageMixin
from culturecoop.texts import whole_number

from ..differences.comparison import compare_shown
from ..saved import show, snapshot_in, what_is_left
from ..savings import savings_of
from .comparison import chosen_view
from .lists import moment


class CompareSavingsView(AdminPageMixin, TemplateView):
    """Two versions of a draft: `?from=2&to=3&view=sides`.

    Without `to` it is the draft of now; without `from` the saving before the other.
    """

    template_name = "admin/editions/compared_savings.html"
    http_method_names = ("get", "head", "options")

    def get(self, request, pk):
        admin = self.model_admin
        draft = admin.seen_edition(request, pk)
        self.labels = _labels(draft)
        versions = self._chosen(draft)
        if not draft.is_draft or not versions:
            sentence = _("This saving is no longer kept. Choose another one.")
            admin.message_user(request, sentence, messages.WARNING)
            return HttpResponseRedirect(admin.savings_url(draft))
        return self.render_to_response(self.get_context_data(draft=draft, versions=versions))

    def _chosen(self, draft):
        """Return the two versions, the older one first; () where one of them is not kept."""
        asked = {name: self.request.GET.get(name, "") for name in ("from", "to")}
        newer = whole_number(asked["to"]) if asked["to"] else draft.version
        if newer not in self.labels:
            return ()
        before = max((version for version in self.labels if version < newer), default=newer)
        older = whole_number(asked["from"]) if asked["from"] else before
        return sorted((older, newer)) if older in self.labels else ()

    def get_context_data(self, draft, versions, **kwargs):
        admin = self.model_admin
        sides, gone = zip(*(self._shown(draft.pk, version) for version in versions), strict=True)
        older, newer = versions
        return super().get_context_data(
            title=_("Comparison of savings"),
            subtitle=admin.title_of(draft),
            edition_url=admin.edition_url(draft),
            savings_url=admin.savings_url(draft),
            comparison=compare_shown(*sides),
            before=self.labels[older],
            after=self.labels[newer],
            gone=", ".join(sorted({name for names in gone for name in names})),
            asked=[
                (name, label, [(one, said, one == chosen) for one, said in self.labels.items()])
                for name, label, chosen in (
                    ("from", _("Compare"), older), ("to", _("with"), newer),
                )
            ],
            view=chosen_view(self.request),
            **kwargs,
        )  # fmt: skip

    def _shown(self, pk, version):
        """Return a draft that says what it said in a version, and what of it is gone."""
        draft = self.model_admin.get_queryset(self.request).get(pk=pk)
        left, gone = what_is_left(type(draft), snapshot_in(draft, version))
        return show(draft, left), gone


def _labels(draft):
    """Return {version: what it is called} of a draft and its savings, the newest first."""
    now = (draft.version, draft.changed_at)
    kept = savings_of(draft).values_list("version", "saved_at")
    sentence = _("Version %(version)s · %(when)s")
    labels = {
        version: sentence % {"version": version, "when": moment(at)} for version, at in (now, *kept)
    }
    labels[draft.version] += f" · {_('the draft of now')}"
    return labels
