"""The clock of the database of these tests: it notices what another connection has committed."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection, transaction

from culturecoop.editions.changes import counted, record
from culturecoop.pagecache import standing
from culturecoop.pagecache.standing import SQLiteClock, Standing, clock_of
from tests.answering import publish

from .sites import HOUR, edition_of

START = datetime.datetime(2035, 1, 5, 9, tzinfo=datetime.UTC)


def now():
    return datetime.datetime.now(datetime.UTC)


def elsewhere(do):
    """Do something in a thread, which has a connection of its own."""

    def work():
        do()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
class TestClock:
    def test_each_change_is_another_stamp(self):
        clock, stamps = clock_of(), set()
        for _time in range(3):
            assert clock.now(now()) == clock.now(now()) == Standing.of(counted(now()), now())
            stamps.add(clock.now(now()).stamp)
            elsewhere(record)
            record()
        assert len(stamps) == 3

    def test_a_schedule_ends_what_stands(self, make_agreement):
        with time_machine.travel(START, tick=False) as time:
            korea, clock = make_agreement("korea", parties=["EU", "KR"]), clock_of()
            moment = now() + HOUR
            publish(edition_of(korea, "Of tomorrow"), at=moment)
            assert clock.now(now()).until == moment
            time.move_to(moment)
            after = clock.now(now())
            assert after.changed == moment
            assert after.until == datetime.datetime(2035, 1, 5, 23, tzinfo=datetime.UTC)

    def test_midnight_ends_what_stands(self):
        with time_machine.travel(START, tick=False) as time:
            clock = clock_of()
            midnight = clock.now(now()).until
            time.move_to(midnight)
            assert clock.now(now()).until == midnight + datetime.timedelta(days=1)

    def test_a_change_is_noticed_when_its_transaction_has_ended(self):
        clock, written, asked = clock_of(), threading.Event(), threading.Event()

        def change():
            with transaction.atomic():
                record()
                written.set()
                assert asked.wait(10)

        before = clock.now(now())
        with ThreadPoolExecutor(1) as threads:
            changing = threads.submit(elsewhere, change)
            assert written.wait(10)
            assert clock.now(now()) == before
            asked.set()
            changing.result()
        assert clock.now(now()).stamp == counted(now()).stamp != before.stamp

    def test_changes_are_counted_once(self, monkeypatch):
        clock = clock_of()
        monkeypatch.setattr(clock, "version", lambda: "the same")
        first = clock.now(now())
        monkeypatch.setattr(standing, "counted", None)  # cannot be called
        assert clock.now(now()) == first

    def test_what_a_transaction_has_written_itself_is_counted(self):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has one writer at a time")
        clock = clock_of()
        with transaction.atomic():
            record()
            first = clock.now(now())
            record()
            assert clock.now(now()).stamp != first.stamp

    def test_a_change_of_a_machine_whose_clock_is_ahead_is_noticed(self):
        clock = clock_of()
        before = clock.now(now())
        record(now() + HOUR)
        assert clock.now(now()).stamp != before.stamp


@pytest.mark.django_db
def test_any_path_is_that_of_the_file(tmp_path, monkeypatch):
    folder = tmp_path / "a#b?c%41"
    folder.mkdir()
    path = folder / "db.sqlite3"
    path.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    assert SQLiteClock().version() > 0
    assert list(tmp_path.rglob("*")) == [folder, path]
