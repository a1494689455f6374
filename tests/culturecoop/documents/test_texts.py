"""The words inside files: read once, limited, found only while readers get the file."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culturecoop.documents import inspection, usage, withdrawals
from culturecoop.documents.filetexts import FileText
from culturecoop.documents.inspection import inspect
from culturecoop.documents.models import Document
from culturecoop.documents.reader import LETTERS, texts
from culturecoop.documents.releases import publish_file
from culturecoop.documents.removals import erase_bytes, remove_waiting_file
from culturecoop.documents.verbs import add_file
from culturecoop.editions.changes import one_stamp
from culturecoop.search import proofs
from culturecoop.search.models import SearchDocument, SearchWord
from culturecoop.search.results import Results
from tests.answering import publish

from . import samples

PDF = Path(settings.BASE_DIR) / "fixtures/files/summary-report-experts-de.pdf"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def docx(*paragraphs):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return samples.docx(**{"word/document.xml": f"<w:document {WORD}>{body}</w:document>"})


def odt(*paragraphs):
    body = "".join(f"<t:p>{text}</t:p>" for text in paragraphs)
    return samples.open_document(**{"content.xml": f"<c {OFFICE}><t:h>Head</t:h>{body}</c>"})


def text_of(content, name):
    return inspect(samples.named(content, name)).text.split("\n")


class TestReading:
    def test_a_word_document(self):
        assert text_of(docx("One", "Two  parts"), "a.docx")[:2] == ["One", "Two parts"]

    def test_an_opendocument_text(self):
        assert text_of(odt("One"), "a.odt")[:2] == ["Head", "One"]

    def test_a_pdf(self):
        assert "steht für das Original" in " ".join(text_of(PDF.read_bytes(), "a.pdf"))

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (samples.xlsx(), "a.xlsx"),
            (samples.image("PNG"), "a.png"),
            (samples.pdf(), "a.pdf"),
            (samples.pdf(password="secret"), "a.pdf"),
            (samples.docx(**{"word/document.xml": "no XML"}), "a.docx"),
        ],
    )
    def test_others_have_none(self, content, name):
        assert "".join(text_of(content, name)) == ""

    def test_a_document_that_is_cut_off_gives_what_stands_before(self):
        body = f"<w:document {WORD}><w:p><w:r><w:t>One</w:t></w:r></w:p><w:p><w:r>"
        assert text_of(samples.docx(**{"word/document.xml": body}), "a.docx")[0] == "One"

    def test_no_more_than_enough_is_read(self):
        text = inspect(samples.named(docx(*["word " * 1000] * 100), "a.docx")).text
        assert LETTERS <= len(text) < LETTERS + 200

    def test_entities_are_not_resolved(self):
        bomb = f'<!DOCTYPE a [<!ENTITY b "boom">]><w:document {WORD}><w:p>&b;</w:p></w:document>'
        assert "boom" not in "".join(
            texts("docx", io.BytesIO(samples.docx(**{"word/document.xml": bomb})))
        )

    def test_what_stops_the_reading_of_the_text_stops_no_upload(self, monkeypatch, tmp_path):
        answer = {"kind": "pdf", "pages": 1, "title": "", "note": ""}
        reader = tmp_path / "reader.py"
        reader.write_text(
            f"import time; print({json.dumps(answer)!r}); print('half', flush=True); time.sleep(60)"
        )
        monkeypatch.setattr(inspection, "READER", reader)
        monkeypatch.setattr(inspection, "SECONDS", 1)
        monkeypatch.setattr(inspection, "PATIENCE", 3)
        facts = inspect(samples.named(samples.pdf(), "a.pdf"))
        assert (facts.pages, facts.text.strip()) == (1, "half")


def _with_text(draft):
    """Publish an agreement with a document that is called as those of others are."""
    slug = draft.agreement.slug
    document = Document.objects.create(slug=slug, title="Text of the agreement")
    draft.documents.create(document=document)
    add_file(document, "en", upload=samples.named(docx(f"Of {slug}"), "a.docx"))
    publish(draft)
    return document


def found(text):
    return [row.result.url for row in Results(text).rows]


@pytest.mark.django_db
class TestFinding:
    @pytest.fixture
    def file(self):
        document = Document.objects.create(slug="report", title="Report")
        return add_file(document, "en", upload=samples.named(docx("Of zithers"), "a.docx"))

    def test_only_while_readers_get_the_file(self, file):
        assert found("zithers") == []
        publish_file(file)
        assert found("zither") == ["/documents/report/"]
        assert "<mark>zithers</mark>" in str(Results("zithers").rows[0].snippet.html)

        withdrawals.withdraw_document(file.document, reason="It names somebody")
        assert found("zithers") == []
        assert list(proofs.faults()) == []

    def test_no_trace_is_left_of_what_was_deleted_for_good(self, file):
        publish_file(file)
        withdrawals.withdraw_file(file, reason="It names somebody")
        erase_bytes(file, reason="A court said so")
        assert not FileText.objects.exists()
        assert not SearchDocument.objects.filter(words__contains="zither").exists()
        assert not SearchWord.objects.filter(word__startswith="zither").exists()

    def test_a_result_says_what_its_document_belongs_to(self, make_agreement, make_page, get):
        for slug in ("chile", "korea"):
            _with_text(make_agreement(slug, title=f"Pact of {slug}", publish=False))
        by_slug = {f"/documents/{slug}/": f"Pact of {slug}" for slug in ("chile", "korea")}
        rows = [row.result for row in Results("text agreement").rows if row.result.part_of]
        assert {row.url: row.part_of[0].text for row in rows} == by_slug
        assert "Pact of chile</span>" in get("/search/?q=text+agreement")
        assert '<span lang="en">Pact of chile</span>' in get("/de/search/?q=text+agreement")

    def test_of_many_that_have_a_document_three_are_named(self, make_agreement, file):
        publish_file(file)
        for number in range(5):
            draft = make_agreement(f"a{number}", title=f"Pact {number}", publish=False)
            draft.documents.create(document=file.document)
            publish(draft)
        (row,) = Results("zithers").rows
        assert [part.text for part in row.result.part_of] == ["Pact 0", "Pact 1", "Pact 2", "…"]

    @one_stamp()  # as a page reads it
    def test_what_documents_belong_to_takes_as_many_queries_for_one_as_for_ten(
        self, make_agreement, make_page
    ):
        home = make_page("", title="Home", publish=False)
        for number in range(10):
            draft = make_agreement(f"a{number}", parties=["EU", "KR"], publish=False)
            document = _with_text(draft)
            home.strategy_link_set.create(region="main", ordering=number, document=document)
        publish(home)
        with CaptureQueriesContext(connection) as one:
            uses = usage.uses_of([document], timezone.now())[document.pk]
            assert len([use.public_title for use in uses]) == 2
        documents = list(Document.objects.all())
        with CaptureQueriesContext(connection) as ten:
            uses = usage.uses_of(documents, timezone.now())
            assert all(use.public_title for found in uses.values() for use in found)
        assert [len(found) for found in uses.values()] == [2] * 10
        assert len(ten) <= len(one)  # what parties are called is read once

    def test_the_text_goes_with_a_file_that_is_removed(self, file):
        remove_waiting_file(file)
        assert not FileText.objects.exists()

    def test_files_of_before_are_read_when_all_is_made_anew(self, file):
        publish_file(file)
        FileText.objects.all().delete()
        call_command("rebuild_search", verbosity=0)
        assert found("zithers") == ["/documents/report/"]
