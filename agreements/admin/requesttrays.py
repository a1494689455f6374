"""What the desk shows of parties that are asked for: to publishers, and to who asked."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from culturecoop.trays import Tray

from ..models import PartyRequest

SHOWN = 50
REMEMBERED = datetime.timedelta(days=30)  # an answer stands on the desk for so long


class RequestTray(Tray):
    """Requests in a tray of the desk, which has no list of all."""

    def __init__(self, requests):
        self.requests = list(requests.select_related("asked_by", "answered_by", "party"))

    @cached_property
    def count(self):
        return len(self.requests)

    @cached_property
    def rows(self):
        return [self._row(asked) for asked in self.requests[:SHOWN]]

    def _row(self, asked):
        return {
            "kind": asked.get_kind_display(), "identity": asked.code, "title": asked.name,
            "url": self.url(asked), "state": "", "at": asked.asked_at, "by": asked.asked_by,
        }  # fmt: skip


class Waiting(RequestTray):
    """What publishers have to answer."""

    name, label = "asked", _("Parties asked for")

    @property
    def title(self):
        return _("Parties asked for: %(count)s") % {"count": len(self.requests)}

    def url(self, asked):
        return reverse("admin:agreements_party_request", args=[asked.pk])


class Own(RequestTray):
    """What somebody asked for himself, with the answers."""

    name, title = "own-asked", _("Parties that you asked for")

    def url(self, asked):
        """Lead to the party, else to where it was asked for."""
        if asked.party:
            return reverse("admin:agreements_party_change", args=[asked.party.pk])
        if asked.edition_id:
            return reverse("admin:agreements_agreementedition_change", args=[asked.edition_id])
        return reverse("admin:agreements_party_changelist")

    def _row(self, asked):
        row = super()._row(asked)
        if not asked.answered_at:
            return row | {"state": _mark("draft", _("not answered yet"))}
        row |= {"at": asked.answered_at, "by": asked.answered_by}
        if asked.outcome == PartyRequest.Outcome.DECLINED:
            said = _("Declined: %(reason)s") % {"reason": asked.reason}
            return row | {"kind": said, "identity": "", "state": _mark("withdrawn", _("declined"))}
        named = {"identity": asked.party.code} if asked.party else {}
        return row | named | {"state": _mark("live", _("added"))}


def _mark(state, label):
    return format_html('<span class="state state-{}">{}</span>', state, label)


def trays_for(user):
    """Return the trays of a user that hold something."""
    lately = Q(answered_at__isnull=True) | Q(answered_at__gt=timezone.now() - REMEMBERED)
    trays = [Own(PartyRequest.objects.filter(lately, asked_by=user).order_by("-asked_at"))]
    if user.has_perm("agreements.add_party"):
        trays.insert(0, Waiting(PartyRequest.objects.open()))
    return [tray for tray in trays if tray.requests]
