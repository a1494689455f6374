"""Who may connect while the database hangs, and who is refused; by a clock of the test's own."""

import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
from psycopg import OperationalError

from culturecoop.postgres import breaker as module
from culturecoop.postgres.breaker import CONNECTING, PATIENCE, PAUSE, Breaker


@pytest.fixture
def clock(monkeypatch):
    told = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(module, "monotonic", lambda: told.now)
    monkeypatch.setattr(module, "PATIENCE", PATIENCE / 100)
    return told


@pytest.fixture
def breaker(clock):
    return Breaker()


def fails(breaker, clock, after):
    """An attempt that fails after so many seconds."""
    with suppress(OperationalError), breaker.connecting():
        clock.now += after
        raise OperationalError


def refused(breaker):
    try:
        with breaker.connecting():
            return False
    except OperationalError:
        return True


def test_after_a_long_wait_nobody_waits_until_the_pause_is_over(breaker, clock):
    fails(breaker, clock, after=5)
    assert refused(breaker)
    clock.now += PAUSE
    assert not refused(breaker)
    assert not refused(breaker)


def test_a_refusal_of_the_database_is_an_answer(breaker, clock):
    fails(breaker, clock, after=0)
    assert not refused(breaker)


def test_one_tries_and_the_others_do_not_wait_for_him(breaker, clock):
    breaker.hangs()
    clock.now += PAUSE
    with breaker.connecting():
        assert refused(breaker)
    assert not refused(breaker)


def test_a_trial_that_fails_begins_the_pause_anew(breaker, clock):
    breaker.hangs()
    clock.now += PAUSE
    fails(breaker, clock, after=5)
    assert refused(breaker)


def test_only_some_wait_at_all(breaker, clock):
    """The others give up when nobody was answered for long."""
    end, inside = threading.Event(), threading.Barrier(CONNECTING + 1)

    def wait():
        with breaker.connecting():
            inside.wait()
            end.wait()

    waiting = [threading.Thread(target=wait) for _place in range(CONNECTING)]
    for thread in waiting:
        thread.start()
    inside.wait()
    clock.now += PATIENCE
    assert refused(breaker)
    end.set()
    for thread in waiting:
        thread.join()
    assert not refused(breaker)
