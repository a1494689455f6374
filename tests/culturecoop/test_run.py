"""The one command: from nothing to a page in the browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from io import StringIO

import pytest
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.core.management import CommandError

from culturecoop.management.commands.run import Command, StaticFiles, refuse_taken_port
from strategy.models import Page


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(folder, port):
    """`manage.py run` in a process of its own, stopped with Ctrl+C; its output is in `.told`."""
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run", "--port", str(port)],
        cwd=project.BASE_DIR,
        env=inherited | {"DEBUG": "true", "VAR_ROOT": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell may have started us in the background, where Ctrl+C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.told, _nothing = process.communicate(timeout=30)


def fetched(url, process):
    """The page at `url`, waited for while the process lives."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(url) as response:
                return response.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise AssertionError("it does not answer")


def test_from_nothing_to_the_page_and_again(tmp_path):
    folder = tmp_path / "a path with spaces"
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    with started(folder, port) as first:
        assert "International cultural cooperation" in fetched(url, first)
    assert first.returncode == 0
    assert f"The site:  {url}" in first.told
    assert f"The admin: {url}admin/" in first.told
    assert first.told.count("publisher") == 1
    with started(folder, port) as again:
        fetched(url, again)
    assert "publisher" not in again.told  # passwords are shown once


@pytest.mark.django_db
def test_an_empty_database_is_filled_once(settings):
    settings.DEBUG = True
    told = StringIO()
    Command(stdout=told).prepare()
    assert {page.path for page in Page.objects.all()} >= {""}
    users = get_user_model().objects.order_by("username")
    assert [user.username for user in users] == ["administrator", "author", "publisher"]
    assert all(user.is_staff and not user.is_superuser for user in users)
    assert [user.groups.get().name for user in users] == ["administrator", "author", "publisher"]
    again = StringIO()
    Command(stdout=again).prepare()
    assert again.getvalue() == ""


@pytest.mark.django_db
def test_the_passwords_shown_are_right(settings, client):
    settings.DEBUG = True
    told = StringIO()
    Command(stdout=told).prepare()
    line = next(line for line in told.getvalue().splitlines() if "author" in line)
    name, password = line.split()
    assert client.login(username=name, password=password)


@pytest.mark.django_db
def test_no_accounts_without_debug(settings):
    settings.DEBUG = False
    Command(stdout=StringIO()).prepare()
    assert not get_user_model().objects.exists()


def test_static_files_are_those_of_the_folder_only(rf, settings):
    settings.DEBUG = True
    handler = StaticFiles(application=None)
    assert handler.get_response(rf.get("/static/css/base.css")).status_code == 200
    for address in ("/static/../manage.py", "/static/%2e%2e/manage.py", "/static/absent.css"):
        assert handler.get_response(rf.get(address)).status_code == 404


def test_a_taken_port_is_said():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken.*PORT={port + 1} make run"):
            refuse_taken_port(port)


def test_a_port_that_cannot_be_is_said():
    with pytest.raises(CommandError, match="no port 70000"):
        refuse_taken_port(70000)
