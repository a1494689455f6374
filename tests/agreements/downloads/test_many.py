"""Many rows, and many who ask at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.downloads import rows
from culturecoop import downloads
from culturecoop.editions import changes

#: For each portion of rows: the editions, their statuses, and what `flat_records` reads.
OF_A_PORTION = 9
MOST = 20


def queries(client, kind, query=""):
    """How many queries a download takes, with nothing kept in memory."""
    changes.forget()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/agreements/agreements.{kind}{query}")
        assert b"".join(response.streaming_content)
    return len(captured)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "json"])
def test_the_queries_are_those_of_portions(make_many, client, monkeypatch, kind):
    make_many(60)
    few, many = queries(client, kind, "?kind=protocol"), queries(client, kind)
    monkeypatch.setattr(rows, "PORTION", 50)
    in_two = queries(client, kind)

    assert max(few, many) <= MOST
    assert in_two == many + OF_A_PORTION


def open_one(together):
    """Ask for a file, and read it when all others have asked; its status and when to come again."""
    response = Client().get("/agreements/agreements.csv")
    together.wait()
    if response.streaming:
        assert b"korea" in b"".join(response.streaming_content)
    connection.close()
    return response.status_code, response.headers.get("Retry-After")


@pytest.mark.django_db(transaction=True)
def test_who_comes_when_all_places_are_taken_is_asked_to_come_again(korea):
    number = downloads.AT_ONCE + 3
    together = Barrier(number, timeout=30)
    with ThreadPoolExecutor(number) as threads:
        answers = list(threads.map(open_one, [together] * number))

    assert sorted(answers, key=str) == [(200, None)] * downloads.AT_ONCE + [(503, "30")] * 3
    response = Client().get("/agreements/agreements.xlsx")  # all places are free again
    assert b"".join(response.streaming_content)


@pytest.fixture
def taken():
    """All places are taken."""
    with ExitStack() as stack:
        for _number in range(downloads.AT_ONCE):
            stack.enter_context(downloads.place())
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "json"])
def test_it_is_said_in_plain_words(korea, client, taken, kind):
    response = client.get(f"/agreements/agreements.{kind}")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Please try again in half a minute." in response.content.decode()
    assert client.head(f"/agreements/agreements.{kind}").status_code == 200
