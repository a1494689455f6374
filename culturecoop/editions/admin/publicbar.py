"""The bar above a public page, for who may edit what it shows: one step to the form."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.utils.translation import gettext as _

from culturecoop.reference.admin import admin_address

from ..models import Edition, State
from .opening import is_opened_by_edit


@dataclass(frozen=True)
class EditorsBar:
    """The way to the form; the edition that is shown, and the draft or schedule beside it."""

    address: str
    label: str
    edition: Any = None
    beside: Any = None


def bar_above(request, shown):
    """Return the EditorsBar above the page of an edition or of reference data; None for readers."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return None
    admin = site.get_model_admin(type(shown))
    if not admin.has_change_permission(request):
        return None
    if not isinstance(shown, Edition):
        return EditorsBar(admin_address(shown), _("Edit"))
    current = shown.siblings().select_related("changed_by").current_for_editor().first()
    beside = current if current.state in (State.DRAFT, State.SCHEDULED) else None
    return EditorsBar(*_way_to_form(admin, shown, current), shown, beside)


def _way_to_form(admin, shown, current):
    """Return the address and the label: as the button “Edit” has it, the draft comes first."""
    if current.is_draft:
        return admin.edition_url(current), _("Edit the draft")
    for edition in (shown, current):
        if is_opened_by_edit(edition):
            return admin.verb_url("edit", edition), _("Edit")
    return admin.edition_url(current), _("Open in the admin")
