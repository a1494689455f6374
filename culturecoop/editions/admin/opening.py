"""The form of what is live or scheduled: the first save makes the draft, and not the look at it."""

import re

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect

from culturecoop.unsaved.copies import is_saved, is_shown, show_only

from .. import verbs
from ..models import State

OPENED = (State.LIVE, State.SCHEDULED)


def mark_open(request, edition):
    """Note that the form of this edition is open, though it is no draft."""
    request.opened_edition = edition.pk


def is_open(request, edition):
    return edition is not None and getattr(request, "opened_edition", None) == edition.pk


def opened_form(admin, request, edition):
    """Return the form of an edition, or what follows from saving it: the draft with the changes."""
    mark_open(request, edition)
    if request.method != "POST" or is_shown(request):
        return admin.change_view(request, str(edition.pk))
    posted = request.POST
    try:
        with transaction.atomic():
            draft = verbs.new_draft(edition, by=request.user)
            request.POST = _carried_over(admin, request, edition, draft)
            response = admin.change_view(request, str(draft.pk))
            if is_saved(request) and request.form_has_changed:
                return response
            transaction.set_rollback(True)
    except verbs.Refused as refusal:
        admin.message_user(request, str(refusal), messages.ERROR)
    if is_saved(request):  # nothing was changed, which is said
        return HttpResponseRedirect(admin.edition_url(edition))
    request.POST = posted
    show_only(request)
    return admin.change_view(request, str(edition.pk))


def _carried_over(admin, request, edition, draft):
    """Return what was posted, about the draft and its parts in place of those it is copied from."""
    posted = request.POST.copy()
    posted["draft_version"] = draft.version
    for formset, inline in admin.get_formsets_with_inlines(request, draft):
        copies = _copies(inline.model, formset.fk.name, edition, draft)
        key = inline.model._meta.pk.name
        field = re.compile(rf"{formset.get_default_prefix()}-\d+-({key}|{formset.fk.name})")
        for name, value in request.POST.items():
            if found := field.fullmatch(name):
                posted[name] = copies.get(value, value) if found[1] == key else draft.pk
    return posted


def _copies(model, parent, edition, draft):
    """Return {key of a part: key of its copy}, as texts: parts are copied in their order."""
    keys = (
        model._base_manager.filter(**{parent: each}).order_by("pk").values_list("pk", flat=True)
        for each in (edition, draft)
    )
    return {str(key): str(copy) for key, copy in zip(*keys, strict=True)}
