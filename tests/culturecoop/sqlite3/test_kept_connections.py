"""A connection to SQLite is kept between requests, as long as its file is there."""

import os
import sqlite3

import pytest
from django.db.utils import ConnectionHandler

from culturecoop.databases import configured, limit_answers

pytestmark = pytest.mark.django_db  # which lets a test ask any database


def made(path, word):
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE words (word TEXT)")
        file.execute("INSERT INTO words VALUES (?)", [word])
    file.close()


@pytest.fixture
def path(tmp_path):
    made(tmp_path / "site.sqlite3", "before")
    return tmp_path / "site.sqlite3"


@pytest.fixture
def connection(path):
    entry = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    databases = {"default": configured(entry, connect_timeout=5, lock_timeout=5)}
    limit_answers(databases, 5)
    found = ConnectionHandler(databases)["default"]
    yield found
    found.close()


def read(connection):
    """What a request reads, begun and ended as Django does."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM words")
        [(word,)] = cursor.fetchall()
    connection.close_if_unusable_or_obsolete()
    return word


def test_it_is_kept(connection):
    assert read(connection) == "before"
    kept = connection.connection
    assert read(connection) == "before"
    assert kept
    assert connection.connection is kept


def test_another_file_at_its_place_is_noticed(connection, path, tmp_path):
    assert read(connection) == "before"
    made(tmp_path / "backup.sqlite3", "after")
    os.replace(tmp_path / "backup.sqlite3", path)

    assert read(connection) == "after"
