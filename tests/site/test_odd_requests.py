"""Odd parameters and methods at every address: none is an error of the site, on any database."""

import re
from urllib.parse import urlencode

import pytest
from django.db import transaction

from tests.profiles import share_of, shares

from .access import form_of, read_table

NUMBER = "9" * 40
#: What the admin, its lists and our own pages read, each with something that it is not made for.
ODD = [
    ("q", "'"), ("q", '"'), ("o", NUMBER), ("o", "-1.x"), ("p", NUMBER), ("p", "-1"), ("e", "x"),
    ("all", "x"), ("_popup", "x"), ("_to_field", "password"), ("_changelist_filters", "&&=%00"),
    ("nobody", "1"), ("pk", "x"), ("id__in", "1,x"), ("id__exact", NUMBER), ("state", NUMBER),
    ("kind__exact", "x"), ("themes__id__exact", "x"), ("created_at__gte", "0000-00-00"),
    ("created_by__email__startswith", "a"), ("import", "x"), ("ids", f"{NUMBER},x"),
    ("on", "10000-01-01"), ("on", "0000-00-00"), ("on", "9999-12-31"), ("year_from", "1e400"),
    ("page", NUMBER), ("language", "x" * 3000), ("sheet", NUMBER), ("format", "x"), ("term", "%"),
    ("field_name", "x"), ("app_label", "x"), ("next", "//example.org"), ("words", '"*" OR ('),
]  # fmt: skip
VALUES = [NUMBER, "x", "10000-01-01", "[{", "\U0001f600", "_5F"]
METHODS = ["head", "options", "put", "patch", "delete", "trace"]
SHARES, FEW, EVERY = 4, 6, len(VALUES)
LISTS = re.compile(r"/admin/\w+/\w+/(export/)?|/agreements/(korea/)?|/")


class Trying:
    """Sends requests, takes back what they write, and notes those that fail."""

    def __init__(self, population):
        self.population, self.failed = population, []

    def send(self, role, method, address, data=None, **more):
        client = self.population.client(role)
        client.raise_request_exception = False
        with transaction.atomic():
            response = getattr(client, method)(address, data, **more)
            response.getvalue()
            transaction.set_rollback(True)
        if response.status_code >= 500:
            self.failed.append(f"{role} {method} {address[:200]} {str(data or more)[:200]}")
        return response


@pytest.fixture
def trying(population):
    return Trying(population)


def addresses(trying, share):
    """[(place, address)] of one share of the table, each address once."""
    rows = dict.fromkeys(row.address for row in read_table())
    return [
        (place, trying.population.address(row))
        for place, row in enumerate(rows)
        if share_of(row, SHARES) == share
    ]


def joined(address, name, value):
    return address + ("&" if "?" in address else "?") + urlencode({name: value})


def odd(place, address):
    """Everything for lists and their exports, which read the most; to others each a part of it."""
    return ODD if LISTS.fullmatch(address) else ODD[place % FEW :: FEW]


@pytest.mark.parametrize("share", shares(SHARES))
def test_odd_parameters(trying, share):
    for place, address in addresses(trying, share):
        if trying.send("superuser", "get", address).status_code == 200:
            for name, value in odd(place, address):
                trying.send("superuser", "get", joined(address, name, value))
        for name, value in ODD[place % FEW :: FEW]:
            trying.send("nobody", "get", joined(address, name, value))
    assert trying.failed == []


def odd_forms(form):
    """What no browser sends in place of a form: nothing, one value for all, some fields odd."""
    yield {}
    yield from (dict.fromkeys(form, value) for value in VALUES[1:3])
    counts = [name for name in form if name.endswith(("_FORMS", "-id", "version"))]
    others = [name for name in form if name not in counts]
    for place, name in enumerate(counts):
        large = "7" if name.endswith("_FORMS") else NUMBER  # so many rows would take minutes
        yield form | {name: [large, "x"][place % 2]}
    for place in range(EVERY):
        yield form | dict.fromkeys(others[place::EVERY], VALUES[place])


@pytest.mark.parametrize("share", shares(SHARES))
def test_odd_forms(trying, share):
    for _place, address in addresses(trying, share):
        form = form_of(trying.send("superuser", "get", address))
        for posted in odd_forms(form) if form else [{}]:
            trying.send("superuser", "post", address, posted)
    assert trying.failed == []


@pytest.mark.any_database  # the method decides before anything is looked for
@pytest.mark.parametrize("share", range(SHARES))
def test_other_methods(trying, share):
    for _place, address in addresses(trying, share):
        for method in METHODS:
            trying.send("nobody", method, address)
            trying.send("superuser", method, address)
    assert trying.failed == []


HEADERS = [
    ("cookie", "sessionid=" + "é" * 3000), ("cookie", "sessionid;;=;csrftoken=\x01; a=b=c"),
    ("cookie", "messages=[[\\ud800]]"), ("host", "a b"), ("host", "%00"), ("range", "bytes=9-1"),
    ("range", f"bytes={NUMBER}-"), ("if-range", '"'), ("if-none-match", '"'), ("referer", "//["),
    ("if-modified-since", "Sun, 31 Feb 99999 25:61:61 GMT"), ("accept-language", "x" * 9000),
    ("content-length", "x"), ("content-type", "multipart/form-data"), ("accept", "\x7f"),
    ("content-type", 'multipart/form-data; boundary=""; charset=utf-16'),
]  # fmt: skip


def test_odd_headers(trying):
    public = ("/", "/agreements/?words=a", "/documents/report/en", "/robots.txt")
    for address in (*public, "/admin/login/", "/admin/documents/document/add/"):
        for name, value in HEADERS:
            trying.send("nobody", "get", address, headers={name: value})
            trying.send("superuser", "post", address, headers={name: value})
    assert trying.failed == []
