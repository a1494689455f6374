"""Creating a job: the upload, what its file holds, and how its columns may be read."""

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from culturecoop.mapping import files, guessing, headings, usable
from culturecoop.sheets import registry
from culturecoop.tabular.reading import Unreadable, as_text, errors, storable, table

from ..models import ImportJob, ImportMapping
from . import reupload
from .sources import fits, opened, own_sheets
from .states import FASTER, NotApplied, has_stopped, save_parse_options

ROWS_SHOWN = 20
JOBS_LOOKED_AT = 20
PLANNED = (ImportJob.State.PREVIEWED, ImportJob.State.APPLIED, ImportJob.State.UNDONE)
# What is no longer than this tells a row within its own source only.
NUMBER_LENGTH = 8
SAMPLES = 200


@dataclass(frozen=True)
class Look:
    """What a file looks like: `rows` are {sheet: [(number, [text, …]), …]} of the first rows."""

    sheets: list
    hidden: list
    encoding: str
    encoding_guessed: bool
    delimiter: str
    rows: dict


def create(file, *, name, sheet="", mapping=None, by=None, **columns):
    """Return a job for an upload (an open File of Django), with a Mapping for a foreign one.

    `columns` are other ones of the job, such as `all_or_nothing`.
    """
    job = ImportJob(name=name[:255], sheet=sheet, created_by=by, **columns)
    if mapping:
        use(job, mapping)
        job.sheet = sheet or mapping.sheet
    job.file.save(name, file, save=False)
    job.save()
    return job


def discard(job):
    """Delete a job with its file. What it has written stays.

    Raises NotApplied while it is at work, and when somebody has gone on with it: what it writes
    then could not be undone any more.
    """
    with transaction.atomic():
        locked = ImportJob.objects.select_for_update().filter(pk=job.pk).first()
        if locked and locked.is_busy and not has_stopped(locked):
            raise NotApplied(_("This import is at work: wait for its end."))
        if locked and locked.state != job.state:
            raise NotApplied(FASTER)
        job.delete()
    job.file.delete(save=False)


def use(job, mapping):
    """Let the job read its file with the mapping."""
    job.mapping, job.resource, job.sheet = mapping.to_dict(), mapping.resource, mapping.sheet
    if mapping.encoding:
        job.encoding, job.encoding_guessed = mapping.encoding, False
    job.delimiter = mapping.delimiter or job.delimiter


def look(job):
    """Return a Look at the first rows of each sheet. Raises Unreadable."""
    with opened(job) as source:
        spreadsheet = source.spreadsheet
        rows = {}
        for sheet in spreadsheet.sheets:
            first = islice(spreadsheet.rows(sheet), ROWS_SHOWN)
            rows[sheet] = [(n, [storable(as_text(cell)) for cell in cells]) for n, cells in first]
        return Look(
            [name for name in spreadsheet.sheets if name not in spreadsheet.hidden],
            spreadsheet.hidden, spreadsheet.encoding, spreadsheet.encoding_guessed,
            spreadsheet.delimiter, rows,
        )  # fmt: skip


def propose(job, *, sheet="", heading_rows=None):
    """Propose what the file holds and how its columns are read, and save it in the job.

    A sheet or a workbook of our own needs no mapping. Returns the import whose corrected report
    it is, read as that one was; None for any other file. Raises Unreadable.
    """
    earlier = None
    with opened(job) as source:
        spreadsheet = source.spreadsheet
        job.encoding, job.encoding_guessed = spreadsheet.encoding, spreadsheet.encoding_guessed
        job.delimiter = spreadsheet.delimiter
        if not sheet and (source.files is not None or _is_workbook(spreadsheet)):
            job.resource, job.mapping, job.sheet = ImportJob.WORKBOOK, {}, ""
        else:
            job.sheet = spreadsheet.sheet(sheet or job.sheet)
            own = None if heading_rows else _own_resource(job, spreadsheet)
            if own:
                job.mapping, job.resource = {}, own.name
            else:
                mapping, earlier = _guessed(job, spreadsheet, heading_rows)
                use(job, mapping)
    save_parse_options(job)
    return earlier


