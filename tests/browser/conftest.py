"""A real Chromium: Debian's, or Playwright's own. Without one these tests are left out."""

import os
from pathlib import Path

import pytest
from django.test import override_settings

# Playwright keeps an event loop running, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DEBIAN = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type, browser_type_launch_args):
    found = DEBIAN if DEBIAN.exists() else Path(browser_type.executable_path)
    if not found.exists():
        pytest.skip("left out: the tests in a browser, because there is no Chromium")
    return browser_type_launch_args | {"executable_path": str(found), "args": ARGUMENTS}


@pytest.fixture(scope="session", autouse=True)
def plain_http():
    """The live server speaks plain HTTP; its middleware reads the settings when it starts."""
    plain = {"SECURE_SSL_REDIRECT": False, "SESSION_COOKIE_SECURE": False}
    with override_settings(**plain, CSRF_COOKIE_SECURE=False):
        yield
