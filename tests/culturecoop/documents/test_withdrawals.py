"""Withdrawn documents and files: what readers get, under every address and in every edition."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document
from culturecoop.documents.releases import files_coming_out, publish_file
from culturecoop.documents.usage import documents_of_nothing_else
from culturecoop.editions import verbs
from culturecoop.editions.verbs import Conflict, Refused
from culturecoop.reference import verbs as reference
from tests.answering import publish

pytestmark = pytest.mark.django_db
WHY = "It names a private person"


@pytest.fixture
def report(make_file):
    """A report in English and German that readers see."""
    document = Document.objects.create(slug="report", title="The report")
    for language in ("en", "de"):
        publish_file(make_file(document, language=language))
    return document


@pytest.fixture
def korea(make_agreement, report):
    """An agreement that shows it."""
    draft = make_agreement("korea", publish=False)
    draft.documents.create(document=report)
    return publish(draft)


def english(document):
    return document.files.get(language="en")


def page_with(make_page, path, text, language="en"):
    draft = make_page(path, publish=False, language=language)
    draft.strategy_text_set.create(text=text, region="main", ordering=10)
    return publish(draft)


LINK = '<p>See <a href="/documents/report/">the report</a>.</p>'


class TestAddresses:
    ADDRESSES = ("/documents/report/", "/documents/report/en", "/documents/report/de")

    @pytest.mark.parametrize("prefix", ["", "/de", "/fr"])
    def test_a_withdrawn_document_says_why_under_every_address(self, client, report, prefix):
        dated = [file.get_dated_url() for file in report.files.all()]
        etag = client.get("/documents/report/en").headers["ETag"]
        withdrawals.withdraw_document(report, reason=WHY)
        for address in (*self.ADDRESSES, *dated):
            response = client.get(prefix + address)
            assert response.status_code == 410
            assert WHY in response.content.decode()
            assert client.head(prefix + address).status_code == 410
            for headers in ({"range": "bytes=0-3"}, {"if-none-match": etag}):
                assert client.get(prefix + address, headers=headers).status_code == 410

    def test_editors_get_no_more_than_readers(self, signed_in, report):
        withdrawals.withdraw_document(report, reason=WHY)
        assert signed_in("administrator").get(english(report).get_dated_url()).status_code == 410

    def test_a_withdrawn_file_leaves_the_other_languages(self, client, report):
        withdrawals.withdraw_file(english(report), reason=WHY)
        assert client.get("/documents/report/en").status_code == 410
        assert client.get("/documents/report/de").status_code == 200
        page = client.get("/documents/report/").content.decode()
        assert '<a href="/documents/report/de"' in page
        assert '<a href="/documents/report/en"' not in page

    def test_the_last_file_takes_the_page_of_the_document_with_it(self, client, report):
        for file in report.files.all():
            withdrawals.withdraw_file(file, reason=f"{WHY}: {file.language}")
        response = client.get("/documents/report/")
        assert response.status_code == 410
        assert WHY in response.content.decode()

    def test_no_older_file_takes_its_place_but_a_newer_one_does(self, client, report, make_file):
        older = english(report)
        newer = make_file(report, pages=20)
        publish_file(newer)
        withdrawals.withdraw_file(newer, reason=WHY)
        assert client.get("/documents/report/en").status_code == 410
        assert client.get(older.get_dated_url()).status_code == 200
        newest = make_file(report, pages=30)
        assert client.get("/documents/report/en").status_code == 410
        publish_file(newest)
        assert client.get("/documents/report/en").headers["ETag"] == f'"{newest.sha256}"'
        assert client.get(newer.get_dated_url()).status_code == 410

    def test_an_outside_address_leads_nowhere(self, client, report):
        file = report.files.create(language="fr", address="https://example.org/a.pdf")
        publish_file(file)
        withdrawals.withdraw_file(file, reason=WHY)
        assert client.get("/documents/report/fr").status_code == 410

    def test_a_restored_one_is_served_again(self, client, report):
        withdrawals.withdraw_file(english(report), reason=WHY)
        withdrawals.withdraw_document(report, reason=WHY)
        withdrawals.restore_document(report)
        assert client.get("/documents/report/en").status_code == 410
        withdrawals.restore_file(english(report))
        assert [client.get(address).status_code for address in self.ADDRESSES] == [200, 200, 200]

    def test_a_withdrawal_ahead_holds_from_its_moment(self, client, report):
        at = timezone.now() + datetime.timedelta(days=2)
        withdrawals.withdraw_document(report, reason=WHY, at=at)
        assert client.get("/documents/report/en").status_code == 200
        with time_machine.travel(at + datetime.timedelta(seconds=1)):
            assert client.get("/documents/report/en").status_code == 410
        withdrawals.restore_document(report)
        with time_machine.travel(at + datetime.timedelta(seconds=1)):
            assert client.get("/documents/report/en").status_code == 200


class TestPages:
    def test_an_agreement_names_it_without_a_link_now_and_before(self, get, korea):
        publish(verbs.new_draft(korea))
        withdrawals.withdraw_document(Document.objects.get(), reason=WHY)
        for address in ("/agreements/korea/", "/agreements/korea/editions/1/"):
            page = get(address)
            assert "The report" in page
            assert "Withdrawn on" in page
            assert "/documents/report" not in page

    def test_so_do_links_and_texts_of_pages(self, get, make_page, report):
        first = page_with(make_page, "", LINK)
        draft = verbs.new_draft(first)
        draft.strategy_link_set.create(document=report, region="more", ordering=20)
        publish(draft)
        withdrawals.withdraw_document(report, reason=WHY)
        for address in ("/", "/editions/1/"):
            page = get(address)
            assert "See the report <" in page
            assert "withdrawn" in page
            assert "/documents/report" not in page

    def test_the_sitemap_leaves_it_out_with_the_last_file(self, get, report):
        [file] = re.findall(r"/sitemap-documents-\d+.xml", get("/sitemap.xml"))
        assert "/documents/report/" in get(file)
        withdrawals.withdraw_file(english(report), reason=WHY)
        assert "/documents/report/" in get(file)
        withdrawals.withdraw_file(report.files.get(language="de"), reason=WHY)
        assert "sitemap-documents" not in get("/sitemap.xml")

    def test_an_older_file_does_not_keep_it_in_the_sitemap(self, get, make_file):
        document = Document.objects.create(slug="list", title="The list")
        for pages in (1, 2):
            publish_file(make_file(document, pages=pages))
        withdrawals.withdraw_file(document.files.get(pages=2), reason=WHY)
        assert "sitemap-documents" not in get("/sitemap.xml")


class TestReleasing:
    def test_nothing_of_a_withdrawn_document_comes_out(self, client, korea, make_file):
        document = Document.objects.get()
        withdrawals.withdraw_document(document, reason=WHY)
        waiting = make_file(document, pages=9)
        assert files_coming_out(Document.objects.all(), timezone.now()) == []
        publish(verbs.new_draft(korea), change_note="Spelling")
        waiting.refresh_from_db()
        assert waiting.live_from is None
        with pytest.raises(Refused, match="Restore it first"):
            publish_file(waiting)

    def test_no_file_comes_back_in_place_of_a_withdrawn_one(self, client, korea, make_file):
        document = Document.objects.get()
        older, newer = make_file(document, pages=8), make_file(document, pages=9)
        publish_file(newer)
        withdrawals.withdraw_file(newer, reason=WHY)
        assert files_coming_out(Document.objects.all(), timezone.now()) == []
        publish(verbs.new_draft(korea), change_note="Spelling")
        assert not publish_file(older)
        assert client.get("/documents/report/en").status_code == 410

    def test_what_comes_out_is_known_before(self, korea, make_file):
        document = Document.objects.get()
        make_file(document, pages=8)
        newest = make_file(document, pages=9)
        french = make_file(document, language="fr")
        found = files_coming_out(Document.objects.all(), timezone.now())
        assert sorted(file.pk for file in found) == [newest.pk, french.pk]
        assert all(file.live_from is None for file in found)
        publish(verbs.new_draft(korea))
        assert files_coming_out(Document.objects.all(), timezone.now()) == []


class TestUse:
    def test_a_document_of_one_agreement_is_of_nothing_else(self, korea, report):
        assert documents_of_nothing_else(korea) == [report]
        publish(verbs.new_draft(korea))
        assert documents_of_nothing_else(korea) == [report]

    def test_another_use_is_found_also_inside_a_text(self, korea, make_page):
        page = page_with(make_page, "", LINK, language="de")
        assert documents_of_nothing_else(korea) == []
        assert documents_of_nothing_else(page) == []
        verbs.withdraw(page, reason="Old")
        assert len(documents_of_nothing_else(korea)) == 1

    def test_a_scheduled_edition_counts_and_a_draft_does_not(self, korea, make_agreement, report):
        draft = make_agreement("peru", publish=False)
        draft.documents.create(document=report)
        assert documents_of_nothing_else(korea) == [report]
        publish(draft, at=timezone.now() + datetime.timedelta(days=3))
        assert documents_of_nothing_else(korea) == []

    def test_they_are_withdrawn_with_it_and_stay_when_that_is_cancelled(
        self, client, korea, report
    ):
        at = timezone.now() + datetime.timedelta(days=2)
        withdrawal = verbs.withdraw(korea, reason=WHY, documents=[report.pk], at=at)
        with time_machine.travel(at + datetime.timedelta(seconds=1)):
            for address in ("/agreements/korea/", "/documents/report/"):
                assert client.get(address).status_code == 410
        verbs.cancel_schedule(withdrawal)
        with time_machine.travel(at + datetime.timedelta(seconds=1)):
            assert client.get("/documents/report/en").status_code == 200

    def test_cancelling_one_withdrawal_leaves_those_of_the_same_moment(
        self, korea, report, make_agreement, make_file
    ):
        at = timezone.now() + datetime.timedelta(days=2)
        other = Document.objects.create(slug="other", title="The other")
        publish_file(make_file(other))
        draft = make_agreement("peru", publish=False)
        draft.documents.create(document=other)
        peru = publish(draft)
        withdrawal = verbs.withdraw(korea, reason=WHY, documents=[report.pk], at=at)
        verbs.withdraw(peru, reason=WHY, documents=[other.pk], at=at)
        verbs.cancel_schedule(withdrawal)
        kept = Document.objects.values_list("slug", "withdrawn_at")
        assert dict(kept) == {"report": None, "other": at}

    def test_others_than_those_seen_are_not_withdrawn(self, korea, report, make_page):
        page = page_with(make_page, "", LINK)
        for chosen, seen in (([report.pk], None), ([], [report.pk])):
            with pytest.raises(Conflict, match="used only here"):
                verbs.withdraw(korea, reason=WHY, documents=chosen, seen=seen)
        verbs.withdraw(page, reason="Old")
        with pytest.raises(Conflict, match="used only here"):
            verbs.withdraw(korea, reason=WHY, seen=[])
        verbs.withdraw(korea, reason=WHY, documents=[report.pk], seen=[report.pk])
        assert Document.objects.get().is_withdrawn

    def test_what_is_withdrawn_is_left_out(self, korea, report):
        withdrawals.withdraw_document(report, reason=WHY)
        assert documents_of_nothing_else(korea) == []


class TestRefusals:
    def test_a_reason_is_needed(self, report):
        with pytest.raises(Refused, match="Say why"):
            withdrawals.withdraw_document(report, reason=" ")
        with pytest.raises(Refused, match="Say why"):
            withdrawals.withdraw_file(english(report), reason="")

    def test_what_nobody_sees_is_not_withdrawn(self, make_file):
        file = make_file(Document.objects.create(slug="new", title="New"))
        with pytest.raises(Refused, match="No reader sees it"):
            withdrawals.withdraw_document(file.document, reason=WHY)
        with pytest.raises(Refused, match="Remove it instead"):
            withdrawals.withdraw_file(file, reason=WHY)

    def test_nothing_is_done_twice(self, report):
        for do, row in (
            (withdrawals.withdraw_file, english(report)),
            (withdrawals.withdraw_document, report),
        ):
            do(row, reason=WHY)
            with pytest.raises(Refused, match="already"):
                do(row, reason=WHY)
        withdrawals.restore_document(report)
        with pytest.raises(Refused, match="not withdrawn"):
            withdrawals.restore_document(report)

    def test_a_file_that_came_meanwhile_stops_it(self, report, make_file):
        seen = withdrawals.state_of(report.files.all())
        make_file(report, language="fr")
        with pytest.raises(Conflict, match="have changed"):
            withdrawals.withdraw_document(report, reason=WHY, seen=seen)

    def test_a_form_opened_before_does_not_undo_it(self, client, report):
        opened = Document.objects.get()
        withdrawals.withdraw_document(report, reason=WHY)
        opened.title = "Another title"
        amendment = reference.amend(opened)
        reference.undo(amendment)
        assert client.get("/documents/report/en").status_code == 410
