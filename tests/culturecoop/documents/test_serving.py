"""Every header of a served file, through the request factory and over real HTTP."""

import datetime
import http.client
import threading
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.handlers.wsgi import WSGIHandler
from django.http import Http404
from django.test import RequestFactory
from django.urls import path

from culturecoop.documents import serving
from culturecoop.documents.serving import file_response

pytestmark = pytest.mark.django_db  # closing a response looks after the connections

CONTENT = bytes(range(256)) * 600  # more than two blocks
SIZE = len(CONTENT)
CHANGED = datetime.datetime(2012, 12, 31, 12, 0, 0, 900, tzinfo=datetime.UTC)
CHANGED_HTTP = "Mon, 31 Dec 2012 12:00:00 GMT"
PDF = "application/pdf"


class StoredFile:
    """A file of a model field as the response sees it, without its row."""

    def __init__(self, storage, name):
        self.storage, self.name = storage, name

    @property
    def size(self):
        return self.storage.size(self.name)


@pytest.fixture
def stored(tmp_path):
    storage = FileSystemStorage(tmp_path)
    storage.save("a.pdf", ContentFile(CONTENT))
    return StoredFile(storage, "a.pdf")


@pytest.fixture
def answer(stored):
    """Ask for the file with the given headers: status, headers, body."""

    def ask(method="get", media_type=PDF, name="a.pdf", last_modified=CHANGED, **headers):
        given = {key.replace("_", "-"): value for key, value in headers.items()}
        request = getattr(RequestFactory(), method)("/", headers=given)
        response = file_response(
            request,
            stored,
            media_type=media_type,
            download_name=name,
            etag="abc",
            last_modified=last_modified,
        )
        body = b"".join(response) if response.streaming else response.content
        response.close()
        return SimpleNamespace(status=response.status_code, headers=response.headers, body=body)

    return ask


def test_the_whole_file(answer):
    response = answer()
    assert response.status == 200
    assert response.body == CONTENT
    assert dict(response.headers) == {
        "Content-Type": PDF,
        "Content-Length": str(SIZE),
        "Content-Disposition": 'inline; filename="a.pdf"',
        "ETag": '"abc"',
        "Last-Modified": CHANGED_HTTP,
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def test_it_is_sent_in_blocks(stored):
    response = file_response(
        RequestFactory().get("/"), stored, media_type=PDF, download_name="a.pdf", etag="abc"
    )
    assert [len(block) for block in response] == [65536, 65536, SIZE - 2 * 65536]
    file = response.file_to_stream.file
    assert not file.closed
    response.close()
    assert file.closed


def test_head_has_the_headers_and_no_body(answer):
    whole, head = answer(), answer("head")
    assert (head.status, head.body) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize(
    ("media_type", "disposition"),
    [
        (PDF, "inline"),
        ("image/png", "inline"),
        ("image/jpeg", "inline"),
        ("image/webp", "inline"),
        ("application/zip", "attachment"),
        ("text/csv", "attachment"),
        ("text/html", "attachment"),
    ],
)
def test_only_harmless_kinds_open_in_the_browser(answer, media_type, disposition):
    headers = answer(media_type=media_type).headers
    assert headers["Content-Type"] == media_type
    assert headers["Content-Disposition"].startswith(disposition + ";")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Résumé 日本.pdf", "filename*=utf-8''R%C3%A9sum%C3%A9%20%E6%97%A5%E6%9C%AC.pdf"),
        ('a "b".pdf', 'filename="a \\"b\\".pdf"'),
        ("a\r\nSet-Cookie: b/c.pdf", 'filename="a-Set-Cookie: b-c.pdf"'),
        ("x" * 300 + ".pdf", f'filename="{"x" * 300}.pdf"'),
    ],
)
def test_names(answer, name, written):
    assert answer(name=name).headers["Content-Disposition"] == f"inline; {written}"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=100-", 100, SIZE),
        ("bytes=-10", SIZE - 10, SIZE),
        (f"bytes=-{SIZE * 2}", 0, SIZE),
        (f"bytes={SIZE - 1}-{SIZE * 9}", SIZE - 1, SIZE),
        ("bytes=0-99999999999999999", 0, SIZE),
    ],
)
def test_ranges(answer, asked, start, end):
    response = answer(range=asked)
    assert response.status == 206
    assert response.body == CONTENT[start:end]
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(end - start)
    assert response.headers["ETag"] == '"abc"'


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_ranges_that_cannot_be_satisfied(answer, asked):
    response = answer(range=asked)
    assert (response.status, response.body) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "asked",
    ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "lines=1-2", "bytes=0-1,4-5",
     "bytes= 1-2", "bytes=" + "9" * 5000 + "-"],
)  # fmt: skip
def test_other_ranges_get_the_whole(answer, asked):
    response = answer(range=asked)
    assert (response.status, len(response.body)) == (200, SIZE)
    assert "Content-Range" not in response.headers


