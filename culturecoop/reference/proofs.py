"""What must hold of addresses, checked without the code of the verbs that bring it about."""

from collections import defaultdict

from django.db.models import Count
from django.db.models.functions import Lower

from .addresses import address_of, addressed_models, place_of
from .models import MovedAddress

BATCH = 500


def faults():
    """Yield sentences about addresses that lead nowhere, or that are those of several things."""
    yield from _ownerless()
    for model in addressed_models():
        yield from _alike(model)
    yield from _taken()


def _ownerless():
    for moved in MovedAddress.objects.held().prefetch_related("owner").iterator(BATCH):
        if moved.owner is None:
            yield f"{moved.old_path} leads nowhere: “{moved.object_text}” is not there any more"


def _alike(model):
    """Yield sentences on addresses that differ in capital letters alone: they are old ones."""
    field = model.address_field
    rows = model._base_manager.annotate(address_key=Lower(field)).order_by()
    twice = rows.values("address_key").annotate(n=Count("pk")).filter(n__gt=1)
    alike = defaultdict(list)
    for row in rows.filter(address_key__in=twice.values("address_key")).order_by(field):
        alike[row.address_key].append(address_of(row))
    for addresses in alike.values():
        yield f"{', '.join(addresses)} differ only in capital letters"


def _taken():
    """Yield sentences on addresses that have led to other rows before: they are old ones."""
    places = defaultdict(list)
    for moved in MovedAddress.objects.held().prefetch_related("owner").iterator(BATCH):
        place = place_of(moved.old_path)
        if place:
            places[place.model].append((place.key, moved))
    for model, found in places.items():
        for start in range(0, len(found), BATCH):
            yield from _taken_of(model, dict(found[start : start + BATCH]))


def _taken_of(model, former):
    """Yield those on rows of the model; `former` is {key in small letters: moved address}."""
    rows = model._base_manager.annotate(address_key=Lower(model.address_field))
    for row in rows.filter(address_key__in=former):
        moved = former[row.address_key]
        if moved.owner != row:
            owner = moved.owner or moved.object_text
            yield f"{address_of(row)} is the address of “{row}” and has led to “{owner}” before"
