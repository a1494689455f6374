"""The clock of the database of these tests: it notices what another connection has committed."""

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import OperationalError, connection, transaction

from culturecoop.editions.changes import counted, record
from culturecoop.pagecache import standing
from culturecoop.pagecache.standing import SharedQuestion, SQLiteClock, Standing, clock_of
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
        with time_machine.travel(START, tick=False) as wall:
            korea, clock = make_agreement("korea", parties=["EU", "KR"]), clock_of()
            moment = now() + HOUR
            publish(edition_of(korea, "Of tomorrow"), at=moment)
            assert clock.now(now()).until == moment
            wall.move_to(moment)
            after = clock.now(now())
            assert after.changed == moment
            assert after.until == datetime.datetime(2035, 1, 5, 23, tzinfo=datetime.UTC)

    def test_midnight_ends_what_stands(self):
        with time_machine.travel(START, tick=False) as wall:
            clock = clock_of()
            midnight = clock.now(now()).until
            wall.move_to(midnight)
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


class Asking:
    """Threads that put a question, which is answered, by its number, when all may go on."""

    def __init__(self, question, threads):
        self.question, self.threads = question, threads
        self.put, self.go_on = [], threading.Event()

    def come(self):
        """Begin to ask; returns the answer that is to come."""
        return self.threads.submit(self.question.answer, self._ask)

    def _ask(self):
        self.put.append(number := len(self.put) + 1)
        assert self.go_on.wait(60)
        return number


@pytest.fixture
def asking():
    with ThreadPoolExecutor(4) as threads:
        asking = Asking(SharedQuestion(), threads)
        yield asking
        asking.go_on.set()


def until(condition):
    """Wait until something is so, for ten seconds at most."""
    for _time in range(10_000):
        if condition():
            return
        time.sleep(0.001)
    raise AssertionError("It does not come.")


class TestSharedQuestion:
    def test_nobody_is_given_the_answer_of_a_question_that_was_put_before_he_came(
        self, asking, monkeypatch
    ):
        monkeypatch.setattr(SharedQuestion, "PATIENCE", 10)
        first = asking.come()
        until(lambda: asking.put == [1])
        others = [asking.come() for _other in range(3)]
        time.sleep(0.1)  # they wait by now
        asking.go_on.set()
        assert first.result() == 1
        assert [other.result() for other in others] == [2, 2, 2]

    def test_nobody_waits_long_for_the_question_of_another(self, asking):
        asking.come()
        until(lambda: asking.put == [1])
        asking.come()
        until(lambda: asking.put == [1, 2])

    def test_who_waited_for_a_question_that_failed_puts_it_himself(self, asking, monkeypatch):
        monkeypatch.setattr(SharedQuestion, "PATIENCE", 10)

        def fail():
            assert asking.go_on.wait(10)
            raise OperationalError

        first = asking.threads.submit(asking.question.answer, fail)
        until(asking.question._turn.locked)
        second = asking.come()
        asking.go_on.set()
        with pytest.raises(OperationalError):
            first.result()
        assert second.result() == 1