def test_head_ignores_ranges(answer):
    response = answer("head", range="bytes=0-9")
    assert (response.status, response.headers["Content-Length"]) == (200, str(SIZE))


@pytest.mark.parametrize(
    ("if_range", "status"),
    [
        ('"abc"', 206),
        (CHANGED_HTTP, 206),
        ('"older"', 200),
        ('W/"abc"', 200),
        ("Mon, 31 Dec 2012 11:00:00 GMT", 200),
        ("bytes", 200),
    ],
)
def test_a_range_of_an_older_file_gets_the_whole_new_one(answer, if_range, status):
    assert answer(range="bytes=0-9", if_range=if_range).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if_none_match": '"abc"'}, 304),
        ({"if_none_match": 'W/"abc"'}, 304),
        ({"if_none_match": '"x", "abc"'}, 304),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": '"other"'}, 200),
        ({"if_none_match": '"other"', "if_modified_since": CHANGED_HTTP}, 200),
        ({"if_modified_since": CHANGED_HTTP}, 304),
        ({"if_modified_since": "Mon, 31 Dec 2012 11:59:59 GMT"}, 200),
        ({"if_modified_since": "yesterday"}, 200),
        ({"if_match": '"abc"'}, 200),
        ({"if_match": '"other"'}, 412),
        ({"if_unmodified_since": "Mon, 31 Dec 2012 11:59:59 GMT"}, 412),
        ({"if_none_match": '"abc"', "range": "bytes=0-9"}, 304),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_conditions(answer, method, headers, status):
    response = answer(method, **headers)
    assert response.status == status
    assert response.headers["ETag"] == '"abc"'
    if status != 200:
        assert response.body == b""


def test_without_a_date_there_is_no_last_modified(answer):
    response = answer(last_modified=None, if_modified_since=CHANGED_HTTP)
    assert response.status == 200
    assert "Last-Modified" not in response.headers


def test_a_lost_file_is_not_found(answer, stored):
    stored.storage.delete(stored.name)
    with pytest.raises(Http404):
        answer()


def test_a_folder_in_its_place_is_no_file_either(answer, stored):
    stored.storage.delete(stored.name)
    stored.storage.save(f"{stored.name}/b.pdf", ContentFile(CONTENT))
    with pytest.raises(Http404):
        answer()
    stored.name = f"{stored.name}/b.pdf/c.pdf"
    with pytest.raises(Http404):
        answer()


# Over real HTTP ------------------------------------------------------------------------------

FILES = {}


def view(request, name):
    return file_response(request, FILES[name], media_type=PDF, download_name="é.pdf", etag="abc")


# The middleware asks where the admin is.
urlpatterns = [path("admin/", admin.site.urls), path("<name>", view)]


@pytest.fixture
def ask(settings, stored, monkeypatch):
    """Ask a real server, with all the middleware of the site in front of the view."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(FILES, "a.pdf", stored)
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def ask(method="GET", **headers):
        connection = http.client.HTTPConnection("localhost", server.server_port)
        connection.request(method, "/a.pdf", headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, response.headers, body

    yield ask
    server.shutdown()
    server.server_close()
    thread.join()


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.mark.django_db(transaction=True)
def test_over_http(ask):
    status, headers, body = ask()
    assert (status, body) == (200, CONTENT)
    assert headers["Content-Security-Policy"] == serving.POLICY  # the site's own does not win
    assert headers["Content-Disposition"] == "inline; filename*=utf-8''%C3%A9.pdf"
    assert ask("HEAD")[2] == b""
    assert ask(Range="bytes=5-9")[::2] == (206, CONTENT[5:10])
    assert ask(Range=f"bytes={SIZE}-")[::2] == (416, b"")
    assert ask(**{"If-None-Match": '"abc"'})[::2] == (304, b"")
