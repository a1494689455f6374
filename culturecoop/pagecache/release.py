"""What a page is rendered with, beside the database: two processes share pages where it is equal.

It is worked out of what lies there and is set when a process starts, not of a number that
somebody would have to raise: the code and the templates and translations beside it, the list of
static files (their names in pages change with their content), the packages, and the settings.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path
from types import FunctionType
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.utils.crypto import salted_hmac

FOLDERS = ("culturecoop", "agreements", "strategy", "templates", "locale")
#: How a process reaches what it shares with others: no page depends on it.
LEFT_OUT = {"DATABASES", "CACHE_URL"}


def release_key() -> bytes:
    """Return a secret that only processes of this release of this site have (32 bytes)."""
    return salted_hmac("culturecoop.pagecache", release(), algorithm="sha256").digest()


def release() -> str:
    """Return what tells apart all that pages are rendered with."""
    parts = [_files(), _static_files(), _packages(), _settings()]
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _files() -> str:
    """A hash of the files that are deployed; not of what Python has compiled of them."""
    found = blake2b()
    for path in sorted(_deployed()):
        with suppress(OSError):  # what the service may not read, it does not run
            content = path.read_bytes()
            found.update(f"{path.relative_to(settings.BASE_DIR)} {len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()


def _deployed() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in (settings.BASE_DIR / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def _static_files() -> str:
    """The list that `collectstatic` has written; without one, names do not change."""
    storage: Any = staticfiles_storage
    return (isinstance(storage, ManifestFilesMixin) and storage.read_manifest()) or ""


def _packages() -> str:
    names = {f"{package.name}=={package.version}" for package in distributions()}
    return f"{sys.version} {sorted(names)}"


def _settings() -> str:
    names = sorted(name for name in dir(settings) if name.isupper() and name not in LEFT_OUT)
    values = {name: getattr(settings, name) for name in names}
    return json.dumps(values, default=_plainly, sort_keys=True)


def _plainly(value: Any) -> Any:
    """Return what JSON can tell of a value, the same in every process."""
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return value.__qualname__ if isinstance(value, FunctionType) else str(value)
