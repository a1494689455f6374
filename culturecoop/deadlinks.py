"""Links inside the site that lead to nothing a reader can open: told, never refused.

The resolver knows which view answers an address. What the address names is known to the app of
the view: it registers a function that says whether readers find it there.
"""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language_from_path, override

from .links import addresses_in, is_internal, why_refused
from .reference.middleware import new_address

OPENERS = {}


def opener(*views):
    """Register `function(at, **arguments of the view) → whether it shows something then`.

    It is called with the language of the address active.
    """

    def register(function):
        OPENERS.update(dict.fromkeys(views, function))
        return function

    return register


def dead_internal_links(text_or_addresses, at=None):
    """The addresses of this site, of an HTML text or out of a list, that open nothing at `at`.

    What has moved opens; so does what was withdrawn and leads on. Default: now.
    """
    given = text_or_addresses
    addresses = addresses_in(given) if isinstance(given, str) else dict.fromkeys(given)
    at = at or timezone.now()
    return [
        address
        for address in addresses
        if address and is_internal(address)
        if why_refused(address, inside=True) or not opens(address, at)
    ]


def opens(address, at):
    """Whether readers find something at an address of this site."""
    path, seen = unquote(urlsplit(address).path), set()
    while path and path not in seen:
        if _is_static(path) or _shows(path, at):
            return True
        seen.add(path)
        path = new_address(path)
    return False


def opens_edition(edition):
    """Whether readers who come to the edition, or to nothing (None), find something."""
    return edition is not None and bool(not edition.withdrawal or edition.redirect_to)


def _is_static(path):
    return path.startswith(f"/{settings.STATIC_URL.strip('/')}/")


def _shows(path, at):
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        match = _match(path) or _match(f"{path}/")
        if match is None:
            return False
        function = OPENERS.get(match.view_name)
        return function is None or function(at, **match.kwargs)


def _match(path):
    try:
        return resolve(path)
    except Resolver404:
        return None
