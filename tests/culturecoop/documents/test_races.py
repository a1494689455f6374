"""Two at once on the same content, with real connections: no row is left without its bytes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from culturecoop.documents import proofs, withdrawals
from culturecoop.documents.forms import UploadField
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.documents.removals import erase_bytes, remove_waiting_file
from culturecoop.documents.verbs import add_file
from culturecoop.editions.verbs import Refused
from tests.culturecoop.editions.test_races import together

from .samples import pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report():
    return Document.objects.create(slug="report", title="The report")


@pytest.fixture
def annex():
    return Document.objects.create(slug="annex", title="The annex")


def upload():
    """The same content each time, looked into before the race."""
    return UploadField().clean(SimpleUploadedFile("a.pdf", pdf(2)))


@pytest.mark.parametrize("attempt", range(5))
def test_removing_and_adding_the_same_content(report, annex, attempt):
    waiting, again = add_file(report, "en", upload=upload()), upload()
    outcomes = together(
        lambda: remove_waiting_file(waiting), lambda: add_file(annex, "en", upload=again)
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    assert [file.document for file in DocumentFile.objects.all()] == [annex]
    assert [*proofs.faults(), *proofs.notes()] == []


@pytest.mark.parametrize("attempt", range(5))
def test_erasing_and_adding_the_same_content(report, annex, attempt):
    file, again = add_file(report, "en", upload=upload()), upload()
    publish_file(file)
    withdrawals.withdraw_file(file, reason="Private")
    erased, added = together(
        lambda: erase_bytes(file, reason="Ordered"),
        lambda: add_file(annex, "en", upload=again, again=True),
    )
    assert not isinstance(added, Exception)
    assert isinstance(erased, Refused) == (not DocumentFile.objects.get(pk=file.pk).erased_at)
    assert list(proofs.faults()) == []


@pytest.mark.parametrize("attempt", range(5))
def test_withdrawing_and_adding(report, attempt):
    file, another = add_file(report, "en", upload=upload()), upload()
    publish_file(file)
    seen = withdrawals.state_of(report.files.all())
    withdrawn, added = together(
        lambda: withdrawals.withdraw_document(report, reason="Private", seen=seen),
        lambda: add_file(report, "fr", upload=another),
    )
    stopped = isinstance(withdrawn, Refused) or isinstance(added, Exception)
    assert stopped, (withdrawn, added)
