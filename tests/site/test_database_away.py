"""The database behind a wire that is cut, or over which nothing comes: 503, and then all is well.

Times are not asserted: a client gives up long after the limits of the product.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from culturecoop.postgres.breaker import CONNECTING

from ..forms import fields
from .proxy import wire
from .server import Browser, database_url, served

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite is a file: no wire leads to it"
)
WORDS = "What a publisher had just written"
LIMITS = {"DATABASE_CONNECT_TIMEOUT": "2", "DATABASE_STATEMENT_TIMEOUT": "1"}


@pytest.fixture(scope="module")
def line(django_db_setup):
    database = connection.settings_dict
    with wire(database["HOST"], database["PORT"]) as made:
        yield made


@pytest.fixture(scope="module")
def server(line, tmp_path_factory):
    folder, url = tmp_path_factory.mktemp("var"), database_url(line.port)
    with served(folder, DATABASE_URL=url, **LIMITS) as browser:
        yield browser


@pytest.fixture
def site(server, line, transactional_db, make_page):
    make_page("", title="Home")
    yield Browser(server.url)
    mend(server, line)


def answers(site):
    return [site.ask("/").status, site.ask("/agreements/").status]


def until(condition):
    while not condition():
        time.sleep(0.05)


def mend(site, line):
    """For some seconds nobody but a trial asks a database that has just been hanging."""
    line.mend()
    until(lambda: site.ask("/health/ready").status == 200)


def assert_alive(site):
    assert site.ask("/health/live").status == 200
    assert site.ask("/static/css/base.css").status == 200


@pytest.mark.parametrize("fault", ["cut", "hang"])
def test_readers_are_asked_to_come_again_and_are_served_then(site, line, fault):
    assert answers(site) == [200, 200]
    assert site.ask("/health/ready").status == 200

    getattr(line, fault)()
    away = site.ask("/")
    assert away.status == 503
    assert int(away.headers["Retry-After"]) > 0
    assert "Not available at the moment" in away.text
    assert site.ask("/health/ready").status == 503
    assert_alive(site)

    mend(site, line)
    assert answers(site) == [200, 200]


def test_an_answer_that_does_not_come_through_ends_too(site, line):
    """The connection is open when the wire begins to hang: no limit of connecting helps."""
    line.trap = b'FROM "strategy_page'
    assert site.ask("/").status == 503
    assert line.state == "hanging"
    assert_alive(site)

    mend(site, line)
    assert answers(site) == [200, 200]


def test_a_kept_connection_that_the_server_has_closed_costs_nobody_an_answer(site):
    assert answers(site) == [200, 200]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1  # there are some that were kept
    assert answers(site) == [200, 200]


def test_what_needs_no_database_is_served_beside_many_readers_who_wait(line, tmp_path, site):
    """As long as any thread waits, which is longer here than anybody's patience."""
    variables = LIMITS | {"DATABASE_CONNECT_TIMEOUT": "60"}
    with served(tmp_path, DATABASE_URL=database_url(line.port), **variables) as crowded:
        line.hang()
        before, statuses = line.joined, []
        readers = [
            threading.Thread(target=lambda: statuses.append(Browser(crowded.url).ask("/").status))
            for _reader in range(40)
        ]
        for reader in readers:
            reader.start()
        until(lambda: line.joined >= before + CONNECTING)
        assert_alive(crowded)
        assert any(reader.is_alive() for reader in readers)
        until(lambda: len(statuses) >= len(readers) - CONNECTING)
        assert line.joined == before + CONNECTING

        mend(crowded, line)
        for reader in readers:
            reader.join()
    assert statuses == [503] * len(readers)


def test_no_reader_waits_on_a_wire_that_hangs_however_long_statements_may_take(
    line, tmp_path, site
):
    """The kept connections of all threads hang: a client gives up long before their statements."""
    variables = LIMITS | {"DATABASE_STATEMENT_TIMEOUT": "3600"}
    with served(tmp_path, DATABASE_URL=database_url(line.port), **variables) as warm:
        with ThreadPoolExecutor(8) as readers:
            assert set(readers.map(lambda _n: warm.ask("/").status, range(40))) == {200}
        line.hang()
        with ThreadPoolExecutor(8) as readers:
            assert set(readers.map(lambda _n: warm.ask("/").status, range(16))) == {503}
        assert_alive(warm)
        mend(warm, line)


def test_a_reader_does_not_wait_for_a_lock_without_end(site):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE strategy_page IN ACCESS EXCLUSIVE MODE")
        assert site.ask("/").status == 503
        assert_alive(site)
    assert site.ask("/").status == 200


def test_what_an_editor_had_typed_is_shown_and_can_be_sent_again(site, line):
    get_user_model().objects.create_superuser("ada", password="lovelace")
    site.sign_in("ada", "lovelace")
    add = "/admin/agreements/theme/add/"
    values = fields(site.ask(add), "theme_form") | {"name": WORDS, "slug": "words"}

    line.cut()
    away = site.send(add, values)
    assert away.status == 503
    assert f">{WORDS}</textarea>" in away.text
    assert f'name="name" value="{WORDS}"' in away.text
    assert "Send again" in away.text

    mend(site, line)
    assert site.send(add, values).status == 302
    assert WORDS in site.ask("/admin/agreements/theme/").text
