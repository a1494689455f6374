"""What readers are shown of editions: changes, withdrawals."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.generic import View

from culturecoop.publicpages import public_page

from .changes import one_stamp
from .models import State
from .redirects import leads_back

SHOWN_CHANGES = 20


@method_decorator(public_page, name="dispatch")
class ReadersView(View):
    """A page that is only read: nothing is sent to it."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        with one_stamp():
            return super().dispatch(request, *args, **kwargs)


def changes_of(edition, at):
    """The editions of its track up to `at` that say what changed, newest first."""
    shown = edition.siblings().content().shown(at).exclude(change_note="")
    return shown.select_related(edition.track_fields[0]).order_by("-live_from")[:SHOWN_CHANGES]


def withdrawal_of(edition):
    """Return the withdrawal that stands where an older edition stood, None without one."""
    if edition.state == State.LIVE:
        return None
    return edition.siblings().in_force().filter(withdrawal=True).first()


def withdrawn(request, withdrawal, **context):
    """410 with the reason, or the redirect that the editor wanted, unless it leads back here."""
    if withdrawal.redirect_to and not leads_back(withdrawal):
        return HttpResponseRedirect(withdrawal.redirect_to)
    return render(request, "withdrawn.html", {"withdrawal": withdrawal, **context}, status=410)
