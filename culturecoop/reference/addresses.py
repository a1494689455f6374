"""Public addresses: whose they are, whose they were, and where they lead.

An address belongs to one row of one model. Addresses that differ only in capital letters are one,
as long as no two rows were given such before this was so.
"""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.functions import Lower
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from .records import MovedAddress


@dataclass(frozen=True)
class Place:
    """An address that could be one of a row of `model`, as the resolver understands it."""

    path: str  # with the slash at its end that the reader may have left out
    language: str
    model: type
    view: str
    arguments: dict

    @property
    def key(self):
        """Return what identifies the row, in small letters."""
        return self.arguments[self.model.address_field].lower()

    @property
    def rest(self):
        """Return the other arguments: the number of an edition, the language of a file."""
        return {k: v for k, v in self.arguments.items() if k != self.model.address_field}

    @property
    def main_path(self):
        """Return the address of the row itself, without a language and in small letters."""
        field = self.model.address_field
        return (address_of(self.model(**{field: self.arguments[field]})) or "").lower()

    def of(self, obj):
        """Return the same place of another row."""
        key = {self.model.address_field: getattr(obj, self.model.address_field)}
        with translation.override(self.language):
            return reverse(self.view, kwargs={**self.arguments, **key})


@cache
def _models():
    """Return {name of a view: model} of what has public addresses."""
    models = apps.get_models()
    return {view: model for model in models for view in getattr(model, "address_views", ())}


def addressed_models():
    """Return the models whose rows have public addresses."""
    return list(dict.fromkeys(_models().values()))


def place_of(path):
    """Return the Place that a path is, whatever its case and last slash; None when it is none."""
    if "\0" in path:
        return None  # no address has one, and PostgreSQL refuses to look for it
    for whole in (path, path if path.endswith("/") else f"{path}/"):
        language = get_language_from_path(whole.lower()) or settings.LANGUAGE_CODE
        with translation.override(language):
            exact, match = _match(whole), _match(whole.lower())
        if exact and match and exact.view_name != match.view_name:
            match = exact  # the code of a party is in capitals, the path of a page never
        if match:
            model = _models()[match.view_name]
            return Place(whole, language, model, match.view_name, match.kwargs)
    return None


def _in_capitals(place):
    """Return the Place that a path is when its last part is in capitals, if that is another."""
    head, last = place.path.rstrip("/").rpartition("/")[::2]
    path = f"{head}/{last.upper()}/"
    with translation.override(place.language):
        match = _match(path)
    if match is None or match.view_name == place.view:
        return None
    return Place(path, place.language, _models()[match.view_name], match.view_name, match.kwargs)


