"""Links inside the site that lead to nothing a reader can open: reported, never refused."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from culturecoop.links import addresses_in, is_internal, why_refused

from .redirects import finds_something


def dead_internal_links(text_or_addresses, at=None):
    """Return the addresses of this site, of an HTML text or out of a list, that open nothing.

    `at` is when (default: now). What has moved opens; so does what was withdrawn and leads on.
    """
    given = text_or_addresses
    addresses = addresses_in(given) if isinstance(given, str) else dict.fromkeys(given)
    at = at or timezone.now()
    return [
        address
        for address in addresses
        if address and is_internal(address)
        if why_refused(address, inside=True) or not _opens(address, at)
    ]


def _opens(address, at):
    path = unquote(urlsplit(address).path)
    return not path or _is_file(path) or finds_something(address, at)


def _is_file(path):
    """Whether it is a file of the site's own or a picture: nobody links to one that is not."""
    return path.startswith((f"/{settings.STATIC_URL.strip('/')}/", f"/{settings.MEDIA_URL}"))
