"""Mappings as files (TOML): see docs/mappings.md."""

import logging
import tomllib
from pathlib import Path

import tomli_w
from django.conf import settings
from django.utils.translation import gettext as _

from .errors import Invalid
from .mappings import Mapping

log = logging.getLogger(__name__)


def load(text: str) -> Mapping:
    """Return the mapping written in the TOML text; raises Invalid."""
    try:
        return Mapping.from_dict(tomllib.loads(text.removeprefix("\ufeff")))
    except tomllib.TOMLDecodeError as error:
        message = _("This is not a mapping in TOML: %(error)s") % {"error": error}
        raise Invalid(message) from error
    except (ValueError, RecursionError) as error:
        message = _(
            "This is not a mapping in TOML: it is too deeply nested, or a number in it is too long."
        )
        raise Invalid(message) from error


def dumps(mapping: Mapping) -> str:
    """Return the mapping as TOML."""
    return tomli_w.dumps(mapping.to_dict())


def loaded() -> dict[str, Mapping]:
    """Return {name: Mapping} of those that come with the software; unusable files are left out."""
    found = {}
    for name, path in shipped().items():
        try:
            found[name] = load(path.read_text(encoding="utf-8"))
        except (Invalid, OSError, UnicodeDecodeError) as error:
            log.warning("The mapping %s is left out: %s", path, error)
    return found


def shipped() -> dict[str, Path]:
    """Return {name: path} of the mappings that come with the software."""
    folder = settings.BASE_DIR / "fixtures" / "mappings"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}
