"""Where withdrawals send readers: to something public, and never in a circle."""

from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from culturecoop.reference.addresses import found_at, is_at, place_of
from culturecoop.reference.pointing import finder

from .models import Edition

#: What answers at an address that no row has: of another site, or a page that is always there.
SOMETHING = object()


def why_not(edition, address, at):
    """Why readers of `edition` cannot be sent to the address from `at` on; "" when they can.

    They would come from what redirects to it as well, and none of them may be sent back.
    """
    if not address:
        return ""
    if any(_is_circle(edition, address, moment) for moment in (at, *_later_redirects(at))):
        return _("Readers would be sent in a circle from there. Choose another address.")
    if not finds_something(address, at):
        return _(
            "Readers find nothing at this address: it does not exist, is not public or was "
            "withdrawn. Choose another one."
        )
    return ""


def finds_something(address, at):
    """Whether a reader of the address finds something in the end, and not a withdrawal."""
    *_way, last = answers(address, at)
    return last is not None and not getattr(last, "withdrawal", False)


def led_here(edition):
    """The withdrawals whose readers are or will be sent to what `edition` stands for."""
    now = timezone.now()
    found = (one for at in (now, *_later_redirects(now)) for one in _leading_to(edition, at))
    return list(dict.fromkeys(found))


@finder
def passing(moved):
    """The withdrawals whose readers are or will be sent over a moved address."""
    now = timezone.now()
    moments = [now, *_later_redirects(now)]
    found = (
        one
        for at in moments
        for one in _redirecting(at)
        if any(_leads_over(moved, address) for address, _answer in _way(one.redirect_to, at))
    )
    return list(dict.fromkeys(found))


def leads_back(withdrawal):
    """Whether a withdrawal in force sends readers round to itself."""
    return any(answer == withdrawal for answer in answers(withdrawal.redirect_to, timezone.now()))


def faults():
    """Sentences about withdrawals in force that send readers in a circle or to nothing."""
    now = timezone.now()
    for edition in _redirecting(now):
        if why := why_not(edition, edition.redirect_to, now):
            yield f"{edition!r}: redirects to {edition.redirect_to}. {why}"


def edition_models():
    return [model for model in apps.get_models() if issubclass(model, Edition)]


def answers(address, at):
    """Yield what answers a reader of the address, then of the one he is sent on to, and so on.

    The last is an edition, a file or the like, or None where there is nothing. When it is a
    withdrawal that redirects, it came before: there is no end.
    """
    return (answer for _address, answer in _way(address, at))


def _way(address, at):
    """Yield (address, what answers there) as `answers` does."""
    met = set()
    while True:
        answer = answer_at(address, at)
        yield address, answer
        address = getattr(answer, "redirect_to", "")
        if not address or answer in met:
            return
        met.add(answer)


def answer_at(address, at):
    """What answers a reader of the address at a moment, None when nothing does."""
    path = own_path(address)
    if path is None:
        return SOMETHING
    place, owner = found_at(path, at)
    if place is None:
        return SOMETHING if _is_always_there(path) else None
    with translation.override(place.language):
        if owner and _is_list(place):
            return _last_content(owner, at)
        return owner.found(at, **place.rest) if owner else None


def own_path(address):
    """The path of an address of this site, also when its host is written out; None elsewhere."""
    parts = urlsplit(address)
    if parts.netloc:
        host, _port = split_domain_port(parts.netloc.rpartition("@")[2].lower())
        if not validate_host(host, [name for name in settings.ALLOWED_HOSTS if name != "*"]):
            return None
    return unquote(parts.path) or "/"


def _is_always_there(path):
    """Whether it is a public page that shows no single thing, such as the register."""
    with translation.override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        for whole in (path, f"{path}/"):
            try:
                match = resolve(whole)
            except Resolver404:
                continue
            return "admin" not in match.app_names and not match.captured_kwargs
    return False


def _last_content(owner, at):
    """The last edition with content of what stands at `at`, which may be a withdrawal."""
    standing = owner.found(at)
    shown = standing and standing.siblings().content().shown(at)
    return shown and shown.order_by("live_from").last()


def _is_circle(edition, address, at):
    found = list(answers(address, at))
    is_endless = bool(getattr(found[-1], "redirect_to", ""))
    return is_endless or any(
        _is_of_track(answer, one)
        for one in (edition, *_leading_to(edition, at))
        for answer in found
    )


def _leading_to(edition, at):
    """The withdrawals that send readers, at `at`, to an address that `edition` answers at."""
    return [
        one
        for one in _redirecting(at)
        if any(
            _is_of_track(answer, edition) and not _is_dated(address)
            for address, answer in _way(one.redirect_to, at)
        )
    ]


def _redirecting(at):
    for model in edition_models():
        yield from model.objects.in_force(at).exclude(redirect_to="").iterator()


def _is_dated(address):
    """Whether it is the address of one edition or of all, which no withdrawal takes away."""
    place = place_of(own_path(address))
    return place is not None and ("number" in place.rest or _is_list(place))


def _is_list(place):
    """Whether it is the list of the editions of something."""
    return place.view in getattr(place.model, "lists_of_editions", ())


def _leads_over(moved, address):
    path = own_path(address)
    return path is not None and is_at(path, moved)


def _is_of_track(answer, edition):
    return type(answer) is type(edition) and answer.track_key == edition.track_key


def _later_redirects(at):
    """The moments at which withdrawals that redirect are scheduled."""
    for model in edition_models():
        scheduled = model.objects.scheduled(at).filter(withdrawal=True).exclude(redirect_to="")
        yield from scheduled.order_by("live_from").values_list("live_from", flat=True)
