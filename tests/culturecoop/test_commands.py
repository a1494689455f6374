"""A fault of the machine ends a command with a line; one of the program shows where it is."""

import errno
import os

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError

from culturecoop import commands


def os_error(number, *name):
    return OSError(number, os.strerror(number), *name)


MACHINE = [
    (OperationalError("connection refused\nIs it running?"), "does not answer: connection refused"),
    (InterfaceError("closed"), "The database does not answer: closed"),
    (OperationalError("database or disk is full"), "There is no room left on the disk: database"),
    (os_error(errno.ENOSPC), "There is no room left on the disk: No space left on device"),
    (os_error(errno.EACCES, "/srv/a"), "The disk does not allow it: /srv/a: Permission denied"),
    (os_error(errno.EIO), "The disk does not answer: Input/output error"),
]


@pytest.fixture
def fail(monkeypatch):
    """fail(error) lets every command fail with it."""

    def install(error):
        def execute(words):
            raise error

        monkeypatch.setattr(commands, "execute_from_command_line", execute)

    return install


@pytest.mark.parametrize(("error", "line"), MACHINE)
def test_the_machine_is_told_on_a_line(fail, settings, error, line):
    settings.DEBUG = False
    fail(error)
    with pytest.raises(SystemExit) as ending:
        commands.run(["manage.py", "check_site"])
    assert line in ending.value.code
    assert "\n" not in ending.value.code


@pytest.mark.parametrize("error", [ValueError("x"), os_error(errno.ENOENT)])
def test_the_program_shows_where(fail, error):
    fail(error)
    with pytest.raises(type(error)):
        commands.run(["manage.py", "check_site"])


@pytest.mark.parametrize(("debug", "words"), [(True, []), (False, ["--traceback"])])
def test_all_of_it_is_shown_when_asked_for(fail, settings, debug, words):
    settings.DEBUG = debug
    fail(OperationalError("connection refused"))
    with pytest.raises(OperationalError):
        commands.run(["manage.py", "migrate", *words])


@pytest.mark.parametrize(
    ("command", "option"), [("log_discard", "older"), ("import_jobs", "discard_older")]
)
def test_more_days_than_the_calendar_has(db, command, option):
    told = f"--{option.replace('_', '-')}: 99999999999 days ago there was no calendar."
    with pytest.raises(CommandError, match=told):
        call_command(command, **{option: 99999999999})


def make_superuser(monkeypatch, password):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    call_command("createsuperuser", username="ada", email="ada@example.org", interactive=False)


@pytest.mark.parametrize("password", ["short", "ada-ada-ada-ada-1815"])
def test_a_superuser_has_a_good_password_also_without_a_keyboard(db, monkeypatch, password):
    with pytest.raises(CommandError, match="DJANGO_SUPERUSER_PASSWORD: "):
        make_superuser(monkeypatch, password)
    assert not get_user_model().objects.exists()
    make_superuser(monkeypatch, "a lantern over the quay")
    assert get_user_model().objects.get().is_superuser
