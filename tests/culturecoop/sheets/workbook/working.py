"""The demonstration site out into a workbook, and back."""

import io
import tempfile
import zipfile

from django.contrib.auth import get_user_model
from django.core.files import File
from django.utils import timezone
from lxml import html

from agreements.models import Agreement, AgreementEdition, Party, Theme
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.imports import jobs
from culturecoop.reference.models import Amendment, MovedAddress
from culturecoop.sheets import registry, workbook
from culturecoop.tabular import writing
from culturecoop.tabular.reading import open_spreadsheet, table
from strategy.models import Page, PageEdition
from tests.culturecoop.imports.plannedjobs import publish_drafts


def exported(kind="xlsx", **options):
    """The ZIP of the site as bytes."""
    file = io.BytesIO()
    workbook.write_zip(file, kind, **options)
    return file.getvalue()


def sheets_of(content):
    """{sheet: rows as dicts} of a ZIP; the sheets without rows left out."""
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(content)
        copy.flush()
        with workbook.opened(copy.name) as (path, _files):
            spreadsheet = open_spreadsheet(path)
            found = {}
            for name in spreadsheet.sheets:
                headings, rows = table(spreadsheet, name)
                found[name] = [dict(zip(headings, cells, strict=True)) for _n, cells in rows]
            return {name: rows for name, rows in found.items() if rows and registry.find(name)}


def packed(sheets, files=()):
    """The ZIP of a workbook with the sheets, and of {path: bytes}."""
    file, book = io.BytesIO(), io.BytesIO()
    with writing.XlsxWriter(book) as writer:
        for name, rows in sheets.items():
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            cells = [[row.get(heading, "") for heading in headings] for row in rows]
            writer.add_sheet(name, headings, cells)
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("workbook.xlsx", book.getvalue())
        for path, content in dict(files).items():
            package.writestr(path, content)
    return file.getvalue()


def files_of(content):
    """{path: bytes} of the folder `files/` of a ZIP."""
    package = zipfile.ZipFile(io.BytesIO(content))
    return {n: package.read(n) for n in package.namelist() if n.startswith("files/")}


def planned(content, name="site.zip", by=None, **options):
    """A planned job for the bytes of an upload."""
    job = jobs.create(File(io.BytesIO(content)), name=name, resource="workbook", by=by, **options)
    return jobs.plan(job)


def applied(job):
    jobs.start(job)
    job.refresh_from_db()
    jobs.run(job)
    job.refresh_from_db()
    return job


def told(job):
    """What is said of the rows that are not unchanged, for a message."""
    rows = job.rows.exclude(kind="unchanged").values_list(
        "sheet", "number", "subject", "kind", "changes", "errors", "notes"
    )
    return job.message, list(rows[:20])


def publish(job):
    number = publish_drafts(job, by=get_user_model().objects.create_superuser("boss"))
    assert not job.findings["unpublished"], job.findings
    for file in DocumentFile.objects.pending():
        publish_file(file, timezone.now())
    return number


def empty_site():
    PageEdition._base_manager.all().delete()
    for page in Page.objects.order_by("-path"):
        page.delete()
    for model in (AgreementEdition, Agreement, DocumentFile, Document, Theme, MovedAddress):
        model._base_manager.all().delete()
    Amendment.objects.all()._raw_delete("default")  # the log refuses every other deletion
    for party in Party.objects.order_by("-kind"):
        party.memberships.all().delete()
    Party.objects.all().delete()


def public_pages(client):
    """{address: bytes} of all that a stranger finds by following links from the home page.

    Not what says when it was made or published: workbooks, and an agreement as data.
    """
    found, waiting = {}, ["/"]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address)
        assert response.status_code in (200, 302), (address, response.status_code)
        is_html = response["Content-Type"].startswith("text/html")
        content = response.getvalue() if response.streaming else response.content
        found[address] = content
        if is_html and content:
            waiting += [link for link in _links(content) if link not in found]
    return found


def _links(content):
    for link in html.fromstring(content.decode()).xpath("//a/@href"):
        address = link.partition("#")[0]
        is_dated = address.endswith((".xlsx", ".ods", "/data.json"))
        left_out = address.startswith(("/admin", "/api")) or "?" in address or is_dated
        if address.startswith("/") and not left_out and "/editions/" not in address:
            yield address
