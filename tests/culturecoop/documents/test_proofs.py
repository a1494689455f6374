"""Stored files are proved against their rows."""

import pytest
from django.core.files.base import ContentFile

from culturecoop.documents import proofs, withdrawals
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.releases import publish_file
from culturecoop.documents.removals import erase_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(make_file):
    file = make_file(Document.objects.create(slug="report", title="The report"))
    publish_file(file)
    return file


def path(file):
    return file.file.storage.path(file.file.name)


def write(file, content):
    with open(path(file), "wb") as stored:
        stored.write(content)


def test_what_is_right_raises_no_fault(file):
    assert list(proofs.faults()) == []
    assert list(proofs.notes()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [(lambda content: content[:-1], "bytes are stored"), (bytes.swapcase, "its checksum is")],
)
def test_changed_bytes(file, change, fault):
    write(file, change(file.file.read()))
    [sentence] = proofs.faults()
    assert fault in sentence
    assert file.file.name in sentence


def test_missing_bytes(file):
    file.file.storage.delete(file.file.name)
    [sentence] = proofs.faults()
    assert "missing" in sentence


def test_two_rows_with_the_same_bytes_are_two_faults(file):
    again = DocumentFile.objects.get()
    again.pk, again.live_from = None, None
    again.save()
    file.file.storage.delete(file.file.name)
    assert len(list(proofs.faults())) == 2


def test_erased_bytes_are_gone_and_stay_gone(file):
    content = file.file.read()
    withdrawals.withdraw_file(file, reason="Private")
    erase_bytes(file, reason="Ordered")
    assert list(proofs.faults()) == []
    file.file.storage.save(file.file.name, ContentFile(content))
    [sentence] = proofs.faults()
    assert "erased, but they are there" in sentence


def test_what_no_row_knows_is_a_note(file):
    file.file.storage.save("documents/ab/abc.pdf", ContentFile(b"left over"))
    assert list(proofs.faults()) == []
    assert list(proofs.notes()) == [
        "documents/ab/abc.pdf: in the storage, but no file of a document"
    ]


def test_outside_addresses_and_an_empty_site_have_nothing_to_prove(db):
    document = Document.objects.create(slug="a", title="A")
    document.files.create(language="en", address="https://example.org/")
    assert [*proofs.faults(), *proofs.notes()] == []
