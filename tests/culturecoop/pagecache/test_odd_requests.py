"""Odd requests, each followed by a plain one: no page that others are shown takes up anything."""

import pytest

from culturecoop.pagecache.pages import Pages

from .sites import PAGE

pytestmark = pytest.mark.django_db
ODD = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "localhost:1"},
    {"HTTP_HOST": "localhost.:80"},
    {"HTTP_HOST": "LocalHost"},
    {"HTTP_HOST": "localhost@evil.example"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_HOST": "evil.example"},
    {"HTTP_X_ORIGINAL_URL": "/admin/"},
    {"HTTP_X_REWRITE_URL": "/de/"},
    {"HTTP_FORWARDED": "host=evil.example;proto=https"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_X_FORWARDED_SCHEME": "nothttps"},
    {"HTTP_X_FORWARDED_PORT": "1"},
    {"HTTP_X_FORWARDED_FOR": "10.0.0.1"},
    {"HTTP_ACCEPT_LANGUAGE": "de"},
    {"HTTP_ACCEPT_LANGUAGE": "\xff"},
    {"HTTP_ACCEPT": "application/json"},
    {"HTTP_ACCEPT_ENCODING": "br;q=odd"},
    {"HTTP_COOKIE": "django_language=de"},
    {"HTTP_COOKIE": "csrftoken=abc; messages=x"},
    {"HTTP_COOKIE": "sessionid=x"},
    {"HTTP_COOKIE": "=;;sessionid"},
    {"HTTP_RANGE": "bytes=0-9"},
    {"HTTP_IF_RANGE": "x"},
    {"HTTP_IF_MODIFIED_SINCE": "Sat, 29 Oct 2050 19:43:31 GMT"},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_IF_MATCH": '"x"'},
    {"HTTP_AUTHORIZATION": "Basic eDp5"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    {"HTTP_REFERER": "https://evil.example/"},
    {"HTTP_USER_AGENT": "<script>"},
    {"REQUEST_METHOD": "HEAD"},
    {"REQUEST_METHOD": "POST"},
    {"REQUEST_METHOD": "OPTIONS"},
    {"REQUEST_METHOD": "PURGE"},
    {"REQUEST_METHOD": "get"},
    {"QUERY_STRING": "utm_source=%3Cscript%3E"},
    {"QUERY_STRING": "on=2012-12-31"},
    {"QUERY_STRING": "on=%FF"},
    {"QUERY_STRING": "a=\xdf"},
    {"QUERY_STRING": "q=" + "x" * 5000},
    {"QUERY_STRING": "&&=&;"},
    {"PATH_INFO": "/agreements/korea"},
    {"PATH_INFO": "//agreements/korea/"},
    {"PATH_INFO": "/agreements/korea/\x00"},
    {"PATH_INFO": "/agreements/korea/\xff"},
    {"SCRIPT_NAME": "/evil"},
    {"CONTENT_TYPE": "text/html; charset=utf-7"},
    {"CONTENT_LENGTH": "5"},
]


def test_an_odd_request_leaves_the_page_as_it_is(site, korea):
    expected = site.plain(PAGE)
    ours = {"ETag", "Last-Modified", "Vary", "Content-Length", "Cache-Control"}
    for odd in ODD:
        site.cached.pages = Pages(10**7)  # nothing is kept when it comes
        site.ask(PAGE, **odd)
        for _again in range(2):
            answer = site.ask(PAGE)
            assert answer.body == expected.body, odd
            assert {n: v for n, v in answer.headers.items() if n not in ours} == {
                n: v for n, v in expected.headers.items() if n not in ours
            }, odd
            assert answer.headers["Cache-Control"].startswith("public, max-age=0, must-rev"), odd
