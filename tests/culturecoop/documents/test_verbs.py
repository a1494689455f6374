"""Files are added, looked into and never overwritten."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from culturecoop.documents import inspection
from culturecoop.documents.forms import UploadField
from culturecoop.documents.inspection import Refused
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.verbs import add_file

from . import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return Document.objects.create(slug="report", title="The report")


def upload(content=None, name="a.pdf"):
    return SimpleUploadedFile(name, samples.pdf(2, "Le rapport") if content is None else content)


def test_everything_is_read_from_the_file(document, admin_user):
    content = samples.pdf(2, "Le rapport")
    file = add_file(document, "fr", upload=upload(content, "Rapport é.pdf"), by=admin_user)
    file = DocumentFile.objects.get(pk=file.pk)
    assert (file.media_type, file.extension, file.note) == ("application/pdf", "pdf", "")
    assert (file.size, file.pages, file.title) == (len(content), 2, "Le rapport")
    assert (file.original_name, file.added_by) == ("Rapport é.pdf", admin_user)
    assert file.live_from is None
    assert file.file.name == f"documents/{file.sha256[:2]}/{file.sha256}.pdf"
    assert file.file.read() == content


def test_a_newer_file_leaves_the_older_one(document):
    first = add_file(document, "fr", upload=upload())
    second = add_file(document, "fr", upload=upload(samples.pdf(5)))
    first.refresh_from_db()
    assert (first.pages, second.pages) == (2, 5)
    assert first.file.read() != second.file.read()


def test_the_same_content_is_stored_once(document):
    content = samples.pdf()
    first = add_file(document, "fr", upload=upload(content))
    second = add_file(document, "fr", upload=upload(content), title="Another title")
    assert first.pk != second.pk
    assert first.file.name == second.file.name
    assert second.file.read() == content


def test_an_outside_address(document):
    file = add_file(document, "en", address="https://example.org/a.pdf")
    assert (file.address, file.size, file.media_type, file.added_by) == (
        "https://example.org/a.pdf", None, "", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "own", "given", "title"),
    [
        ("fr", "Le rapport", "", "Le rapport"),
        ("fr", "Le rapport", "Rapport annuel", "Rapport annuel"),
        ("en", "The Report v3 FINAL", "", ""),  # the document's own title stands
        ("fr", "Microsoft Word - rapport.doc", "", ""),
        ("fr", "Untitled-1", "", ""),
        ("fr", "rapport_2012_v3.indd", "", ""),
        ("fr", "Document1", "", ""),
        ("fr", "Document de travail", "", "Document de travail"),
    ],
)
def test_titles(document, language, own, given, title):
    assert (
        add_file(document, language, upload=upload(samples.pdf(1, own)), title=given).title == title
    )


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({}, "__all__"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "https://example.org/", "title": "a\0b"}, "title"),
    ],
)
def test_what_is_wrong_is_said_by_field(document, arguments, place):
    with pytest.raises(ValidationError) as caught:
        add_file(document, "en", **arguments)
    assert place in caught.value.message_dict
    assert not DocumentFile.objects.exists()


def test_a_file_and_an_address_are_refused(document):
    with pytest.raises(ValidationError, match="not both"):
        add_file(document, "en", upload=upload(), address="https://example.org/")


def test_an_unknown_language_is_refused(document):
    with pytest.raises(ValidationError) as caught:
        add_file(document, "xx", upload=upload())
    assert "language" in caught.value.message_dict


def test_a_refused_file_leaves_nothing(document, settings):
    with pytest.raises(Refused):
        add_file(document, "en", upload=upload(b"<html>"))
    assert not DocumentFile.objects.exists()
    assert not list(settings.MEDIA_ROOT.glob("**/*.*"))


def test_any_open_file_is_taken(document, tmp_path):
    (tmp_path / "a.pdf").write_bytes(samples.pdf())
    with (tmp_path / "a.pdf").open("rb") as plain:
        file = add_file(document, "en", upload=File(plain), by=AnonymousUser())
    assert (file.original_name, file.added_by, file.size) == ("a.pdf", None, len(samples.pdf()))


def test_a_large_upload_on_disk_is_taken(document):
    content = samples.archive({"a": "b"})
    large = TemporaryUploadedFile(r"C:\papers\a.zip", "text/html", len(content), None)
    large.write(content)
    assert add_file(document, "en", upload=large).media_type == "application/zip"


def test_a_very_long_name_is_cut(document):
    long = upload(name="a.pdf")
    long._name = "x" * 400 + ".pdf"
    assert len(add_file(document, "en", upload=long).original_name) == 255


# Forms ---------------------------------------------------------------------------------------


def test_an_upload_is_inspected_once(document, monkeypatch):
    given = UploadField().clean(upload())
    monkeypatch.setattr(inspection, "READER", None)  # a second look would fail
    assert add_file(document, "fr", upload=given).sha256 == given.facts.sha256


def test_the_field_gives_the_upload_with_its_facts():
    assert UploadField().clean(upload()).facts.pages == 2


def test_the_field_shows_why_a_file_is_refused():
    with pytest.raises(ValidationError, match="a web page"):
        UploadField().clean(upload(b"<html>"))


def test_the_field_may_be_left_empty():
    assert UploadField(required=False).clean(None) is None
    with pytest.raises(ValidationError):
        UploadField().clean(None)
