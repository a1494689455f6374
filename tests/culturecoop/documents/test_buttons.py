"""The buttons of documents and files in the admin: who has them, what they say, what they do."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from lxml import html

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.documents.removals import remove_waiting_file
from culturecoop.documents.verbs import add_file
from culturecoop.editions import verbs
from tests.answering import publish
from tests.forms import add_row, fields, said

from .samples import pdf

WHY = "It names a private person"
ROLES = ("author", "publisher", "administrator")


@pytest.fixture
def report(db):
    return Document.objects.create(slug="report", title="The report")


@pytest.fixture
def file(report):
    """A file that readers see."""
    file = add(report)
    publish_file(file)
    return file


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


@pytest.fixture
def administrator(signed_in):
    return signed_in("administrator")


def add(document, pages=2, **fields):
    upload = SimpleUploadedFile("report.pdf", pdf(pages))
    return add_file(document, "en", upload=upload, **fields)


def url(row, verb):
    return reverse(f"admin:documents_{row._meta.model_name}_verb", args=[row.pk, verb])


def form_url(document):
    return reverse("admin:documents_document_change", args=[document.pk])


def press(client, row, verb, **asked):
    """Open the page of a button, fill it in and send it, as a browser would."""
    values = fields(client.get(url(row, verb)))
    return client.post(url(row, verb), values | asked, follow=True)


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
        assert "/documents/" not in client.get("/sitemap.xml").content.decode()
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
            assert "It will be withdrawn on " in said(response)[0]
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


class TestErasing:
    def test_the_bytes_go_and_the_record_is_shown(self, administrator, file):
        withdrawals.withdraw_file(file, reason=WHY)
        response = press(administrator, file, "erase", reason="Ordered by a court")
        assert said(response) == [
            "Deleted the content of the file “The report (en), report.pdf, 1 KB” for good: "
            "Ordered by a court"
        ]
        assert not file.file.storage.exists(file.file.name)
        page = response.content.decode()
        assert "<q>Ordered by a court</q>" in page
        assert "report.pdf" in page
        assert url(file, "restore") not in page
        assert url(file, "erase") not in page

    def test_content_in_use_is_named_and_kept(self, administrator, file):
        withdrawals.withdraw_file(file, reason=WHY)
        other = Document.objects.create(slug="other", title="The other")
        add_file(other, "en", upload=SimpleUploadedFile("a.pdf", pdf(2)), again=True)
        sentence = "The same content is in use: The other (en). Withdraw or remove"
        assert sentence in administrator.get(url(file, "erase")).content.decode()
        response = press(administrator, file, "erase", reason="Ordered")
        assert any(sentence in words for words in said(response))
        assert file.file.storage.exists(file.file.name)


class TestRemoving:
    def test_a_file_whose_draft_was_discarded(
        self, signed_in, client, report, make_agreement, django_capture_on_commit_callbacks
    ):
        """Its author takes it back; what is published later has nothing of it."""
        draft = make_agreement("korea", publish=False)
        draft.documents.create(document=report)
        publish_file(add(report))
        edition = publish(draft)
        author = signed_in("author")
        waiting = add(report, pages=3, by=author.user)
        verbs.discard(verbs.new_draft(edition))
        with django_capture_on_commit_callbacks(execute=True):
            response = press(author, waiting, "remove")
        assert "which no reader had seen" in said(response)[0]
        publish(verbs.new_draft(edition), change_note="Spelling")
        assert report.files.get().pages == 2
        assert not waiting.file.storage.exists(waiting.file.name)
        assert client.get("/documents/report/en").headers["ETag"] != f'"{waiting.sha256}"'

    def test_the_page_says_which_file_comes_out_instead(self, publisher, file):
        add(file.document, pages=3, title="The older one")
        newest = add(file.document, pages=4)
        page = publisher.get(url(newest, "remove")).content.decode()
        assert "will come out instead: The older one (en), report.pdf, 1 KB." in page

    def test_one_that_was_published_meanwhile_stays(self, publisher, report):
        waiting = add(report)
        values = fields(publisher.get(url(waiting, "remove")))
        publish_file(waiting)
        response = publisher.post(url(waiting, "remove"), values)
        assert any("have changed since" in sentence for sentence in said(response))
        response = publisher.post(url(waiting, "remove"), fields(response))
        assert "Readers have seen this file. Withdraw it instead." in said(response)
        assert report.files.exists()

    def test_one_that_is_gone_leads_back_to_its_document(self, publisher, report):
        waiting = add(report)
        page = html.fromstring(publisher.get(form_url(report)).content.decode())
        [address] = page.xpath("//a[contains(@href, '/remove/do/')]/@href")
        [button] = page.xpath("//button[contains(@formaction, '/publish/')]/@formaction")
        values = fields(publisher.get(address))
        remove_waiting_file(waiting)
        for response in (
            publisher.get(address, follow=True),
            publisher.post(address, values, follow=True),
            publisher.post(button, follow=True),
        ):
            assert said(response) == [
                "This file is no longer there: somebody removed it meanwhile."
            ]
            assert response.redirect_chain[-1][0] == form_url(report)

    def test_one_that_is_scheduled_is_not_offered(self, publisher, report, make_agreement):
        waiting = add(report)
        draft = make_agreement("korea", publish=False)
        draft.documents.create(document=report)
        publish(draft, at=timezone.now() + datetime.timedelta(days=1))
        assert url(waiting, "remove") not in publisher.get(form_url(report)).content.decode()
        seen = {"seen": withdrawals.state_of(report.files.all())}
        response = publisher.post(url(waiting, "remove"), seen)
        assert any("Cancel that schedule first" in sentence for sentence in said(response))


class TestAgain:
    def test_the_same_file_is_added_only_knowingly(self, publisher, file):
        press(publisher, file, "withdraw", reason=WHY)
        values = fields(publisher.get(form_url(file.document)), "document_form")
        number = add_row(values, "files", language="fr", title="Le rapport")
        upload = f"files-{number}-upload"
        values[upload] = SimpleUploadedFile("rapport.pdf", pdf(2))
        response = publisher.post(form_url(file.document), values)
        assert any(f"“{WHY}”" in sentence for sentence in said(response))
        assert f'name="files-{number}-again"' in response.content.decode()
        assert file.document.files.count() == 1
        values[upload] = SimpleUploadedFile("rapport.pdf", pdf(2))
        publisher.post(form_url(file.document), values | {f"files-{number}-again": "on"})
        assert file.document.files.get(language="fr").state == "waiting"
