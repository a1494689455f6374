"""What is kept in memory is computed anew after each change that readers see, and only then."""

import datetime
import gc
import threading
import weakref

import pytest
import time_machine
from django.db import connection, transaction

from agreements.models import Theme
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import changes, verbs
from culturecoop.editions.models import Change
from culturecoop.reference.verbs import amend
from tests.answering import publish

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def computed():
    """computed() → how often what is kept was computed."""
    times = []

    def count():
        return changes.kept("a thing", lambda: times.append(1) or len(times))

    return count


def test_it_is_computed_once(make_agreement, computed):
    assert computed() == computed() == 1
    make_agreement("korea", publish=False)  # readers see no draft
    assert computed() == 1


def test_of_several_things_those_that_are_not_kept_are_computed():
    asked = []

    def compute(keys):
        asked.append(keys)
        return {key: key.upper() for key in keys}

    assert changes.kept_each("letters", ["a", "b"], compute) == {"a": "A", "b": "B"}
    assert changes.kept_each("letters", ["b", "c"], compute) == {"b": "B", "c": "C"}
    assert changes.kept_each("letters", [], compute) == {}
    changes.record()
    assert changes.kept_each("letters", ["c"], compute) == {"c": "C"}
    assert asked == [["a", "b"], ["c"], ["c"]]


def test_what_was_kept_before_a_change_is_let_go():
    class Thing:
        pass

    names = ["a", "b"]
    before = [weakref.ref(changes.kept(f"thing {name}", Thing)) for name in names]
    before += map(weakref.ref, changes.kept_each("things", names, lambda keys: {
        key: Thing() for key in keys}).values())  # fmt: skip
    assert all(there() for there in before)
    changes.record()
    changes.kept("thing c", Thing)
    changes.kept_each("things", ["c"], lambda keys: {"c": Thing()})
    gc.collect()
    assert not any(there() for there in before)


def test_what_is_computed_late_takes_nothing_newer_away():
    with changes.one_stamp():

        def slowly():
            changes.record()
            new = changes.stamp()
            changes.kept("thing a", lambda: "new", new)
            changes.kept("things", lambda: "new", new)
            return "old"

        assert changes.kept("thing b", slowly) == "old"
    assert changes.kept("thing a", lambda: "computed again") == "new"
    assert changes.kept("thing b", lambda: "computed again") == "computed again"


def test_each_verb_that_readers_notice_counts(make_agreement, computed):
    seen = [computed()]
    edition = make_agreement("korea", parties=["EU"])
    seen.append(computed())
    amend(Theme(slug="arts", name="Arts"))
    seen.append(computed())
    document = amended(Document(slug="report", title="Report"))
    seen.append(computed())
    file = document.files.create(language="en", title="Report", address="https://example.org/")
    publish_file(file)
    seen.append(computed())
    verbs.withdraw(edition, reason="Why")
    seen.append(computed())

    assert seen == sorted(set(seen))


def amended(row):
    amend(row)
    return row


def test_the_moment_of_a_schedule_counts_when_it_comes(make_agreement, computed):
    with time_machine.travel(NOON, tick=False) as clock:
        publish(make_agreement("korea", publish=False), at=NOON + HOUR)
        before = computed()
        clock.shift(HOUR - datetime.timedelta(seconds=1))
        assert computed() == before
        clock.shift(datetime.timedelta(seconds=1))
        assert computed() == before + 1


def test_what_was_taken_back_leaves_no_trace(computed):
    before = computed()
    with transaction.atomic():
        changes.record()
        transaction.set_rollback(True)
    assert computed() == before


def test_two_changes_in_the_order_in_which_nobody_wrote_them_are_two(computed):
    """Of two transactions the one that began first can end last: its row has the smaller key."""
    seen = [computed()]
    late = Change(pk=1, at=NOON, code=5)
    Change.objects.create(pk=2, at=NOON, code=7)
    seen.append(computed())
    late.save(force_insert=True)
    seen.append(computed())
    assert seen == [1, 2, 3]


def test_the_rows_stay_few(computed, monkeypatch):
    monkeypatch.setattr(changes, "MOST", 3)
    for _change in range(10):
        before = computed()
        changes.record()
        assert computed() == before + 1
    assert Change.objects.count() <= 5


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_the_same_time_do_not_wait_for_each_other(monkeypatch):
    """Each takes old rows away: those that the other has taken are left to him."""
    monkeypatch.setattr(changes, "MOST", 3)
    Change.objects.bulk_create(Change(at=NOON, code=code) for code in range(10))
    recorded, ended = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            changes.record()
            recorded.set()
            ended.wait()
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    recorded.wait()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")
            changes.record()
    finally:
        ended.set()
        other.join()
