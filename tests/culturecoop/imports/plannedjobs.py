"""Planned jobs, of our own sheets and of foreign lists; what becomes of their rows."""

import io

import openpyxl
from django.core.files import File
from django.core.files.base import ContentFile

from culturecoop.imports import error_report, jobs
from culturecoop.imports.models import ImportRow
from culturecoop.mapping import Mapping
from culturecoop.sheets import registry
from culturecoop.tabular import writing

HEAD = "No,Title,Parties,Date\n"
COLUMNS = {
    "slug": {"sources": ["No"], "take": "slug", "prefix": "x"},
    "title_en": {"sources": ["Title"]},
    "source_language": {"value": "en"},
    "parties": {"sources": ["Parties"], "separator": ","},
    "signature": {"sources": ["Date"], "notation": "day_first"},
}


def export(resource, queryset=None):
    """The headings and rows of an export."""
    resource = registry.find(resource)()
    objects = resource.objects(queryset)
    headings = resource.headings(objects)
    return headings, [dict(zip(headings, row, strict=True)) for row in resource.rows(objects)]


def upload(resource, headings, rows, *, kind="xlsx", by=None, **options):
    """A planned job for rows (dicts) under the headings."""
    file = io.BytesIO()
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    writing.write(file, kind, "Sheet", headings, cells)
    file.seek(0)
    job = jobs.create(File(file), name=f"a.{kind}", resource=resource, by=by, **options)
    return jobs.plan(job)


def planned(
    data,
    *,
    name="list.csv",
    by=None,
    resource="agreements",
    overwrite_without_base=False,
    columns=None,
):
    """A planned job for a text or bytes; `columns` come to COLUMNS, or stand for other sheets."""
    data = data.encode() if isinstance(data, str) else data
    base = COLUMNS if resource == "agreements" else {}
    mapping = Mapping.from_dict({"resource": resource, "columns": base | (columns or {})})
    job = jobs.create(
        ContentFile(data),
        name=name,
        mapping=mapping,
        by=by,
        overwrite_without_base=overwrite_without_base,
    )
    return jobs.plan(job)


def kinds(job):
    """The kinds of the rows, in order."""
    return [str(kind) for kind in job.rows.values_list("kind", flat=True)]


def only(job):
    """The only row that is not unchanged."""
    [row] = job.rows.exclude(kind=ImportRow.Kind.UNCHANGED)
    return row


def publish_drafts(job, by):
    """Publish what the job made, whatever is asked answered as proposed; how many there were."""
    drafts = [draft for rows in jobs.drafts(job).values() for draft in rows]
    agreed = {question.code for draft in drafts for question in draft.questions()}
    jobs.ask_to_publish(job, by=by, agreed=agreed)
    return jobs.publish(job).findings["published"]


def report_of(job):
    """The marked workbook, opened to be corrected."""
    file = io.BytesIO()
    error_report.write_marked(file, job)
    file.seek(0)
    return openpyxl.load_workbook(file)


def saved(book):
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
