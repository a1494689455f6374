"""Reading a ZIP that holds one workbook and the folder `files/`."""

import contextlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from culturecoop.documents.inspection import most_bytes
from culturecoop.storage import is_of_the_disk
from culturecoop.tabular.reading import Unreadable
from culturecoop.tabular.reading.limits import limit

WORKBOOKS = (".xlsx", ".ods")
MAX_ENTRIES = 20_000
MAX_BYTES = 2 * 2**30
IN_MEMORY = 2**20
DAMAGED = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError)


@contextlib.contextmanager
def opened(path: str | Path) -> Iterator[tuple]:
    """Yield (path of the workbook, {path in the ZIP: function that opens it}) of the ZIP at `path`.

    The openers give Files and work inside the block only. Raises Unreadable.
    """
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError):
        raise Unreadable(_("The ZIP file is damaged.")) from None
    with package, tempfile.NamedTemporaryFile(suffix=".workbook") as copy:
        entries = _entries(package)
        workbook = _workbook(entries)
        _copy(package, workbook, copy)
        files = {name: partial(_open, path, name) for name in entries if name.startswith("files/")}
        yield copy.name, files


def _entries(package):
    """Return {name: entry} of the files in the ZIP, none with a name that leads outside."""
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    most = getattr(settings, "SPREADSHEET_MAX_ZIP_BYTES", MAX_BYTES)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > most:
        raise Unreadable(
            _("The ZIP file unpacks to more than %(files)d files or %(size)d MB.")
            % {"files": MAX_ENTRIES, "size": most // 2**20}
        )
    return {entry.filename: entry for entry in entries if _is_plain(entry.filename)}


def _is_plain(name):
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _workbook(entries):
    """Return the only workbook outside of `files/`."""
    found = [
        entry
        for name, entry in entries.items()
        if "/" not in name and name.lower().endswith(WORKBOOKS) and not name.startswith((".", "~"))
    ]
    if len(found) != 1:
        raise Unreadable(
            _("The ZIP file holds %(count)d workbooks. Expected is one, and the folder “files”.")
            % {"count": len(found)}
        )
    most = limit("BYTES")
    if found[0].file_size > most:
        raise Unreadable(
            _("The workbook in the ZIP file is too large: at most %(most)d MB are accepted.")
            % {"most": most // 2**20}
        )
    return found[0]


def _copy(package, entry, file):
    message = _("The workbook in the ZIP file is damaged, or protected by a password.")
    with _refusing_damaged(message), package.open(entry) as content:
        shutil.copyfileobj(content, file)
    file.flush()


def _open(path, name):
    """Return the whole entry as a temporary file, a small one in memory.

    Raises Unreadable when it is damaged, or larger than a document can be.
    """
    content = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – the caller's
    message = _("“%(name)s” in the ZIP file is damaged, or protected by a password.")
    with _refusing_damaged(message % {"name": name}), zipfile.ZipFile(path) as package:
        _check_size(package.getinfo(name))
        with package.open(name) as entry:
            shutil.copyfileobj(entry, content)
    content.seek(0)
    return File(content, name=PurePosixPath(name).name)


@contextlib.contextmanager
def _refusing_damaged(message):
    """Raise Unreadable with the message for a damaged ZIP, but not for a fault of the disk."""
    try:
        yield
    except DAMAGED as error:
        if is_of_the_disk(error):
            raise
        raise Unreadable(message) from None


def _check_size(entry):
    """Refuse it before it is unpacked: a small ZIP can hold an endless file."""
    if entry.file_size > most_bytes():
        raise Unreadable(
            _("“%(name)s” in the ZIP file is larger than %(size)d MB.")
            % {"name": entry.filename, "size": most_bytes() // 2**20}
        )
