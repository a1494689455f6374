"""The settings as they are in production, in a process of their own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.crypto import get_random_string

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


def test_no_warning_in_production(production):
    done = production("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_debug_is_off_unless_asked_for(production):
    code = "from django.conf import settings; print(settings.DEBUG, settings.SECURE_SSL_REDIRECT)"
    done = production("shell", "-v0", "-c", code)
    assert done.stdout.split() == ["False", "True"]


def test_the_warning_would_be_seen(production):
    """The check above is able to fail."""
    done = production("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="short")
    assert done.returncode == 1


def test_every_static_file_of_a_page_is_in_the_manifest(production):
    done = production("collectstatic", "--no-input", "-v0")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_no_demonstration_accounts_in_production(production):
    code = "from culturecoop.accounts import make_demonstration_accounts as make; print(make())"
    done = production("shell", "-v0", "-c", code)
    assert done.stdout.strip() == "{}"
