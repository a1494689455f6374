"""The whole site as one workbook, and as a ZIP with the files that it names."""

import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from culturecoop.onemoment import one_moment
from culturecoop.storage import measured
from culturecoop.tabular import writing

from .. import registry
from ..columns import Column
from ..resources import AnyUser, SheetResource
from . import explaining

KINDS = ("xlsx", "ods")
#: The longest drop-down list.
MAX_CHOICES = 1_000


@dataclass
class Sheet:
    """A sheet to write: its resource, what it exports, and its columns."""

    resource: SheetResource
    objects: QuerySet
    headings: list[str]

    @property
    def columns(self) -> list[Column]:
        return [self.resource.column(heading) for heading in self.headings]

    def notes(self) -> list[str]:
        """Return what explains each column."""
        return [explaining.note(self.resource, column) for column in self.columns]

    def choices(self) -> dict[str, list[str]]:
        """Return {heading: [text, …]} of the drop-down lists."""
        found = {column.column_name: column.widget.choices() for column in self.columns}
        return {name: texts for name, texts in found.items() if 0 < len(texts) <= MAX_CHOICES}


def can_export(user: AnyUser) -> bool:
    """Return whether the user may see all that the workbook holds."""
    return all(resource.can_export(user) for resource in registry.resources())


def sheets(live: bool = False) -> list[Sheet]:
    """Return the sheets of the workbook in their order."""
    found = []
    for known in sorted(registry.resources(), key=lambda resource: resource.order):
        resource = known(live=live)
        objects = resource.objects()
        found.append(Sheet(resource, objects, resource.workbook_headings(objects)))
    return found


@one_moment()
def write_workbook(
    file: IO[bytes],
    kind: str = "xlsx",
    *,
    live: bool = False,
    progress: Callable[[int], object] | None = None,
) -> int:
    """Write the workbook alone to an opened binary file; return the number of rows.

    `live`: what readers see, instead of what an editor sees. `progress` gets the number of rows.
    """
    found = sheets(live)
    lists, named = _choices(found)
    counter: Counter[str] = Counter()
    with writing.WRITERS[kind](file, lists) as writer:
        writer.add_sheet(str(_("read me")), *explaining.read_me(found), wrapped=True)
        for sheet in found:
            rows = sheet.resource.rows(sheet.objects, sheet.headings)
            name = sheet.resource.name
            writer.add_sheet(
                name,
                sheet.headings,
                _counted(rows, counter, progress),
                notes=sheet.notes(),
                choices=[named.get((name, heading), "") for heading in sheet.headings],
            )
    return counter.total()


def _choices(found):
    """Return the drop-down lists {name: [text, …]}, each once, and {(sheet, heading): name}."""
    lists: dict[str, list[str]] = {}
    named: dict[tuple[str, str], str] = {}
    for sheet in found:
        for heading, texts in sheet.choices().items():
            same = next((name for name, known in lists.items() if known == texts), heading)
            if lists.get(same, texts) != texts:
                same = f"{sheet.resource.name}.{heading}"
            lists[same] = texts
            named[sheet.resource.name, heading] = same
    return lists, named


def _counted(rows, counter, progress):
    for row in rows:
        yield row
        counter["rows"] += 1
        if progress and counter["rows"] % 500 == 0:
            progress(counter["rows"])


@one_moment()
def write_zip(
    file: IO[bytes],
    kind: str = "xlsx",
    live: bool = False,
    *,
    progress: Callable[[int], object] | None = None,
) -> tuple[int, list[str]]:
    """Write the ZIP of the workbook and the folder `files/`; return (number of rows, faults).

    The faults are sentences about files that cannot be read, and are left out, or that do
    not match their checksum. `missing.txt` in the ZIP has them too.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        with _aside() as workbook:
            rows = write_workbook(workbook, kind, live=live, progress=progress)
            workbook.seek(0)
            with package.open(f"workbook.{kind}", "w", force_zip64=True) as entry:
                shutil.copyfileobj(workbook, entry)
        faults = _add_files(package, live)
        if faults:
            package.writestr("missing.txt", "".join(f"{fault}\n" for fault in faults))
    return rows, faults


@contextmanager
def _aside():
    """Open a temporary file; an error of its disk names the folder, which may be on another."""
    with tempfile.TemporaryFile() as file:
        try:
            yield file
        except OSError as error:
            error.filename = error.filename or tempfile.gettempdir()
            raise


def _add_files(package, live):
    """Add each file once; return the faults."""
    faults = []
    for path, (stored, sha256) in _attachments(live).items():
        try:
            _size, found = measured(stored)
        except OSError as error:
            faults.append(_left_out(path, error))
            continue
        if sha256 and found != sha256:
            faults.append(_("%(file)s: its content does not match its checksum.") % {"file": path})
        with stored.open("rb") as content, package.open(path, "w", force_zip64=True) as entry:
            shutil.copyfileobj(content, entry)
    return faults


def _attachments(live):
    """Return {path in the ZIP: (stored file, its checksum)}."""
    found = (attached for s in sheets(live) for attached in s.resource.attachments(s.objects))
    return {path: (stored, sha256) for path, stored, sha256 in found}


def _left_out(path, error):
    if isinstance(error, FileNotFoundError):
        return _("%(file)s: missing in the storage, left out.") % {"file": path}
    why = {"file": path, "why": error.strerror}
    return _("%(file)s: cannot be read (%(why)s), left out.") % why
