"""Who else has a form open: told on the form, and asked for by it while it is there."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .. import presence
from .buttons import CHANGE
from .opening import is_open, is_opened_by_edit

LEFT = "left"  # posted by a form that is being closed
GONE = gettext_noop(
    "Somebody published or discarded it meanwhile: what you type here cannot be saved any more. "
    "Copy what you need, and open it again."
)


class Present:
    """Mixed into the admin of editions: the address that tells who else has a form open."""

    def get_urls(self):
        view, name = (
            self.admin_site.admin_view(self.presence_view),
            f"{self.address_prefix}_presence",
        )
        return [path("<int:pk>/presence/", view, name=name), *super().get_urls()]

    def presence(self, request, edition):
        """Return what the form of an edition says of others who have it open; {} without a form."""
        if not (edition.is_draft or is_open(request, edition)):
            return {}
        if not self.may(request, CHANGE):
            return {}
        return {
            "presence_url": reverse(f"admin:{self.address_prefix}_presence", args=[edition.pk]),
            "presence_every": int(presence.EVERY * 1000),
            "others": others_told(edition, request.user),
        }

    @method_decorator([require_POST, never_cache])
    def presence_view(self, request, pk):
        """Note that a form is open, or left, and answer {"others": sentences about others}."""
        request.asks_by_itself = True
        edition = self.get_object(request, str(pk))
        if not self.may(request, CHANGE):
            raise PermissionDenied
        if edition is None or not (edition.is_draft or is_opened_by_edit(edition)):
            return JsonResponse({"others": [gettext(GONE)]})
        note = presence.note_closed if LEFT in request.POST else presence.note_open
        with suppress(DatabaseError):  # busy for long: the next time will do
            note(edition, request.user)
        return JsonResponse({"others": others_told(edition, request.user)})


def others_told(edition, user):
    """Return a sentence for each form of an edition that somebody else has open."""
    forms = presence.others_at(edition, user)
    sentence = gettext("%(who)s has this form open too, since %(when)s.")
    return [sentence % {"who": form.user, "when": _when(form.since)} for form in forms]


def _when(moment):
    """Return a time of today; of another day also the day."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return date_format(local, "TIME_FORMAT" if today else "DATETIME_FORMAT")
