"""The buttons of documents and files in the admin: who has them, what they say, what they do."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from tests.answering import publish
from tests.forms import fields, said

from .pressing import add, form_url, press, url

WHY = "It names a private person"
ROLES = ("author", "publisher", "administrator")


class TestWhoMay:
    @pytest.mark.parametrize("role", ROLES)
    def test_each_role_has_its_buttons_and_no_more(self, signed_in, report, role):
        public = add(report)
        publish_file(public)
        waiting, client = add(report, pages=3), signed_in(role)
        buttons = {
            (report, "withdraw"): ROLES[1:],
            (public, "withdraw"): ROLES[1:],
            (waiting, "remove"): ROLES,
        }
        page = client.get(form_url(report)).content.decode()
        for (row, verb), roles in buttons.items():
            assert (url(row, verb) in page) == (role in roles)
            assert client.get(url(row, verb)).status_code == (200 if role in roles else 403)
            if role not in roles:
                assert client.post(url(row, verb), {"reason": WHY}).status_code == 403

    @pytest.mark.parametrize("role", ROLES)
    def test_only_administrators_erase(self, signed_in, file, role):
        withdrawals.withdraw_file(file, reason=WHY)
        client, may = signed_in(role), role == "administrator"
        assert (url(file, "erase") in client.get(form_url(file.document)).content.decode()) == may
        assert client.get(url(file, "erase")).status_code == (200 if may else 403)
        if not may:
            values = {"reason": WHY, "seen": withdrawals.state_of([file])}
            assert client.post(url(file, "erase"), values).status_code == 403
            assert file.file.storage.exists(file.file.name)

    def test_strangers_are_asked_to_sign_in(self, client, file):
        for row in (file, file.document):
            assert "/admin/login/" in client.post(url(row, "withdraw"), {"reason": WHY}).url
        assert client.get("/documents/report/en").status_code == 200

    def test_a_verb_that_there_is_not(self, administrator, file):
        for row in (file, file.document):
            assert administrator.get(url(row, "destroy")).status_code == 404

    def test_a_form_without_its_token_does_nothing(self, publisher, file):
        publisher.handler.enforce_csrf_checks = True
        assert publisher.post(url(file, "withdraw"), {"reason": WHY}).status_code == 403


class TestWithdrawing:
    def test_a_document_of_a_withdrawn_agreement(self, publisher, client, file, make_agreement):
        """An agreement goes for its personal data, and so does the document that it alone has."""
        draft = make_agreement("korea", publish=False)
        draft.documents.create(document=file.document)
        edition = publish(draft)
        verbs.withdraw(edition, reason=WHY)
        assert client.get("/documents/report/en").status_code == 200
        response = press(publisher, file.document, "withdraw", reason=f"  {WHY} ")
        assert said(response) == [f"Withdrew the document “The report”: {WHY}"]
        for address in ("/documents/report/", "/documents/report/en", file.get_dated_url()):
            assert client.get(address).status_code == 410
            assert WHY in client.get(address).content.decode()
        assert "sitemap-documents" not in client.get("/sitemap.xml").content.decode()
        kept = DocumentFile.objects.get()
        assert kept.sha256 == file.sha256
        assert kept.file.storage.exists(kept.file.name)

    def test_the_form_and_the_history_say_when_who_and_why(self, publisher, file):
        press(publisher, file, "withdraw", reason="Wrong annex")
        press(publisher, file.document, "withdraw", reason=WHY)
        page = publisher.get(form_url(file.document)).content.decode()
        assert f"<q>{WHY}</q>" in page
        assert "<q>Wrong annex</q>" in page
        assert " by publisher. The reason" in page
        assert file.get_dated_url() not in page
        history = reverse("admin:documents_document_history", args=[file.document.pk])
        log = publisher.get(history).content.decode()
        assert f"Withdrew the document “The report”: {WHY}" in log
        assert "Withdrew the file “The report (en), report.pdf, 1 KB”: Wrong annex" in log

    def test_the_page_says_where_it_is_used_and_where_else_its_content_is(
        self, publisher, file, make_agreement
    ):
        draft = make_agreement("korea", publish=False)
        draft.documents.create(document=file.document)
        publish(draft)
        other = Document.objects.create(slug="other", title="The other")
        publish_file(add(other))
        page = publisher.get(url(file.document, "withdraw")).content.decode()
        assert "It is used in: " in page
        assert "agreement: korea (live)" in page
        assert "stays public here: The other (en)." in page
        assert (
            "stays public here: The other (en)."
            in publisher.get(url(file, "withdraw")).content.decode()
        )

    def test_a_reason_is_asked_for(self, publisher, client, file):
        response = press(publisher, file, "withdraw", reason=" ")
        assert "This field is required." in said(response)
        assert client.get("/documents/report/en").status_code == 200

    def test_a_file_that_came_meanwhile_stops_it_once(self, publisher, client, file):
        values = fields(publisher.get(url(file.document, "withdraw"))) | {"reason": WHY}
        add(file.document, pages=3)
        response = publisher.post(url(file.document, "withdraw"), values)
        assert any("have changed since you opened" in sentence for sentence in said(response))
        assert client.get("/documents/report/en").status_code == 200
        again = fields(response)
        assert again["reason"][0].strip() == WHY
        publisher.post(url(file.document, "withdraw"), again)
        assert client.get("/documents/report/en").status_code == 410

    def test_restoring(self, publisher, client, file):
        press(publisher, file, "withdraw", reason=WHY)
        press(publisher, file.document, "withdraw", reason=WHY)
        press(publisher, file.document, "restore")
        assert client.get("/documents/report/en").status_code == 410
        response = press(publisher, file, "restore")
        assert said(response) == ["Restored the file “The report (en), report.pdf, 1 KB”."]
        assert client.get("/documents/report/en").status_code == 200

    def test_a_page_that_was_opened_too_late_leads_back(self, publisher, file):
        press(publisher, file, "withdraw", reason=WHY)
        response = publisher.get(url(file, "withdraw"), follow=True)
        assert said(response) == ["Its state is “withdrawn” now, so this cannot be done."]

    def test_one_that_lies_ahead_is_told_and_cancelled(self, publisher, file, make_agreement):
        report = file.document
        draft = make_agreement("korea", publish=False)
        draft.documents.create(document=report)
        at = timezone.now() + datetime.timedelta(days=2)
        withdrawal = verbs.withdraw(publish(draft), reason=WHY, documents=[report.pk], at=at)
        page = publisher.get(form_url(report)).content.decode()
        assert "Cancel the withdrawal…" in page
        assert "Restore the document…" not in page
        assert f'{withdrawal.pk}/change/">' in page
        for verb in ("withdraw", "restore"):
            response = publisher.get(url(report, verb), follow=True)
            assert "It is already scheduled to be withdrawn on " in said(response)[0]
        response = press(publisher, report, "cancel")
        assert said(response) == ["Cancelled the withdrawal of the document “The report”."]
        response = publisher.get(url(report, "cancel"), follow=True)
        assert said(response) == ["It is not withdrawn."]
        report.refresh_from_db()
        assert (report.withdrawn_at, report.withdrawn_with) == (None, None)

    def test_the_page_tells_the_file_from_its_likes(self, publisher, file):
        publish_file(add(file.document, pages=3))
        page = html.fromstring(publisher.get(url(file, "withdraw")).content.decode())
        assert "The report (en), report.pdf, 1 KB" in page.text_content()
        rows = page.xpath("//tbody/tr[.//strong]")
        assert [row.text_content().count("this file") for row in rows] == [1]
        assert len(page.xpath("//tbody/tr")) == 2

    def test_the_list_tells_withdrawn_ones_apart(self, publisher, file):
        Document.objects.create(slug="other", title="The other")
        press(publisher, file.document, "withdraw", reason=WHY)
        found = publisher.get(reverse("admin:documents_document_changelist") + "?waiting=withdrawn")
        page = found.content.decode()
        assert '<span class="state state-withdrawn">withdrawn</span>' in page
        assert "The other" not in page

    def test_a_file_of_a_withdrawn_document_is_not_published(self, publisher, file):
        waiting = add(file.document, pages=3)
        press(publisher, file.document, "withdraw", reason=WHY)
        address = reverse("admin:documents_document_publish", args=[waiting.pk])
        assert address not in publisher.get(form_url(file.document)).content.decode()
        response = publisher.post(address, follow=True)
        assert said(response) == ["This file or its document is withdrawn. Restore it first."]
