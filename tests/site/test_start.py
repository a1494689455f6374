"""Wrong settings are told at once, one line each, and no server starts with them."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

from culturecoop.environment import redis, web_address

from .server import database_url, environment, free_port

PLACE = "postgres://user:password@host:5432/name"
REDIS = "redis://user:password@host:6379/0"
NO_TEXT = "\udcff"  # a byte that is no UTF-8
WRONG = {
    "ALLOWED_HOSTS": [
        ("https://www.example.org", "“https://www.example.org” should be a name alone"),
        ("", "should be the names of the site"),
        ("*", "“*” should be a name alone"),
        ("www.example.org:443", "“www.example.org:443” should be a name alone"),
    ],
    "ANONYMOUS_MAX_BYTES": [("1", "is 1 and should be 1024 or more")],
    "CACHE_URL": [
        ("127.0.0.1:6379", REDIS),
        ("memcached://ada@localhost/0", REDIS),
        ("redis://ada@localhost:port/0", REDIS),
        ("redis://ada@localhost/site", REDIS),
        ("redis://ada@localhost/0?socket_timeout=60", REDIS),
        (f"redis://{NO_TEXT}/0", REDIS),
        ("redis://:secret@:6379/0", REDIS),
        ("redis://..:6379/0", REDIS),
        ("redis://ada@[::1]x/0", REDIS),
    ],
    "CSRF_TRUSTED_ORIGINS": [("www.example.org", "“www.example.org” should be an origin")],
    "DATA_LICENCE": [(f"CC {NO_TEXT}", "text in UTF-8")],
    "DATABASE_CONNECT_TIMEOUT": [
        ("0", "is 0 and should be 2 or more"),
        ("86401", "is 86401 and should be 86400 or less"),
    ],
    "DATABASE_LOCK_TIMEOUT": [
        ("0", "is 0 and should be 1 or more"),
        ("9" * 30, "and should be 86400 or less"),
    ],
    "DATABASE_STATEMENT_TIMEOUT": [
        ("-1", "is -1 and should be 1 or more"),
        ("99999999", "is 99999999 and should be 86400 or less"),
    ],
    "DATABASE_URL": [
        ("culturecoop", PLACE),
        ("mysql://ada@localhost/site", PLACE),
        ("postgres://ada@localhost", PLACE),
        ("postgres://ada@localhost:port/site", PLACE),
        ("sqlite:///db.sqlite3", "should have the whole path"),
        (f"postgres://{NO_TEXT}@localhost/site", "text in UTF-8"),
    ],
    "DEBUG": [("perhaps", "should be true or false")],
    "DOCUMENT_MAX_BYTES": [("0", "is 0 and should be 1 or more"), ("5 MB", "a whole number")],
    "HTTPS": [("ja", "should be true or false")],
    "IMPORTS": [("workers", "“workers” should be one of: thread, worker, here.")],
    "LANGUAGE_CODE": [("xx", "“xx” should be one of: en, de, fr.")],
    "LOG_LEVEL": [("loud", "should be one of: DEBUG, INFO,")],
    "OWN_PARTY": [("", "should be the code of the party"), (NO_TEXT, "text in UTF-8")],
    "PAGE_PURGE_BODY": [("purge", "should be JSON, such as")],
    "PAGE_PURGE_HEADERS": [
        ("ada@secret", "header 1 should be Name: value"),
        ("A: b, C:", "header 2 should be Name: value"),
        ("A: b\r\nada@: c", "header 1 should be"),
    ],
    "PAGE_PURGE_METHOD": [("ERASE", "“ERASE” should be one of: POST, PURGE, BAN,")],
    "PAGE_PURGE_URL": [
        ("cache.example.org/purge", "should be an address, such as https://"),
        ("ftp://cache.example.org/", "should be an address"),
        ("https://ada@cache.example.org/", "should be an address"),
        ("https://cache.example.org:99999/", "should be an address"),
        ("https://cache.example.org/ä", "should be an address"),
        ("https://cache.example.org/a b", "should be an address"),
        ("http://:80/", "should be an address"),
        ("https://-", "should be an address"),
        ("http://..:/", "should be an address"),
        ("https://[::1]x/", "should be an address"),
        ("https://[:1:]/", "should be an address"),
    ],
    "SECRET_KEY": [
        ("short", "has 5 characters and should have 50"),
        ("k" * 49 + NO_TEXT, "text in UTF-8"),
    ],
    "SECURE_HSTS_PRELOAD": [("soon", "should be true or false")],
    "SECURE_HSTS_SECONDS": [("-1", "is -1 and should be 0 or more")],
    "EMAIL_PORT": [("mail", "should be a whole number"), ("0", "is 0 and should be 1 or more")],
    "EMAIL_USE_TLS": [("perhaps", "should be true or false")],
    "FOUR_EYES": [("two", "should be true or false")],
    "SITE_URL": [("www.example.org", "should be an address")],
    "SITE_NAME": [(f"Mus{NO_TEXT}e", "text in UTF-8")],
    "SPREADSHEET_MAX_BYTES": [("-5", "is -5 and should be 1 or more")],
    "SPREADSHEET_MAX_ROWS": [("many", "should be a whole number")],
    "TIME_ZONE": [("Europe/Brussel", "“Europe/Brussel” should be a time zone")],
    "VAR_ROOT": [
        ("/dev/null/var", "“/dev/null/var” should be a folder to write in"),
        ("var", "“var” should be a whole path"),
        (f"/dev/null/{NO_TEXT}", "should be a folder to write in"),
    ],
}


def run(*command, folder, **variables):
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment(folder) | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("turn", range(max(map(len, WRONG.values()))))
def test_all_that_is_wrong_is_told_at_once(tmp_path, turn):
    wrong = {name: cases[turn] for name, cases in WRONG.items() if turn < len(cases)}
    variables = {name: value for name, (value, _told) in wrong.items()}
    done = run("manage.py", "check", folder=tmp_path, **variables)
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert sorted(line.partition(":")[0] for line in lines) == sorted(wrong)
    for line in lines:
        name, _colon, told = line.partition(": ")
        assert wrong[name][1] in told
        assert "ada@" not in line  # neither keys nor passwords are for logs


@pytest.mark.parametrize(
    "place", ["cache", "cache_1:6081", "API.example.org.:443", "127.0.0.1:80", "[::1]", "[::1]:80"]
)
def test_hosts_are_named_in_every_way_that_there_is(place):
    web_address(f"https://{place}/purge?all=1")
    redis(f"rediss://:p%40@{place}/0")


def serve(folder, **variables):
    server = ["-m", "granian", "--interface", "wsgi", "--port", str(free_port())]
    return run(*server, "culturecoop.wsgi:application", folder=folder, **variables)


def test_a_server_does_not_start_with_them(tmp_path):
    done = serve(tmp_path, IMPORTS="workers")
    assert done.returncode != 0
    assert "IMPORTS: “workers” should be one of: thread, worker, here." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_does_not_start_when_something_is_missing(tmp_path):
    done = serve(tmp_path, DJANGO_SETTINGS_MODULE="culturecoop.settings")
    assert done.returncode != 0
    told = [line for line in done.stderr.splitlines() if line.startswith("culturecoop.")]
    assert [line.partition(":")[0] for line in told] == ["culturecoop.E002", "culturecoop.E003"]
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_the_own_party_is_one_of_the_register(make_agreement):
    with override_settings(OWN_PARTY="ZZZ"):
        assert run_checks(tags=["site"]) == []  # as on an empty database, which can be migrated
        make_agreement("korea", parties=["EU"])
        (fault,) = run_checks(tags=["site"])
    assert fault.msg == "OWN_PARTY: “ZZZ” should be the code of a party, such as EU."
    assert run_checks(tags=["site"]) == []


def test_the_check_of_every_command_tells_of_it(transactional_db, make_agreement, tmp_path):
    make_agreement("korea", parties=["EU"])
    variables = {"DATABASE_URL": database_url(), "OWN_PARTY": "ZZZ"}
    done = run("manage.py", "check", folder=tmp_path, **variables)
    assert done.returncode == 1
    assert "OWN_PARTY: “ZZZ” should be the code of a party" in done.stderr
