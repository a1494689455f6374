"""Faults of the machine: readers are asked to come again, editors keep what they had typed."""

import errno
import io
import os
from types import SimpleNamespace

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError, ProgrammingError
from django.urls import reverse

from culturecoop import faults
from culturecoop.storage import WholeFileStorage

from ..forms import fields
from .documents.samples import pdf

pytestmark = pytest.mark.django_db
DOCUMENT = reverse("admin:documents_document_add")
THEME = reverse("admin:agreements_theme_add")
WORDS = 'Words with <b>marks</b> & "quotation"'
SHOWN = "Words with &lt;b&gt;marks&lt;/b&gt; &amp; &quot;quotation&quot;"


def text_of(response):
    return " ".join(response.content.decode().split())


def raising(error):
    def fail(*args, **kwargs):
        raise error

    return fail


def os_error(number):
    return OSError(number, os.strerror(number))


@pytest.fixture
def broken_database(monkeypatch):
    broken = raising(OperationalError("the connection is closed"))
    return lambda: monkeypatch.setattr(
        "django.db.backends.base.base.BaseDatabaseWrapper.cursor", broken
    )


@pytest.fixture
def publisher(signed_in):
    client = signed_in("publisher")
    client.raise_request_exception = False
    return client


def upload(client, **changes):
    file = io.BytesIO(pdf())
    file.name = "report.pdf"
    values = fields(client.get(DOCUMENT), "document_form") | {
        "title": WORDS, "slug": "report", "files-0-language": "en", "files-0-upload": file,
    }  # fmt: skip
    return client.post(DOCUMENT, values | changes)


def test_a_reader_is_asked_to_come_again(client, broken_database):
    broken_database()
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Please try again in a minute." in text_of(answer)
    assert "<form" not in text_of(answer)
    nonce = text_of(answer).split('nonce="')[1].split('"')[0]
    assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]


def test_what_the_driver_refuses_to_connect_with_is_no_fault_of_the_program(monkeypatch):
    refusal = ProgrammingError("invalid connection option")
    assert faults.kind_of(refusal) == ""
    monkeypatch.setattr(faults, "connection", SimpleNamespace(connection=None))
    assert faults.kind_of(refusal) == "database"


def test_faults_outside_the_views_are_answered_alike(client, broken_database):
    """As in the session, which is looked up before the view is asked."""
    client.raise_request_exception = False
    client.cookies["sessionid"] = "a" * 32
    broken_database()
    for address in ("/admin/", "/health/ready", "/nothing/"):
        assert client.get(address).status_code == 503


def test_other_faults_stay_what_they_are(client, make_page, monkeypatch):
    client.raise_request_exception = False
    for error in (RuntimeError("on purpose"), os_error(errno.ENOENT)):
        monkeypatch.setattr("strategy.views._standing", raising(error))
        assert client.get("/").status_code == 500


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "There is no room left on the disk"),
        (errno.EDQUOT, "There is no room left on the disk"),
        (errno.EROFS, "may not write on its disk"),
        (errno.EACCES, "may not write on its disk"),
        (errno.EIO, "does not answer"),
    ],
)
def test_an_upload_that_cannot_be_kept(publisher, monkeypatch, number, told):
    monkeypatch.setattr(WholeFileStorage, "_save", raising(os_error(number)))
    answer = upload(publisher)
    assert answer.status_code == 503
    assert told in text_of(answer)
    assert f">{SHOWN}</textarea>" in text_of(answer)
    assert "the file has to be chosen again" in text_of(answer)
    assert "Send again" not in text_of(answer)
    monkeypatch.undo()
    assert upload(publisher).status_code == 302


@pytest.mark.parametrize("step", ["new_file", "receive_data_chunk", "file_complete"])
def test_an_upload_that_finds_no_room_on_its_way_in(publisher, settings, monkeypatch, step):
    """The texts that come after the file in the request are kept all the same."""
    settings.FILE_UPLOAD_HANDLERS = settings.FILE_UPLOAD_HANDLERS[1:]
    monkeypatch.setattr(TemporaryFileUploadHandler, step, raising(os_error(errno.ENOSPC)))
    answer = upload(publisher, **{"files-0-title": "After the file"})
    assert answer.status_code == 503
    assert "There is no room left" in text_of(answer)
    assert f">{SHOWN}</textarea>" in text_of(answer)
    assert ">After the file</textarea>" in text_of(answer)


def test_a_full_database_is_a_full_disk(publisher, monkeypatch):
    values = fields(publisher.get(THEME), "theme_form") | {"name": WORDS, "slug": "words"}
    full = OperationalError("database or disk is full")
    monkeypatch.setattr("agreements.models.Theme.save", raising(full))
    answer = publisher.post(THEME, values)
    assert answer.status_code == 503
    assert "There is no room left" in text_of(answer)


def test_what_was_typed_can_be_sent_again_from_the_page(publisher, broken_database, monkeypatch):
    values = fields(publisher.get(THEME), "theme_form") | {"name": [WORDS], "slug": ["words"]}
    broken_database()
    answer = publisher.post(THEME, values)
    assert answer.status_code == 503
    assert "Send again" in text_of(answer)
    monkeypatch.undo()
    again = {name: value for name, value in fields(answer).items() if name}
    assert again == values
    assert publisher.post(THEME, again).status_code == 302


def test_empty_rows_for_more_are_sent_again_and_not_shown(publisher, broken_database):
    empty = {"files-__prefix__-language": "de"}
    broken_database()
    answer = publisher.post(THEME, {"name": WORDS} | empty)
    assert [text.label for text in answer.context["texts"]] == ["Name"]
    assert fields(answer)["name"] == [WORDS]
    assert 'name="files-__prefix__-language"' in text_of(answer)


def test_nothing_is_shown_of_strangers_and_of_passwords(client, publisher, broken_database):
    broken_database()
    client.raise_request_exception = False
    signing_in = {"username": "ada", "password": WORDS}
    for visitor in (client, publisher):
        answer = visitor.post("/admin/login/", signing_in)
        assert answer.status_code == 503
        assert "ada" not in text_of(answer)
        assert SHOWN not in text_of(answer)
    assert SHOWN not in text_of(client.post(THEME, {"name": WORDS}))
