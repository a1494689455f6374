"""What readers are shown of editions: changes, withdrawals."""

import datetime
from dataclasses import replace
from functools import partial

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.generic import View

from culturecoop.publicpages import public_page

from .changes import kept, one_stamp
from .lines import edition_lines
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


def standing_at(request, reading, read):
    """Return what `read` gives of a reading: what stands at the address that is asked for.

    That of today is kept until something changes; of another day or edition it is for one reader.
    """
    if reading.dated or reading.past or reading.draft:
        return read(reading)

    def after_the_stamp():
        return read(replace(reading, at=timezone.now()))

    return kept(f"page {get_language()} {reading.day} {request.path}", after_the_stamp)


def changes_of(edition, reading):
    """Return the editions of its track that say what changed, newest first.

    Up to the moment of the reading; those up to now are kept until something changes.
    """
    if reading.past:
        return _changes_of(edition, reading.at)
    track = " ".join(map(str, edition.track_key))
    return kept(f"changes {edition._meta.label} {track}", partial(_changes_of, edition))


def _changes_of(edition, at=None):
    shown = edition.siblings().content().shown(at).exclude(change_note="")
    shown = shown.select_related(edition.track_fields[0]).order_by("-live_from")
    return list(shown[:SHOWN_CHANGES])


def undated(edition, reading):
    """Return the address of what is read without the chosen day."""
    shown = edition if reading.past else edition.identity
    return shown.get_absolute_url()


def withdrawal_of(edition):
    """Return the withdrawal that stands where an older edition stood, None without one."""
    if edition.state == State.LIVE:
        return None
    return edition.siblings().in_force().filter(withdrawal=True).first()


def list_of_editions(request, standing, **context):
    """All editions of the track of what stands now, also where that is a withdrawal.

    For then the older ones are still read at their own addresses.
    """
    context |= {
        "lines": edition_lines(standing),
        "of_url": "" if standing.withdrawal else standing.identity.get_absolute_url(),
        "shown": standing,
    }
    return render(request, "editions.html", context)


def last_seen(standing):
    """Return the moment at which what stands now has content: of a withdrawal, just before it."""
    if standing.withdrawal:
        return standing.live_from - datetime.timedelta(microseconds=1)
    return timezone.now()


def withdrawn(request, withdrawal, **context):
    """410 with the reason, or the redirect that the editor wanted, unless it leads back here."""
    if withdrawal.redirect_to and not leads_back(withdrawal):
        return HttpResponseRedirect(withdrawal.redirect_to)
    context |= {"withdrawal": withdrawal, "shown": withdrawal}
    return render(request, "withdrawn.html", context, status=410)
