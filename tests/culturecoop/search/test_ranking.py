"""The order of what is found, and that words which everything has cost no more than others."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from culturecoop.search.models import SearchDocument
from culturecoop.search.query import Query
from culturecoop.search.ranking import hits
from culturecoop.search.words import Content, Passage

pytestmark = pytest.mark.django_db
WORDS = "the act on art and law of one"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def most(monkeypatch):
    """No more than ten are shown."""
    monkeypatch.setattr("culturecoop.search.ranking.MOST", 10)
    return 10


def store(count, first=0, live_from=None, live_until=None):
    """Store rows of agreements that all have the words."""
    columns = Content(titles=[Passage("en", WORDS)]).columns()
    live_from = live_from or timezone.now() - HOUR
    SearchDocument.objects.bulk_create(
        SearchDocument(
            kind="agreement", object_id=n, identity_id=n, live_from=live_from,
            live_until=live_until, **columns,
        )
        for n in range(first, first + count)
    )  # fmt: skip


def test_what_readers_do_not_see_takes_no_place_among_the_most(most):
    store(30)
    store(30, first=30, live_from=timezone.now() + HOUR)
    store(30, first=60, live_until=timezone.now() - HOUR)
    found = [hit.object_id for hit in hits(Query(WORDS))]
    assert sorted(found) == list(range(30 - most - 1, 30))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
def test_no_more_is_gone_through_than_can_be_shown(most):
    store(100)
    few = _steps()
    store(1000, first=100)
    assert _steps() <= 4 * few  # three hundred times as many, when all are


def _steps():
    """Return how many hundreds of steps SQLite takes to find the words."""
    steps = []
    connection.connection.set_progress_handler(lambda: steps.append(1) and None, 100)
    try:
        assert len(hits(Query(WORDS))) == 11
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(steps)
