"""The pages of documents and their files over HTTP."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from agreements.models import Party
from culturecoop.documents.lines import size_text
from culturecoop.documents.models import Document, DocumentFile
from tests.answering import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(make_file):
    document = Document.objects.create(slug="report", title="The report")
    make_file(document, pages=12)
    make_file(document, language="de", pages=13, title="Der Bericht")
    document.files.update(live_from=timezone.now())
    return document


def test_the_page_of_a_document_names_its_files(report, client):
    text = " ".join(client.get("/documents/report/").content.decode().split())

    assert "<h1>The report</h1>" in text
    assert "PDF – 1 KB – 12 pages" in text
    assert 'hreflang="de" lang="de">Der Bericht – Deutsch (de)</a>' in text


def test_the_title_is_in_the_readers_language_where_there_is_one(report, client):
    text = client.get("/de/documents/report/").content.decode()

    assert "<h1>Der Bericht</h1>" in text


def test_the_page_of_a_document_names_what_uses_it(report, make_agreement, make_page, client):
    Party.objects.create(code="KR")
    protocol = make_agreement("korea", title="Protocol", parties=["EU", "KR"], publish=False)
    protocol.documents.create(document=report)
    make_page("", title="Home", publish=False).strategy_link_set.create(
        region="main", ordering=1, document=report
    )
    assert "Where it is used" not in client.get("/documents/report/").content.decode()

    publish(protocol)
    text = client.get("/documents/report/").content.decode()
    assert '<a href="/agreements/korea/">Protocol (EU – South Korea)</a>' in text
    assert "Home" not in text.split("Where it is used")[1].split("</ul>")[0]


def test_a_document_of_one_agreement_is_told_apart_as_it_is(report, make_agreement, client):
    Party.objects.create(code="KR")
    Party.objects.create(code="PE")
    for slug, code in (("korea", "KR"), ("peru", "PE")):
        draft = make_agreement(slug, title="Protocol", parties=["EU", code], publish=False)
        draft.documents.create(document=report)
        publish(draft)
        text = client.get("/documents/report/").content.decode()
        shown = "The report (EU – South Korea)" if slug == "korea" else "The report"
        assert f"<h1>{shown}</h1>" in text


def test_a_file_has_a_stable_address(report, client):
    response = client.get("/documents/report/de")
    assert response["Content-Language"] == "de"

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="report-de.pdf"'
    assert response.headers["Cache-Control"] == "no-cache"
    file = report.files.get(language="de")
    assert response.headers["ETag"] == f'"{file.sha256}"'
    assert len(b"".join(response.streaming_content)) == file.size
    assert (
        client.get(
            "/documents/report/de", headers={"if-none-match": f'"{file.sha256}"'}
        ).status_code
        == 304
    )


def test_a_part_of_a_file(report, client):
    response = client.get("/documents/report/en", headers={"range": "bytes=0-3"})

    assert response.status_code == 206
    assert b"".join(response.streaming_content) == b"%PDF"


def test_a_new_file_takes_the_address_and_the_old_one_keeps_its_own(report, make_file, client):
    old = report.files.get(language="en")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        new = make_file(report, pages=20)
        assert client.get(new.get_dated_url()).status_code == 404
        assert client.get("/documents/report/en").headers["ETag"] == f'"{old.sha256}"'
        DocumentFile.objects.filter(pk=new.pk).update(live_from=timezone.now())
        assert client.get("/documents/report/en").headers["ETag"] == f'"{new.sha256}"'
        response = client.get(old.get_dated_url())
        assert response.headers["ETag"] == f'"{old.sha256}"'
        assert response.headers["Cache-Control"] == "no-cache"


def test_editors_see_files_that_are_not_yet_public(make_file, client, admin_client):
    file = make_file(Document.objects.create(slug="new", title="New"))

    assert client.get(file.get_dated_url()).status_code == 404
    response = admin_client.get(file.get_dated_url())
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert client.get("/documents/new/").status_code == 404
    assert client.get("/documents/new/en").status_code == 404


def test_an_outside_address_is_led_to(client):
    document = Document.objects.create(slug="journal", title="In the Official Journal")
    DocumentFile.objects.create(
        document=document, language="en", address="https://example.org/oj", live_from=timezone.now()
    )

    assert client.get("/documents/journal/en").headers["Location"] == "https://example.org/oj"
    assert "example.org" in client.get("/documents/journal/").content.decode()


@pytest.mark.parametrize("address", ["none/", "none/en", "report/xx", "report/en/999", "report/fr"])
def test_what_there_is_not_is_not_found(report, client, address):
    assert client.get(f"/documents/{address}").status_code == 404


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1, "1 KB"),
        (149 * 1024, "149 KB"),
        (1023 * 1024 + 600, "1.0 MB"),
        (1_500_000, "1.4 MB"),
        (50 * 1024**2, "50.0 MB"),
    ],
)
def test_sizes_are_for_readers(size, text):
    assert size_text(size) == text
