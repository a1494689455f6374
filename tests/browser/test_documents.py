"""The buttons of documents in a real browser: by keyboard alone, and what axe-core finds."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.documents.verbs import add_file
from tests.culturecoop.documents.samples import pdf

from .accessibility import seriously_wrong


@pytest.fixture
def report(transactional_db):
    """A document with a file that readers see and one that waits."""
    document = Document.objects.create(slug="report", title="The report")
    for pages, language in ((1, "en"), (2, "en"), (3, "de")):
        upload = SimpleUploadedFile("report.pdf", pdf(pages))
        file = add_file(document, language, upload=upload)
        if pages != 2:
            publish_file(file)
    return document


def form_url(document):
    return reverse("admin:documents_document_change", args=[document.pk])


def test_a_document_is_withdrawn_and_restored_by_keyboard(sign_in, report):
    page = sign_in("publisher")
    page.goto(form_url(report))
    page.get_by_role("link", name="Withdraw the document").press("Enter")
    page.get_by_label("Reason").press_sequentially("It names a person")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("It names a person")
    assert page.request.get("/documents/report/en").status == 410
    page.get_by_role("link", name="Restore the document").press("Enter")
    page.get_by_role("button", name="Restore the document").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("Restored")
    assert page.request.get("/documents/report/en").status == 200
    assert page.faults == []


def test_axe_finds_nothing(sign_in, report):
    public, german = report.files.get(pages=1), report.files.get(language="de")
    waiting = report.files.get(pages=2)
    withdrawals.withdraw_file(german, reason="The wrong annex. " * 20)
    page = sign_in("administrator")
    for path in (
        form_url(report),
        reverse("admin:documents_document_verb", args=[report.pk, "withdraw"]),
        *(
            reverse("admin:documents_documentfile_verb", args=[file.pk, verb])
            for file, verb in (
                (public, "withdraw"),
                (german, "restore"),
                (german, "erase"),
                (waiting, "remove"),
            )
        ),
        "/documents/report/",
        "/documents/report/de",
    ):
        page.goto(path)
        page.wait_for_timeout(150)
        assert seriously_wrong(page) == [], path
