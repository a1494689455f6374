"""What is done with every request: its language, its size, its headers."""

import io

import pytest
from django.db import OperationalError
from django.utils import timezone

from culturecoop.documents.models import Document

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.8,en;q=0.5"}


def language_of(response):
    return response.headers["Content-Language"]


def test_the_admin_speaks_the_language_of_the_browser(client, db):
    response = client.get("/admin/login/", **GERMAN)
    assert language_of(response) == "de"
    assert "Accept-Language" in response.headers["Vary"]
    assert '<html lang="de"' in response.content.decode()


@pytest.mark.parametrize("asked", ["en-GB", "es", "", "tlh;q=x"])
def test_it_speaks_the_language_of_the_site_to_others(client, db, asked):
    assert language_of(client.get("/admin/login/", HTTP_ACCEPT_LANGUAGE=asked)) == "en"


def test_the_scripts_of_the_admin_speak_it_too(signed_in):
    script = signed_in("author").get("/admin/jsi18n/", **GERMAN).content.decode()
    assert '"Move up": "Nach oben"' in script


@pytest.mark.parametrize(("address", "language"), [("/", "en"), ("/de/", "de"), ("/fr/", "fr")])
def test_a_public_page_speaks_the_language_of_its_address(client, make_page, address, language):
    make_page("", title="Home")
    assert language_of(client.get(address, **GERMAN)) == language


def test_what_a_form_explains_is_in_that_language_too(signed_in, make_agreement):
    draft = make_agreement("korea", publish=False)
    address = f"/admin/agreements/agreementedition/{draft.pk}/publish/do/"
    page = signed_in("publisher").get(address, **GERMAN).content.decode()
    assert "Ortszeit (Brüssel)." in page


SMALL, LARGE = 100, 2000


@pytest.fixture
def limits(settings):
    settings.ANONYMOUS_MAX_BYTES, settings.REQUEST_MAX_BYTES = 1000, 3000


def post(client, address, size, **headers):
    return client.post(address, {"text": "a" * size}, **headers)


@pytest.mark.parametrize("address", ["/admin/login/", "/", "/admin/documents/document/add/"])
def test_a_stranger_sends_little(client, db, limits, address):
    assert post(client, address, SMALL).status_code in (200, 302, 405)
    answer = post(client, address, LARGE)
    assert answer.status_code == 413
    assert "larger than 1000\xa0bytes" in answer.content.decode()


def test_nothing_is_read_of_what_is_too_large(client, db, limits):
    class Unread(io.BytesIO):
        def read(self, *args):
            raise AssertionError("it was read")

    answer = client.generic(
        "POST", "/admin/login/", **{"wsgi.input": Unread()}, CONTENT_LENGTH=LARGE
    )
    assert answer.status_code == 413


def test_who_has_signed_in_sends_more(signed_in, limits):
    author = signed_in("author")
    address = "/admin/documents/document/add/"
    assert post(author, address, LARGE).status_code == 200
    assert post(author, address, 2 * LARGE).status_code == 413


def test_a_body_without_an_end_is_refused(client, db):
    unknown = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    assert client.post("/admin/login/", {}, **unknown).status_code == 411


def test_a_large_body_is_not_read_while_nobody_can_be_known(client, db, limits, monkeypatch):
    def fail(*args):
        raise OperationalError("gone")

    client.cookies["sessionid"] = "a" * 32
    with monkeypatch.context() as broken:
        broken.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", fail)
        answer = post(client, "/admin/documents/document/add/", LARGE)
    assert answer.status_code == 503
    assert "aaaa" not in answer.content.decode()


def test_other_sites_show_public_files_and_nothing_else(client, make_page, make_file):
    make_page("")
    file = make_file(Document.objects.create(slug="report", title="The report"))
    policy = "Cross-Origin-Resource-Policy"
    for address in ("/", "/admin/login/", "/health/live", file.get_dated_url()):
        assert client.get(address).headers[policy] == "same-origin"
    file.live_from = timezone.now()
    file.save()
    for address in (file.get_absolute_url(), file.get_dated_url()):
        assert client.get(address).headers[policy] == "cross-origin"


def test_an_editor_alone_is_shown_the_file_of_a_draft(signed_in, make_file):
    file = make_file(Document.objects.create(slug="report", title="The report"))
    answer = signed_in("author").get(file.get_dated_url())
    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_reader_is_asked_for_nothing_by_his_machine(client, make_page):
    make_page("")
    policy = client.get("/").headers["Permissions-Policy"]
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in policy