def _match(path):
    """Return what the resolver finds for a path, where it is of a row; else None."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.view_name in _models() else None


def address_of(obj):
    """Return the public address of a row without a language; None when it has none."""
    if obj is None or not obj.address_views or getattr(obj, obj.address_field) is None:
        return None
    try:
        with translation.override(None):
            return obj.get_absolute_url()
    except NoReverseMatch:  # its slug is not valid
        return None


# Where addresses lead ------------------------------------------------------------------------


def leads_to(path):
    """Return where a reader is sent from an address with nothing at it; None for nowhere.

    Always to an address that something has now: there is no second step.
    """
    place, obj = found_at(path)
    address = place.of(obj) if obj else path
    return None if address == path else address


def found_at(path, at=None):
    """Return (Place, the row it belongs to) of a path; None for what there is not.

    Where no page has the path, it can be the code of a party in small letters.
    """
    place = place_of(path)
    obj = place and owner_of(place, at)
    if place and not obj and (other := _in_capitals(place)):
        obj = owner_of(other, at)
        place = other if obj else place
    return place, obj


def owner_of(place, at=None):
    """Return the row that a place belongs to, None when readers saw none there by `at`.

    What has the address comes before what had it, and the same letters before the same in
    another case.
    """
    holders = [row for row in _holders(place.model, [place.key]) if row.was_seen(at)]
    exact = next((row for row in holders if place.of(row) == place.path), None)
    if exact:
        return exact
    former = list(_held([place.main_path]).prefetch_related("owner"))
    former.sort(key=lambda row: row.old_path not in place.path)
    owners = [row.owner for row in former if row.owner and row.owner.was_seen(at)]
    if former and former[0].old_path in place.path:
        return next(iter([*owners, *holders]), None)
    return next(iter([*holders, *owners]), None)


def _holders(model, keys):
    """Return the rows that have one of the keys (in small letters) now, in whatever case."""
    rows = model._base_manager.annotate(address_key=Lower(model.address_field))
    return rows.filter(address_key__in=keys)


def _held(paths):
    """Return the moved addresses that are one of the paths (in small letters), in any case."""
    rows = MovedAddress.objects.held().annotate(lower_path=Lower("old_path"))
    return rows.filter(lower_path__in=paths)


def is_at(path, moved):
    """Return whether a path is a moved address, or one of what stood there, in any case."""
    place = place_of(path)
    return place is not None and (place.main_path or "").lower() == moved.old_path.lower()


# Who may have an address ---------------------------------------------------------------------


def hold():
    """Let nobody else change an address until the transaction ends.

    Rows are locked after this, never before, so that two changes cannot wait for each other.
    """
    if connection.in_atomic_block:
        kind = ContentType.objects.get_for_model(MovedAddress)
        ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)


def refuse_taken(obj):
    """Raise ValidationError at what is typed of it unless a new address of `obj` is free for it."""
    address = address_of(obj)
    if address is None or address == address_of(_stored(obj)):
        return
    hold()
    refused = refusals([obj, *obj.below()])
    if refused:
        typed = obj.address_field if obj._meta.get_field(obj.address_field).editable else "slug"
        raise ValidationError({typed: list(refused.values())[:3]})


def _stored(obj):
    return obj.pk and type(obj)._base_manager.filter(pk=obj.pk).first()


def refusals(rows):
    """Return {address: why it is not free} for rows of one model, stored or not."""
    model = type(rows[0])
    by_path = {address_of(row).lower(): row for row in rows if address_of(row)}
    kind = ContentType.objects.get_for_model(model)
    found = {}
    for former in _held(by_path):
        row = by_path[former.old_path.lower()]
        if (former.content_type_id, former.object_id) != (kind.pk, row.pk):
            found[address_of(row)] = _has_led(former)
    by_key = {getattr(row, model.address_field).lower(): row for row in by_path.values()}
    for other in _holders(model, by_key):
        row, written = by_key[other.address_key], getattr(other, model.address_field)
        if other.pk != row.pk:
            same = written == getattr(row, model.address_field)
            found[address_of(row)] = _is_taken(other, same)
    return found


def _has_led(former):
    owner = former.owner
    return _("This address belongs to “%(what)s”. Only an administrator can release it.") % {
        "what": owner.heading if owner else former.object_text
    }


def _is_taken(other, same):
    message = _("“%(what)s” has the address %(address)s already.")
    if not same:
        message = _(
            "“%(what)s” has the address %(address)s already, which differs only in capital letters."
        )
    return message % {"what": other.heading, "address": address_of(other)}


# What moves ----------------------------------------------------------------------------------


def seen_addresses(stored, obj):
    """Return [(row, address)] of what readers saw, and moves as `stored` becomes `obj`."""
    if stored is None or address_of(stored) == address_of(obj):
        return []
    return [(row, address_of(row)) for row in (stored, *stored.below()) if row.was_seen()]


def keep_moved(moved, obj, *, by=None):
    """Let the addresses that were moved lead on; `obj` is where it moved to.

    One that its own row has again is no former one any more.
    """
    for row in (obj, *obj.below()) if moved else ():
        MovedAddress.objects.held().of(row).filter(old_path=address_of(row)).delete()
    for row, address in moved:
        owner = {"content_type": ContentType.objects.get_for_model(row), "object_id": row.pk}
        moving = {"object_text": str(row)[:500], "at": timezone.now(), "by": by}
        # What it belonged to before stays its owner, where two had it before this was so.
        MovedAddress.objects.held().get_or_create(old_path=address, defaults=owner | moving)
