"""What is withdrawn is in no new export, and comes back by no old one."""

import pytest
from django.utils import timezone

from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.imports import jobs

from .conftest import png
from .working import applied, exported, files_of, packed, planned, sheets_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(rich_site):
    """An export of the time when all was public."""
    DocumentFile.objects.update(live_from=timezone.now())
    return exported()


@pytest.mark.parametrize("live", [True, False])
def test_a_document_keeps_its_title_and_nothing_of_its_files(before, live):
    withdrawals.withdraw_document(Document.objects.get(), reason="Private")
    content = exported(live=live)
    sheets = sheets_of(content)
    assert [row["slug"] for row in sheets["documents"]] == ["report"]
    assert "files" not in sheets
    assert not any("report" in path for path in files_of(content))


def test_a_single_file_is_left_out(before):
    english = DocumentFile.objects.get(language="en")
    withdrawals.withdraw_file(english, reason="Private")
    content = exported()
    assert [row["language"] for row in sheets_of(content)["files"]] == ["fr"]
    assert not any("report-en" in path for path in files_of(content))


def test_a_file_of_an_undone_import_leaves_no_bytes(
    before, settings, django_capture_on_commit_callbacks
):
    sheets = {"files": sheets_of(before)["files"]}
    job = applied(planned(packed(sheets, {"files/report-en.png": png("green")})))
    assert DocumentFile.objects.count() == 3
    with django_capture_on_commit_callbacks(execute=True):
        jobs.undo(job)
    assert DocumentFile.objects.count() == 2
    assert len(list((settings.MEDIA_ROOT / "documents").glob("*/*"))) == 1


def test_an_older_export_does_not_bring_it_back(before):
    withdrawals.withdraw_document(Document.objects.get(), reason="It names a person")
    job = planned(before)
    refused = job.rows.filter(kind="error")
    assert {row.subject.partition(" ")[0] for row in refused} == {"report"}, told(job)
    assert refused.count() == 2
    assert all("It names a person" in str(row.errors) for row in refused)
    assert not job.can_apply
