"""The sentences of notifications, in the language that is active."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from .models import Kind, Notification


def sentence(told: Notification) -> str:
    """Return what a notification says."""
    words = {
        "who": told.by or gettext("A command"),
        "what": told.title,
        "number": told.number,
        "when": told.live_from and date_format(localtime(told.live_from), "SHORT_DATETIME_FORMAT"),
    }
    return _pattern(told) % words


def _pattern(told):
    if told.kind == Kind.SUBMITTED:
        return gettext("%(who)s submitted “%(what)s” for review.")
    if told.kind == Kind.SENT_BACK:
        return gettext("%(who)s sent back “%(what)s”.")
    if told.kind == Kind.APPROVED:
        return gettext("%(who)s approved “%(what)s”: it may be published.")
    if told.live_from and told.live_from > told.at:
        return _scheduled(told.number)
    return _published(told.number)


def _scheduled(number):
    if number == 1:
        return gettext("%(who)s scheduled “%(what)s” for %(when)s.")
    return ngettext(
        "%(who)s scheduled %(number)s draft of yours for %(when)s, “%(what)s”.",
        "%(who)s scheduled %(number)s drafts of yours for %(when)s, “%(what)s” among them.",
        number,
    )


def _published(number):
    if number == 1:
        return gettext("%(who)s published “%(what)s”.")
    return ngettext(
        "%(who)s published %(number)s draft of yours, “%(what)s”.",
        "%(who)s published %(number)s drafts of yours, “%(what)s” among them.",
        number,
    )
