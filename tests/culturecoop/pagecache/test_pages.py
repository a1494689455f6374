"""The pages that are kept: in which encodings they are sent, and how many there are."""

import gzip
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from culturecoop.pagecache.asked import Asked
from culturecoop.pagecache.pages import Pages, encoding_for, page_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HTML = b"<p>What is in force</p>" * 40


def page(body=HTML, headers=(), until=NOW):
    return page_of([("Content-Type", "text/html"), *headers], body, (1, 2), until, NOW)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("identity", ""),
        ("gzip;q=odd", ""),
        ("compress, x-gzip", ""),
        ("br," * 1000, ""),
    ],
)
def test_the_encoding_that_is_accepted(accepted, encoding):  # RFC 9110, 12.5.3
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize(
    ("encoding", "decoded"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)],
)
def test_each_encoding_holds_the_page(encoding, decoded):
    headers = dict(page().headers_in(encoding, 1))
    assert decoded(page().body(encoding)) == HTML
    assert headers.get("Content-Encoding", "") == encoding
    assert int(headers["Content-Length"]) == len(page().body(encoding))


def test_encodings_have_tags_of_their_own_and_a_tag_is_that_of_the_text():
    assert len({page().tag(encoding) for encoding in ("br", "gzip", "")}) == 3
    assert page().tag("br") == page().tag("br") != page(HTML + b".").tag("br")


def test_headers_of_django_that_are_ours_are_replaced():
    found = page(headers=[("Vary", "Cookie"), ("ETag", "x"), ("X-Frame-Options", "DENY")])
    headers = found.headers_in("br", 1)
    assert [value for name, value in headers if name == "Vary"] == ["Accept-Encoding"]
    assert ("X-Frame-Options", "DENY") in headers
    assert [name for name, _value in headers].count("ETag") == 1


@pytest.mark.parametrize(
    ("setting", "left", "shared"),
    [
        (0, 3600, 0),
        (1, 3600, 1),
        (1, 2, 1),
        (1, 1.9, 0),
        (300, 3600, 300),
        (300, 100.9, 99),  # nginx keeps it for the second that has begun, too
        (300, 1, 0),
        (300, -5, 0),  # it took long to render
    ],
)
def test_no_cache_in_front_may_keep_a_page_beyond_its_end(setting, left, shared):
    found = page(headers=[("Cache-Control", "x")], until=NOW + timedelta(seconds=left))
    assert found.shared_seconds(setting, NOW) == shared
    for headers in (found.headers_in("br", shared), found.headers_unchanged("br", shared)):
        told = [value for name, value in headers if name == "Cache-Control"]
        assert told == [f"public, max-age=0, must-revalidate, s-maxage={shared}"]


def test_those_that_were_asked_for_last_stay():
    pages = Pages(4 * page().size * 2)
    home = Asked("http", "localhost", "", "/", "")
    pages.keep(home, page())
    for n in range(50):
        pages.keep(Asked("http", "localhost", "", "/", f"on={n}"), page())
    assert pages.get(home)  # however many filters are asked for
    assert pages.get(Asked("http", "localhost", "", "/", "on=49"))
    assert not pages.get(Asked("http", "localhost", "", "/", "on=0"))


def test_a_page_larger_than_all_places_is_not_kept():
    pages = Pages(100)
    home = Asked("http", "localhost", "", "/", "")
    pages.keep(home, page())
    assert pages.get(home) is None
