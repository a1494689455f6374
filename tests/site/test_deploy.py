"""The settings as they are in production, in a process of their own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.crypto import get_random_string

from .server import free_port

# Set for these tests, never in production.
LEFT_BEHIND = ("DEBUG", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def production(tmp_path):
    """production("check", …) runs a command as in production → the finished process."""

    def run(*command, **variables):
        inherited = {k: v for k, v in os.environ.items() if k not in LEFT_BEHIND}
        environment = inherited | {
            "VAR_ROOT": str(tmp_path / "var"),
            "SECRET_KEY": get_random_string(60),
            "ALLOWED_HOSTS": "www.example.org",
        }
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.thorough  # compresses all static files
def test_no_warning_in_production(production):
    """As the operators' guide has it; every static file of a page is in the manifest."""
    for command in (["migrate"], ["collectstatic", "--no-input"]):
        done = production(*command, "-v0")
        assert (done.returncode, done.stderr) == (0, "")
    done = production("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_what_is_missing_is_told(production):
    """Before `migrate` and `collectstatic`, and when nothing listens where the database should."""
    done = production("check", "--deploy")
    assert done.returncode == 1
    assert "(culturecoop.E002) Migrations are not applied: contenttypes.0001" in done.stderr
    assert "(culturecoop.E003) Static files were not collected." in done.stderr

    away = f"postgres://ada@127.0.0.1:{free_port()}/site"
    done = production("check", "--deploy", DATABASE_URL=away)
    assert done.returncode == 1
    assert "(culturecoop.E001) The database does not answer: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_redis_that_is_away_is_a_warning(production):
    done = production("check", "--deploy", CACHE_URL=f"redis://127.0.0.1:{free_port()}/0")
    told = "Redis does not keep pages, so each process renders its own: Error 111"
    assert f"(culturecoop.W002) {told}" in done.stderr

    nothing_kept = {"CACHE_URL": "redis://nowhere.invalid", "PAGE_CACHE_BYTES": "0"}
    done = production("check", "--deploy", **nothing_kept)
    assert "(culturecoop.W003) CACHE_URL does nothing" in done.stderr


def test_an_option_that_the_driver_does_not_know_is_told_in_its_words(production):
    away = f"postgres://ada@127.0.0.1:{free_port()}/site?nosuch=1"
    line = 'The database does not answer: invalid connection option "nosuch"'
    done = production("migrate", DATABASE_URL=away)
    assert (done.returncode, done.stderr) == (1, f"{line}\n")
    done = production("check", "--deploy", DATABASE_URL=away)
    assert (done.returncode, f"(culturecoop.E001) {line}" in done.stderr) == (1, True)


@pytest.mark.parametrize("words", [["migrate"], ["check_site"], ["import_jobs"]])
def test_a_command_without_its_database_says_so_on_a_line(production, words):
    done = production(*words, DATABASE_URL=f"postgres://ada@127.0.0.1:{free_port()}/site")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("The database does not answer: ")


def test_debug_is_off_unless_asked_for(production):
    code = "from django.conf import settings; print(settings.DEBUG, settings.SECURE_SSL_REDIRECT)"
    done = production("shell", "-v0", "-c", code)
    assert done.stdout.split() == ["False", "True"]


def test_the_warning_would_be_seen(production):
    """The check above is able to fail."""
    done = production("check", "--deploy", "--tag", "security", SECURE_HSTS_SECONDS="0")
    assert "security.W004" in done.stderr


def test_no_demonstration_accounts_in_production(production):
    place = "culturecoop.accounts.demonstration"
    code = f"from {place} import make_demonstration_accounts as make; print(make())"
    done = production("shell", "-v0", "-c", code)
    assert done.stdout.strip() == "{}"
