"""Links inside the site that lead to nothing a reader can open: reported, never refused."""

from collections import defaultdict
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from culturecoop.links import addresses_in, is_internal, why_refused
from culturecoop.reference.addresses import place_of

from .changes import kept
from .models import Identity
from .redirects import finds_something, own_path


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


def dead_among(addresses):
    """Return those of many addresses of this site that open nothing now, in few queries.

    What was found out of an address is kept until something changes that readers see.
    """
    addresses = set(addresses)
    known = kept("dead links", dict)
    if unknown := addresses - known.keys():
        open_ones = _surely_open(unknown)
        known.update(dict.fromkeys(open_ones, False))
        known.update({one: bool(dead_internal_links([one])) for one in unknown - open_ones})
    return {address for address in addresses if known[address]}


def _surely_open(addresses):
    """Return those at which something stands by its address of now, that nobody has to ask for.

    What is left may open all the same: what has moved, or leads on.
    """
    named = defaultdict(lambda: defaultdict(set))
    for address in addresses:
        place = None if why_refused(address, inside=True) else _place_of(address)
        key = place and not place.rest and place.arguments.get(place.model.address_field)
        if key:
            named[place.model][key].add(address)
    return {
        address
        for model, keys in named.items()
        for key in _public(model, keys).values_list(model.address_field, flat=True)
        for address in keys[key]
    }


def _place_of(address):
    path = own_path(address)
    return path and place_of(path)


def _public(model, keys):
    """Return the rows of a model, by their keys, that readers see and that no withdrawal ends."""
    rows = model._default_manager.filter(**{f"{model.address_field}__in": list(keys)})
    if hasattr(rows, "public"):
        return rows.public()
    if not issubclass(model, Identity):
        return rows.none()
    editions = model.editions.rel.related_model.objects
    standing = editions.in_force().filter(**{model.editions.field.name: OuterRef("pk")})
    withdrawn = standing.filter(withdrawal=True)
    return rows.filter(Exists(standing.content()), ~Exists(withdrawn))


def _opens(address, at):
    path = unquote(urlsplit(address).path)
    return not path or _is_file(path) or finds_something(address, at)


def _is_file(path):
    """Whether it is a file of the site's own or a picture: nobody links to one that is not."""
    return path.startswith((f"/{settings.STATIC_URL.strip('/')}/", f"/{settings.MEDIA_URL}"))