def _is_workbook(spreadsheet):
    """Return whether several sheets are called like ours, and at least one is headed so."""
    named = own_sheets(spreadsheet)
    headed = (fits(resource, _headings(spreadsheet, sheet)) for sheet, resource in named)
    return len(named) > 1 and any(headed)


def _headings(spreadsheet, sheet):
    """Return the headings of a sheet of our own; none when it cannot be one."""
    try:
        return table(spreadsheet, sheet)[0]
    except Unreadable:
        return []


def _own_resource(job, spreadsheet):
    """Return the resource whose sheet it is, None for a foreign one."""
    names = _headings(spreadsheet, job.sheet)
    known = job.resource_class or registry.fitting(names)
    return known if known and fits(known, names) else None


def _guessed(job, spreadsheet, heading_rows):
    """Return (Mapping, the import whose corrected report it is or None)."""
    first = list(islice(spreadsheet.rows(job.sheet), ROWS_SHOWN))
    if not first:
        raise errors.unreadable("no_rows", sheet=job.sheet)
    heading_rows = heading_rows or headings.guess(first)
    names, rows = headings.table_at(spreadsheet, job.sheet, heading_rows)
    earlier = reupload.import_of(job, spreadsheet)
    of_report = _of_report(earlier, names)
    mapping = of_report or _used_before(job, names)
    if mapping:
        mapping = replace(mapping, sheet=job.sheet, heading_rows=tuple(heading_rows))
        return mapping, earlier if of_report else None
    samples = [cells for _number, cells in islice(rows, SAMPLES)]
    resource = (job.resource_class or registry.find("agreements"))(by=job.created_by)
    known = _known_mappings()
    mapping = guessing.guess(resource, names, samples, earlier=known.values())
    names_of_it = (name for name, one in known.items() if one.columns is mapping.columns)
    job.mapping_name = next(names_of_it, "")
    mapping.sheet, mapping.heading_rows = job.sheet, tuple(heading_rows)
    _prefix_numbers(mapping, names, samples, PurePath(job.name).stem)
    return mapping, None


def _known_mappings():
    """Return {name: Mapping} of those that were saved, then of those that were shipped."""
    contents = ImportMapping.objects.values_list("name", "content")
    saved = {name: mapping for name, content in contents if (mapping := usable(content))}
    return saved | {n: mapping for n, mapping in files.loaded().items() if n not in saved}


def _of_report(earlier, names):
    """Return the mapping of the import whose report the file is, None for other headings."""
    same = earlier and earlier.sheets and earlier.sheets[0]["headings"] == names
    return usable(earlier.mapping) if same else None


def _used_before(job, names):
    """Return the mapping by which the same person imported a sheet with just these headings.

    So a corrected report finds the rows again that were written before. None without one.
    """
    earlier = ImportJob.objects.filter(created_by=job.created_by, state__in=PLANNED)
    if job.resource:
        earlier = earlier.filter(resource=job.resource)
    for other in earlier.exclude(pk=job.pk).exclude(mapping={}).order_by("-pk")[:JOBS_LOOKED_AT]:
        if other.sheets and other.sheets[0]["headings"] == names:
            return usable(other.mapping)
    return None


def _prefix_numbers(mapping, names, samples, stem):
    """Let slugs of bare numbers begin with the file's name: every source has a number 7."""
    for rule in mapping.columns.values():
        if rule.combine == "slug" and not rule.prefix:
            places = [names.index(source) for source in rule.sources]
            texts = [as_text(cells[place]) for cells in samples for place in places]
            if all(len(text) <= NUMBER_LENGTH for text in texts):
                rule.prefix = slugify(stem)[:40].strip("-")
