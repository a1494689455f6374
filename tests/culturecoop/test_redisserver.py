"""Redis that is away, hangs, refuses or is none: told once, left alone, and asked again later."""

import http.server
import logging
import threading
from concurrent.futures import wait
from urllib.parse import urlsplit

import pytest

from culturecoop import redisserver
from culturecoop.redisserver import PATIENCE, Attempts, client_of, fault_of
from tests import redisservers
from tests.dripping import dripping
from tests.site.proxy import wire
from tests.site.server import free_port


@pytest.fixture
def told(caplog):
    """The words of the log so far."""
    caplog.set_level(logging.INFO, redisserver.__name__)
    return lambda: [(record.levelname, record.getMessage()) for record in caplog.records]


@pytest.fixture
def at_once(monkeypatch):
    """It is not left alone: the next one asks again."""
    monkeypatch.setattr(redisserver, "PAUSE", 0)


@pytest.fixture
def line(redis_url):
    parts = urlsplit(redis_url)
    with wire(parts.hostname, parts.port or 6379) as made:
        yield made


class Counting:
    """Asks for a thing and counts how often that came to a client."""

    def __init__(self, address):
        self.client, self.attempts, self.asked = client_of(address), Attempts("things"), 0

    def ask(self):
        return self.attempts.ask(self._question)

    def _question(self):
        self.asked += 1
        return self.client.set("culturecoop:test", b"1", px=1000)


def test_it_answers(redis_url, told):
    things = Counting(redis_url)
    assert [things.ask(), things.ask()] == [True, True]
    assert not things.attempts.fail
    assert told() == []
    assert fault_of(redis_url) == ""


def test_one_that_is_away_is_left_alone_and_told_once(told):
    things = Counting(f"redis://127.0.0.1:{free_port()}/0")
    assert [things.ask() for _time in range(50)] == [None] * 50
    assert things.asked == 1
    [(level, words)] = told()
    assert level == "WARNING"
    assert words.startswith("Redis is left alone for now (things): Error 111 connecting to")


def test_of_many_threads_one_tries_again(monkeypatch):
    things = Counting(f"redis://127.0.0.1:{free_port()}/0")
    things.ask()
    monkeypatch.setattr(things.attempts, "_again_at", 0)
    barrier, may = threading.Barrier(8), []

    def ask():
        barrier.wait()
        may.append(things.attempts._may_ask())

    threads = [threading.Thread(target=ask) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(may) == [False] * 7 + [True]


@pytest.mark.parametrize("fault", ["cut", "hang"])
def test_it_is_asked_again_when_it_answers(line, told, at_once, fault):
    things = Counting(f"redis://127.0.0.1:{line.port}/0")
    assert things.ask()
    getattr(line, fault)()
    assert [things.ask() for _time in range(3)] == [None] * 3
    line.mend()
    assert things.ask()
    assert things.ask()
    assert [level for level, _words in told()] == ["WARNING", "INFO"]


def test_an_answer_in_drops_is_not_waited_for_nor_asked_for_anew_before_its_end(
    told, at_once, monkeypatch
):
    monkeypatch.setattr(redisserver, "LONGEST", 0.3)
    with dripping(b"+", b"\r\n") as drip:
        things = Counting(f"redis://127.0.0.1:{drip.port}/0")
        assert [things.ask() for _time in range(3)] == [None] * 3
        assert things.asked == 1
        assert fault_of(f"redis://127.0.0.1:{drip.port}/0") == "it takes longer than 0.3 seconds"
        drip.end.set()
        wait([things.attempts._last])
        assert things.ask() is not None  # it no longer comes in drops
        assert things.asked == 2
    [(_level, words), (level, _words)] = told()
    assert words == "Redis is left alone for now (things): it takes longer than 0.3 seconds"
    assert level == "INFO"


def test_all_steps_to_an_answer_have_one_limit(line, told, monkeypatch):
    monkeypatch.setattr(redisserver, "LONGEST", PATIENCE / 4)
    line.hang()  # it takes the connection, and the answer would be waited for longer
    assert Counting(f"redis://127.0.0.1:{line.port}/0").ask() is None
    assert f"it takes longer than {PATIENCE / 4} seconds" in told()[0][1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--replicaof", "127.0.0.1", "1"], "read only replica"),
        (["--maxmemory", "1"], "used memory > 'maxmemory'"),
        (["--requirepass", "secret"], "Authentication required"),
    ],
)
def test_one_that_refuses(tmp_path, told, options, words):
    with redisservers.started(tmp_path, *options) as address:
        assert words in fault_of(address)
        assert Counting(address).ask() is None
        assert words in told()[0][1]


def test_something_else_listens_there(told):
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"redis://127.0.0.1:{server.server_port}/0"
    assert Counting(address).ask() is None
    assert fault_of(address)
    server.shutdown()
    server.server_close()
    assert len(told()) == 1


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "a" * 70])
def test_a_host_that_is_none(host, told):
    assert Counting(f"redis://{host}/0").ask() is None
    assert len(told()) == 1
