"""Publishing some drafts of a list together, within the request."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.forms import HiddenInput, IntegerField
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..approval import hindrances
from ..models import State
from ..together import obstacle, try_to_publish
from .answers import shared_questions
from .buttons import BY_NAME
from .draftforms import INCOMPLETE, RowsField, SeenField
from .forms import TogetherForm
from .lists import moment
from .moments import MomentLabels
from .outcomes import outcome
from .publiclinks import public_links

# How many drafts the page takes at once: all of them are published in one request.
MOST = 200
# How many they are is not said: an unticked question leaves some of them out.
LABELS = MomentLabels(
    _("Publish the drafts"), _("Publish the drafts now"), _("Publish the drafts on %(when)s")
)


class SelectedForm(TogetherForm):
    """Asked before some drafts are published: each in the version that was looked at."""

    seen = SeenField()

    def __init__(self, *args, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        self.drafts = drafts
        self.coming_out = {draft: draft.files_coming_out() for draft in drafts}
        for draft in drafts:
            self.fields[f"version_{draft.pk}"] = IntegerField(
                widget=HiddenInput, initial=draft.version, error_messages=INCOMPLETE
            )
            self.fields[f"files_{draft.pk}"] = RowsField(
                initial=[file.pk for file in self.coming_out[draft]]
            )

    def options_for(self, draft):
        """Return the options of `verbs.publish` for one of the drafts."""
        shared = ("at", "change_note", "agreed", "seen")
        return {name: self.cleaned_data[name] for name in shared} | {
            name: self.cleaned_data[f"{name}_{draft.pk}"] for name in ("version", "files")
        }


def publish_few(model_admin, request, queryset):
    """Ask first, with what cannot be published and why; then publish the others."""
    drafts = list(queryset.drafts().order_by("pk")[: MOST + 1])
    if fault := _not_possible(drafts):
        model_admin.message_user(request, fault, messages.WARNING)
        return None
    left_out = len(_chosen(request)) - len(drafts)
    if left_out > 0:
        model_admin.message_user(request, _left_out(left_out), messages.WARNING)
    missing = hindrances(drafts, request.user)
    found = [(draft, obstacle(draft) or missing.get(draft.pk, "")) for draft in drafts]
    shared = shared_questions([draft for draft, why in found if not why], model_admin.linked)
    form = SelectedForm(
        request.POST if "confirmed" in request.POST else None, shared=shared, drafts=drafts
    )
    if not form.is_valid():
        return _ask_for_all(model_admin, request, found, form)
    refused = [(draft, _publish_one(model_admin, request, draft, form)) for draft in drafts]
    _tell(model_admin, request, [(draft, why) for draft, why in refused if why], form)
    return None


def _ask_for_all(model_admin, request, found, form):
    rows = [(model_admin.linked(draft), why) for draft, why in found]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Publish the selected drafts"),
        "opts": model_admin.opts,
        "drafts": [draft for draft, _why in found],
        "ready": [name for name, why in rows if not why],
        "refused": [row for row in rows if row[-1]],
        "form": form,
        "labels": LABELS,
        "submit_label": LABELS.of(form),
        "files": [file for draft, why in found if not why for file in form.coming_out[draft]],
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/editions/publish_selected.html", context)


def _publish_one(model_admin, request, draft, form):
    """Return why a draft was not published; None or "" when it was."""
    why = try_to_publish(draft, by=request.user, **form.options_for(draft))
    if not why:
        sentence = outcome(BY_NAME["publish"], draft, draft.number)
        model_admin.log_change(request, draft, sentence)
    return why


def _tell(model_admin, request, refused, form):
    left = {draft.pk for draft, _why in refused}
    if done := [draft for draft in form.drafts if draft.pk not in left]:
        at = form.cleaned_data["at"]
        state = State.SCHEDULED if at else State.LIVE
        links = public_links(model_admin, done, f"{model_admin.list_url}?state={state.value}")
        sentence = links.after(published(len(done), at))
        model_admin.message_user(request, sentence, messages.SUCCESS)
    for draft, why in refused:
        sentence = f"{model_admin.title_of(draft)}: {why}"
        model_admin.message_user(request, sentence, messages.ERROR)


def published(number, at=None):
    """The sentence that says how many drafts were published, or for when they are scheduled."""
    if at:
        sentence = ngettext(
            "%(count)d draft was scheduled for %(when)s.",
            "%(count)d drafts were scheduled for %(when)s.",
            number,
        )
        return sentence % {"count": number, "when": moment(at)}
    sentence = ngettext(
        "%(count)d draft was published.", "%(count)d drafts were published.", number
    )
    return sentence % {"count": number}


def _chosen(request):
    """The rows that were ticked; none when all of a long list were chosen at once."""
    if request.POST.get("select_across", "0") != "0":
        return set()
    return set(request.POST.getlist(ACTION_CHECKBOX_NAME))


def _left_out(number):
    sentence = ngettext(
        "%(count)d of the selected rows is no draft, or is no longer there. It is left out.",
        "%(count)d of the selected rows are no drafts, or are no longer there. They are left out.",
        number,
    )
    return sentence % {"count": number}


def _not_possible(drafts):
    if not drafts:
        return gettext("None of the selected rows is a draft, so there is nothing to publish.")
    if len(drafts) > MOST:
        return gettext(
            "Select at most %(most)d drafts at once. Those of an import are published together "
            "from the page of the import."
        ) % {"most": MOST}
    return ""
