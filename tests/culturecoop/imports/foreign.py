"""Foreign lists through a mapping, their reports, and answers to their names."""

import io

import openpyxl
from django.core.files.base import ContentFile

from culturecoop.imports import error_report, jobs
from culturecoop.mapping import Mapping

from .walking import answers, send

HEAD = "No,Title,Parties,Date\n"
COLUMNS = {
    "slug": {"sources": ["No"], "take": "slug", "prefix": "x"},
    "title_en": {"sources": ["Title"]},
    "source_language": {"value": "en"},
    "parties": {"sources": ["Parties"], "separator": ","},
    "signature": {"sources": ["Date"], "notation": "day_first"},
}


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
    """The kinds of its rows, in their order."""
    return list(job.rows.values_list("kind", flat=True))


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


def answer(client, job, **said):
    """Answer names of the job, {name: code}, through the page of the names."""
    names = sorted(job.findings["unmatched"], key=lambda n: (-job.findings["unmatched"][n], n))
    empty = {"kind": "country", "code": ""}
    typed = [{"name": n, "codes": said.get(n, ""), "label": n} | empty for n in names]
    send(client, job, "names", answers(*typed))
    return job
