"""The network address that a request comes from, as far as it can be believed."""

import ipaddress

from django.conf import settings


def client_address(request):
    """The address of the client, an IPv4Address or IPv6Address, or None.

    It is the connection's. Behind a proxy it is the last entry of X-Forwarded-For, which the
    proxy has added; the ones before it are the client's own words and never looked at.
    """
    meta = request.META if request is not None else {}
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return _parsed(forwarded.rpartition(",")[2]) or _parsed(meta.get("REMOTE_ADDR", ""))


def client_network(request):
    """What counts as one address, as a text: an IPv4 address, or an IPv6 network.

    A customer is given a /64 at least, so that single IPv6 addresses are his to invent.
    """
    address = client_address(request)
    if address is None or address.version == 4:
        return str(address or "")
    return str(ipaddress.ip_network((int(address), 64), strict=False))


def _parsed(text):
    """The address that is written there, without its zone; None when there is none."""
    try:
        address = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
