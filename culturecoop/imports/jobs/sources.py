"""The uploaded file of a job, opened: a spreadsheet, or a ZIP of a workbook and its files."""

import contextlib
import shutil
import tempfile
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from culturecoop.sheets import registry
from culturecoop.tabular.reading import Spreadsheet, Unreadable, open_spreadsheet


@dataclass
class Source:
    """An opened upload. `files` are {path in the ZIP: opener}, None when it is no ZIP."""

    spreadsheet: Spreadsheet
    files: dict | None = None


@contextlib.contextmanager
def opened(job):
    """Yield the upload of a job as a Source; raises Unreadable."""
    with local_path(job) as path:
        if not holds_workbook(path):
            yield Source(_spreadsheet(job, path, job.name))
            return
        from culturecoop.sheets import workbook

        with workbook.opened(path) as (inner, files):
            yield Source(_spreadsheet(job, inner, str(inner)), files)


@contextlib.contextmanager
def local_path(job):
    """Yield the path of the upload on this machine, copied where the storage is elsewhere."""
    if not (job.file and job.file.storage.exists(job.file.name)):
        raise Unreadable(_("The uploaded file is not there any more. Upload it again."))
    try:
        yield job.file.path
    except NotImplementedError:
        with tempfile.NamedTemporaryFile() as copy, job.file.open("rb") as stored:
            shutil.copyfileobj(stored, copy)
            copy.flush()
            yield copy.name


def holds_workbook(path):
    """Return whether the file is a ZIP that holds a workbook, rather than being one."""
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return any("/" not in name and name.endswith((".xlsx", ".ods")) for name in names)


def own_sheets(spreadsheet):
    """Return [(sheet, resource class)] of the sheets called like ours, in their order."""
    pairs = [(sheet, registry.find(sheet)) for sheet in spreadsheet.sheets]
    return sorted((pair for pair in pairs if pair[1]), key=lambda pair: pair[1].order)


def fits(resource, headings):
    """Return whether a sheet with these headings is one of this resource."""
    return set(resource.keys) <= set(headings) and not resource().unknown(headings)


def _spreadsheet(job, path, name):
    chosen = {} if job.encoding_guessed else {"encoding": job.encoding or None}
    return open_spreadsheet(path, name=name, delimiter=job.delimiter or None, **chosen)
