"""A session ends after a day without use, and use renews it without a write each time."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .conftest import PASSWORD, sign_in

HOUR = 60 * 60


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-02 09:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def working(anna, clock):
    return sign_in("anna", PASSWORD).client


def may_work(client):
    return client.get("/admin/").status_code == 200


def writes(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return [q["sql"] for q in queries if "django_session" in q["sql"] and "SELECT" not in q["sql"]]


def test_a_day_without_use_ends_it(working, clock):
    clock.shift(24 * HOUR - 1)
    assert may_work(working)
    clock.shift(24 * HOUR + 1)
    assert not may_work(working)


def test_use_renews_it(working, clock):
    for _time in range(5):
        clock.shift(23 * HOUR)
        assert may_work(working)


def test_the_cookie_is_renewed_with_it(working, clock):
    clock.shift(2 * HOUR)
    assert working.get("/admin/").cookies["sessionid"]["max-age"] == 24 * HOUR


def test_it_is_written_once_an_hour(working, clock):
    working.get("/admin/")
    assert writes(working, "/admin/") == []
    clock.shift(HOUR - 1)
    assert writes(working, "/admin/") == []
    clock.shift(1)
    assert len(writes(working, "/admin/")) > 0
    assert writes(working, "/admin/") == []


def test_public_pages_on_which_nothing_is_edited_do_not_look_at_it(working):
    with CaptureQueriesContext(connection) as queries:
        assert working.get("/agreements/").status_code == 200
    assert not any("django_session" in query["sql"] for query in queries)


def test_a_reader_has_none(client, make_page):
    make_page("")
    response = client.get("/")
    assert "sessionid" not in response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
