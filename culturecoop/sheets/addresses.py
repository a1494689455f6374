"""Rows whose identity is an address: one that has moved since the export, or is not free."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from culturecoop.reference.addresses import address_of, owner_of, place_of, refusals
from culturecoop.reference.models import Amendment

from .comparison import PlannedRow


def any_moved(model: Any) -> bool:
    """Return whether a row of the model was ever changed, so that it may have moved."""
    kind = ContentType.objects.get_for_model(model)
    return Amendment.objects.filter(content_type=kind, before__isnull=False).exists()


def refuse_moved(row: PlannedRow, column: str, model: Any, field: str, slug: str) -> None:
    """Refuse a row of an export whose identity was renamed, with its new name."""
    name = _new_name(model, field, slug)
    if name:
        new = f"/{name}" if "/" in row.cells.get(column, "") else name
        row.refuse(
            column,
            _("It was renamed since the export. Expected is its new name: “%(new)s”.")
            % {"new": new},
        )


def _new_name(model, field, slug):
    """Return what is called now what was called `slug`; "" when nothing was."""
    address = address_of(model(**{field: slug}))
    place = address and place_of(address)
    owner = place and owner_of(place)
    return getattr(owner, field) if owner else _name_in_log(model, field, slug)


def _name_in_log(model, field, slug):
    """Return the same for what readers have not seen, and for what stood below a renamed page."""
    parts = slug.split("/")
    names = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
    log: Any = Amendment.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        before__isnull=False, **{f"before__{field}__in": names},
    )  # fmt: skip
    for amendment in log:
        before, obj = amendment.before[field], model._base_manager.filter(pk=amendment.object_id)
        new = obj.values_list(field, flat=True).first()
        name = new and new + slug.removeprefix(before)
        if name and name != slug and model._base_manager.filter(**{field: name}).exists():
            return name
    return ""


def refuse_taken(
    rows: list[PlannedRow],
    column: str,
    model: Any,
    field: str,
    slug_of: Callable[[PlannedRow], str | None],
) -> None:
    """Refuse new rows whose address belongs to something else."""
    objects = {slug_of(row): model(**{field: slug_of(row)}) for row in rows if slug_of(row)}
    why = refusals(list(objects.values())) if objects and model.address_views else {}
    for row in rows if why else ():
        address = address_of(objects.get(slug_of(row)))
        if address in why:
            row.refuse(column, why[address])
