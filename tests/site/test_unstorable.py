"""Text that no database can hold is refused before anything asks one, in every place of a request.

These tests may not use the database, so whatever asked it would fail.

Witness: RFC 3629 forbids surrogates in UTF-8; PostgreSQL documents that text holds no NUL.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from culturecoop.requests import Request

FORM = "/admin/login/"
SESSION = '"' + "a" * 31 + r'\000"'


def refused(response):
    assert response.status_code == 400
    assert "400.html" in [template.name for template in response.templates]
    assert "'nonce-" in response.headers["Content-Security-Policy"]
    return 'nonce="' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/%00/", "/de/%00/", "/documents/report/en%00", "/files/images/%00.png", "/admin/r/%00/1/",
     "/agreements/?words=%00", "/?%00=1", "/admin/login/?next=/admin/%00"],
)  # fmt: skip
def test_nul_in_an_address(client, address):
    assert refused(client.get(address))
    assert refused(client.post(address))


@pytest.mark.parametrize("data", [{"username": "a\0"}, {"a\0": "b"}, {"username": ["a", "\0"]}])
def test_nul_in_a_form(client, data):
    assert refused(client.post(FORM, data))


def test_nul_in_the_name_of_a_file(client):
    """Django drops it from the name itself; what it leaves is an ordinary name."""
    file = SimpleUploadedFile("a.csv", b"slug")
    file.name = "a\0.csv"
    assert client.post(FORM, {"file": file}).status_code == 200
    assert refused(client.post(FORM, {"file\0": SimpleUploadedFile("a.csv", b"slug")}))


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language"])
def test_nul_in_a_cookie(client, name):
    """Between quotes a cookie may write any sign by its number, as RFC 2109 had it."""
    assert refused(client.get("/admin/", headers={"cookie": f"{name}={SESSION}"}))


@pytest.mark.parametrize("encoding", ["hex", "rot13", "undefined", "none-of-this-name"])
def test_an_encoding_that_is_none_of_text_is_left_out(encoding):
    """Django fails on the first three before it handles errors: the server would answer 500."""
    asked = RequestFactory().get("/robots.txt?words=x").environ
    asked["CONTENT_TYPE"] = f"text/plain; charset={encoding}"
    assert Request(asked).GET["words"] == "x"


def test_half_a_sign_by_another_encoding(client):
    body = '--b\r\nContent-Disposition: form-data; name="username"\r\n\r\n+2AA-\r\n--b--\r\n'
    asked = {"content_type": "multipart/form-data; boundary=b; charset=utf-7"}
    assert refused(client.generic("POST", FORM, body, **asked))
    assert refused(client.generic("GET", "/agreements/?words=%2B2AA-", b"x", **asked))


def test_signs_of_all_languages_are_none_of_these(client, make_page):
    make_page("")
    for text in ("\U0001f600", "\ufffd", "\x01", "\x85", "ﷺ", "𝒳"):
        assert client.get("/agreements/", {"words": text}).status_code == 200
