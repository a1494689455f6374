"""Mappings as files (TOML): see docs/mappings.md."""

import tomllib

import tomli_w
from django.conf import settings
from django.utils.translation import gettext as _

from .checking import Invalid
from .rules import Mapping


def load(text):
    """The mapping written in the TOML text; raises Invalid."""
    try:
        return Mapping.from_dict(tomllib.loads(text.removeprefix("\ufeff")))
    except (ValueError, RecursionError) as error:
        message = _("This is not a mapping in TOML: %(error)s") % {"error": error}
        raise Invalid(message) from error


def dumps(mapping):
    """The mapping as TOML."""
    return tomli_w.dumps(mapping.to_dict())


def shipped():
    """{name: path} of the mappings that come with the software."""
    folder = settings.BASE_DIR / "fixtures" / "mappings"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}
