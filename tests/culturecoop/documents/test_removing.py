"""Buttons that take a file away for good: erasing, removing a waiting one; and adding it again."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.documents.removals import remove_waiting_file
from culturecoop.documents.verbs import add_file
from culturecoop.editions import verbs
from tests.answering import publish
from tests.forms import add_row, fields, said

from .pressing import add, form_url, press, url
from .samples import pdf

WHY = "It names a private person"


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
