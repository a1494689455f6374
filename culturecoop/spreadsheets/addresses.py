"""Rows exported under an address that has moved since."""

from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.translation import gettext as _

from culturecoop.reference.middleware import new_address
from culturecoop.reference.models import MovedAddress


def any_moved():
    """Whether any address of the site has moved."""
    return MovedAddress.objects.exists()


def refuse_moved(row, column, model, field, slug):
    """Refuse a row of an export whose identity was renamed, and say what it is called now."""
    moved = _new_address(model(**{field: slug}))
    if moved:
        new = moved.rstrip("/")
        new = new.rpartition("/")[2] if "/" not in row.cells.get(column, "") else new
        row.refuse(
            column,
            _("It was renamed since the export. Expected is its new name: “%(new)s”.")
            % {"new": new},
        )


def _new_address(obj):
    """Where the address of an object that is no longer there leads, "" when nowhere."""
    if not hasattr(obj, "get_absolute_url"):
        return ""
    try:
        with translation.override(None):
            return new_address(obj.get_absolute_url()) or ""
    except NoReverseMatch:
        return ""
