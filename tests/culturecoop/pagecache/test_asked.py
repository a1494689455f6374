"""What a kept page is asked with, and what of a request never reaches it."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.pagecache.asked import MOST, asked_with, in_order, request_for

factory = RequestFactory(HTTP_HOST="localhost")
names = st.text("abcß&=% ", max_size=4)


def environ_of(path="/", **more):
    return factory.get(path).environ | more


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("", ""),
        ("b=2&a=1", "a=1&b=2"),
        ("a=2&a=1", "a=2&a=1"),  # which one counts is the page's matter
        ("a=", "a="),
        ("a=%C3%9F+x", "a=%C3%9F+x"),
        ("a=%c3%9f%20x", "a=%C3%9F+x"),
        ("utm_source=letter&a=1&fbclid=x&gclid=y&_ga=z&mtm_campaign=", "a=1"),
        ("q=utm_source&id=1", "id=1&q=utm_source"),
    ],
)
def test_queries_in_order(query, ordered):
    assert in_order(query) == ordered


@pytest.mark.parametrize("query", ["a=%FF", "a=\xdf"])
def test_odd_queries_are_left_to_django(query):
    assert in_order(query) is None


@given(st.dictionaries(names, names, max_size=3))
def test_order_changes_nothing_that_is_asked(values):
    from urllib.parse import parse_qs, urlencode

    query = urlencode(values)
    backwards = urlencode(dict(reversed(values.items())))
    assert in_order(query) == in_order(backwards) == in_order(in_order(query))
    assert parse_qs(in_order(query), keep_blank_values=True) == {k: [v] for k, v in values.items()}


@pytest.mark.parametrize(
    "odd",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS"},
        {"HTTP_COOKIE": "a=1; sessionid=x"},
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "localhost/evil"},
        {"HTTP_HOST": "a b"},
        {"HTTP_HOST": "a" * 300 + ".localhost"},
        {"QUERY_STRING": "a=" + "1" * MOST},
        {"PATH_INFO": "/" + "a" * MOST},
    ],
)
def test_what_no_kept_page_answers(odd):
    assert asked_with(environ_of(**odd)) is None


def test_nothing_that_a_reader_sets_goes_on_but_what_a_page_is_kept_under():
    environ = environ_of(
        "/agreements/?b=1&a=2", HTTP_COOKIE="x=y", HTTP_ACCEPT_LANGUAGE="de", HTTP_USER_AGENT="me",
        HTTP_X_FORWARDED_HOST="evil.example", HTTP_RANGE="bytes=0-1", CONTENT_TYPE="text/html",
        HTTP_HOST="LOCALHOST:8000", REQUEST_METHOD="HEAD", HTTP_X_FORWARDED_PROTO="https",
    )  # fmt: skip
    asked = asked_with(environ)
    passed_on = request_for(asked, environ)
    assert asked == ("http", "localhost:8000", "", "/agreements/", "a=2&b=1")
    assert {name for name in passed_on if name.startswith(("HTTP_", "CONTENT_"))} == {"HTTP_HOST"}
    assert passed_on["HTTP_HOST"] == "localhost:8000"
    assert (passed_on["REQUEST_METHOD"], passed_on["QUERY_STRING"]) == ("GET", "a=2&b=1")


@pytest.mark.parametrize(
    ("said", "scheme"),
    [
        ("https", "https"),
        ("https, http", "https"),
        ("http", "http"),
        ("odd", "http"),
        (None, "http"),
    ],
)
def test_the_proxy_says_how_the_reader_came(settings, said, scheme):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    environ = environ_of(**({"HTTP_X_FORWARDED_PROTO": said} if said else {}))
    asked = asked_with(environ)
    assert asked.scheme == scheme
    assert request_for(asked, environ).get("HTTP_X_FORWARDED_PROTO") == (scheme if said else None)
