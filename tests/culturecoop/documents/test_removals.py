"""Waiting files are removed, withdrawn ones erased; bytes that others use stay."""

import datetime

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.documents.removals import erase_bytes, remove_waiting_file
from culturecoop.documents.verbs import WithdrawnBefore, add_file
from culturecoop.editions import verbs
from culturecoop.editions.verbs import Refused
from tests.answering import publish

from .samples import pdf

pytestmark = pytest.mark.django_db
WHY = "It names a private person"


@pytest.fixture
def report():
    return Document.objects.create(slug="report", title="The report")


@pytest.fixture
def annex():
    return Document.objects.create(slug="annex", title="The annex")


def added(document, language="en", content=None, **options):
    upload = SimpleUploadedFile("a.pdf", content or pdf(2))
    return add_file(document, language, upload=upload, **options)


def withdrawn(file):
    publish_file(file)
    return withdrawals.withdraw_file(file, reason=WHY)


def stored(file):
    return file.file.storage.exists(file.file.name)


class TestRemoving:
    def test_a_waiting_file_goes_with_its_bytes(
        self, report, client, django_capture_on_commit_callbacks
    ):
        file = added(report)
        with django_capture_on_commit_callbacks(execute=True):
            remove_waiting_file(file)
        assert not report.files.exists()
        assert not stored(file)

    def test_bytes_of_another_file_stay(self, report, annex, django_capture_on_commit_callbacks):
        file, other = added(report), added(annex)
        with django_capture_on_commit_callbacks(execute=True):
            remove_waiting_file(file)
        assert other.file.read() == pdf(2)

    def test_a_removal_that_is_taken_back_leaves_the_bytes(self, report):
        file = added(report)
        with transaction.atomic():
            remove_waiting_file(file)
            transaction.set_rollback(True)
        assert report.files.get().file.read() == pdf(2)

    def test_what_readers_have_seen_stays(self, report):
        file = added(report)
        publish_file(file)
        with pytest.raises(Refused, match="Withdraw it instead"):
            remove_waiting_file(file)

    def test_so_does_what_a_scheduled_edition_counts_on(self, report, make_agreement):
        file = added(report)
        draft = make_agreement("korea", publish=False)
        draft.documents.create(document=report)
        edition = publish(draft, at=timezone.now() + datetime.timedelta(days=1))
        with pytest.raises(Refused, match="Cancel that schedule"):
            remove_waiting_file(file)
        verbs.cancel_schedule(edition)
        remove_waiting_file(file)
        assert not report.files.exists()

    def test_one_that_is_gone_is_said_to_be_gone(self, report):
        file = added(report)
        DocumentFile.objects.all().delete()
        with pytest.raises(Refused, match="removed it meanwhile"):
            remove_waiting_file(file)


class TestErasing:
    def test_the_bytes_go_and_the_record_stays(self, report, admin_user, client):
        file = withdrawn(added(report))
        erase_bytes(file, reason="Ordered by a court", by=admin_user)
        file.refresh_from_db()
        assert not stored(file)
        assert (file.sha256 != "", file.erased_by) == (True, admin_user)
        assert (file.erasure_reason, file.withdrawal_reason) == ("Ordered by a court", WHY)
        response = client.get("/documents/report/en")
        assert response.status_code == 410
        assert WHY in response.content.decode()
        with pytest.raises(Refused, match="cannot be restored"):
            withdrawals.restore_file(file)
        with pytest.raises(Refused, match="deleted already"):
            erase_bytes(file, reason="Twice")

    def test_it_must_be_withdrawn_first_and_needs_a_reason(self, report):
        file = added(report)
        publish_file(file)
        with pytest.raises(Refused, match="Withdraw the file first"):
            erase_bytes(file, reason="Ordered")
        withdrawals.withdraw_file(file, reason=WHY)
        with pytest.raises(Refused, match="Say why"):
            erase_bytes(file, reason=" ")
        assert stored(file)

    def test_content_that_another_document_uses_is_kept(self, report, annex):
        file, other = added(report), added(annex, "de")
        withdrawn(file)
        with pytest.raises(Refused, match=r"in use: The annex \(de\)"):
            erase_bytes(file, reason="Ordered")
        assert stored(other)
        withdrawn(other)
        erase_bytes(file, reason="Ordered")
        assert not stored(other)
        assert not DocumentFile.objects.filter(erased_at=None).exists()

    def test_a_restored_document_does_not_bring_it_back(self, report, client):
        file = added(report)
        publish_file(file)
        withdrawals.withdraw_document(report, reason=WHY)
        erase_bytes(file, reason="Ordered")
        withdrawals.restore_document(report)
        assert client.get("/documents/report/en").status_code == 410

    def test_an_outside_address_has_no_bytes(self, report):
        file = withdrawn(add_file(report, "en", address="https://example.org/a"))
        with pytest.raises(Refused, match="no content here"):
            erase_bytes(file, reason="Ordered")

    def test_a_storage_that_fails_leaves_everything(self, report, monkeypatch):
        file = withdrawn(added(report))

        def fail(storage, name):
            raise PermissionError(name)

        monkeypatch.setattr(FileSystemStorage, "delete", fail)
        with pytest.raises(Refused, match="Nothing was changed"):
            erase_bytes(file, reason="Ordered")
        file.refresh_from_db()
        assert file.erased_at is None


class TestAgain:
    def test_the_same_content_comes_back_only_knowingly(self, report, annex):
        file = withdrawn(added(report))
        erase_bytes(file, reason="Ordered")
        for document in (report, annex):
            with pytest.raises(WithdrawnBefore, match=r"withdrawn from “The report”.*private"):
                added(document, "fr")
        again = added(annex, again=True)
        assert again.file.read() == pdf(2)
        file.refresh_from_db()
        assert file.erased_at

    def test_so_does_an_outside_address(self, report):
        withdrawn(add_file(report, "en", address="https://example.org/a"))
        with pytest.raises(WithdrawnBefore):
            add_file(report, "de", address="https://example.org/a")

    def test_other_content_is_not_asked_about(self, report):
        withdrawn(added(report))
        assert added(report, content=pdf(3)).pages == 3
