"""The form of what is live or scheduled: the first save makes the draft, and not the look at it."""

import re

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect

from culturecoop.unsaved.copies import forget_copy, is_saved, is_shown, show_only

from .. import verbs
from ..models import State
from .buttons import BY_NAME

OPENED = (State.LIVE, State.SCHEDULED)
OLDER = 0  # the version of a draft that nobody can have seen: saving is a conflict


def is_opened_by_edit(edition):
    """Whether the form of this edition, which is no draft, makes one when it is saved."""
    return edition.state in OPENED and not edition.withdrawal


def mark_open(request, edition):
    """Note that the form of this edition is open, though it is no draft."""
    request.opened_edition = edition.pk


def is_open(request, edition):
    return edition is not None and getattr(request, "opened_edition", None) == edition.pk


def opened_form(admin, request, edition):
    """Return the form of an edition, or what follows from saving it: the draft with the changes."""
    if is_shown(request) and (draft := admin.draft_beside(edition)):
        return _form_of(admin, request, edition, draft, OLDER)
    mark_open(request, edition)
    if request.method != "POST" or is_shown(request):
        return admin.change_view(request, str(edition.pk))
    posted = request.POST
    try:
        with transaction.atomic():
            draft = verbs.new_draft(edition, by=request.user)
            response = _form_of(admin, request, edition, draft, draft.version)
            if is_saved(request) and request.form_has_changed:
                done = BY_NAME["edit"].done % {"number": edition.number}
                admin.log_change(request, draft, done)
                return response
            transaction.set_rollback(True)
    except verbs.Refused as refusal:
        if draft := admin.draft_beside(edition):
            return _form_of(admin, request, edition, draft, OLDER)
        admin.message_user(request, str(refusal), messages.ERROR)
    request.POST = posted
    if is_saved(request):
        return _unchanged(admin, request, edition)
    show_only(request)
    return admin.change_view(request, str(edition.pk))


def _unchanged(admin, request, edition):
    """Lead on when nothing was changed, which is said."""
    looks = "_preview" in request.POST
    address = admin.verb_url("preview", edition) if looks else admin.edition_url(edition)
    response = HttpResponseRedirect(address)
    forget_copy(request, response)
    return response


def _form_of(admin, request, edition, draft, version):
    """Return what the form of a draft answers to what was typed into the form of an edition."""
    request.POST = _carried_over(admin, request, edition, draft)
    request.POST["draft_version"] = version
    if version == OLDER:
        request.POST["opened_edition"] = edition.pk
    return admin.change_view(request, str(draft.pk), form_url=admin.edition_url(draft))


def _carried_over(admin, request, edition, draft):
    """Return what was posted, about the draft and its parts in place of those it is copied from."""
    posted = request.POST.copy()
    for formset, inline in admin.get_formsets_with_inlines(request, draft):
        copies = _copies(inline.model, formset.fk.name, edition, draft)
        key = inline.model._meta.pk.name
        field = re.compile(rf"{formset.get_default_prefix()}-\d+-({key}|{formset.fk.name})")
        for name, value in request.POST.items():
            if found := field.fullmatch(name):
                posted[name] = copies.get(value, value) if found[1] == key else draft.pk
    return posted


def _copies(model, parent, edition, draft):
    """Return {id of a part: id of its copy}, as texts; both have one key."""
    rows = model._base_manager.filter(**{f"{parent}__in": (edition, draft)})
    ids = {edition.pk: {}, draft.pk: {}}
    for pk, key, of in rows.values_list("pk", "key", parent):
        ids[of][key] = str(pk)
    return {pk: ids[draft.pk][key] for key, pk in ids[edition.pk].items() if key in ids[draft.pk]}
