"""A real Chromium: Debian's, or Playwright's own. Without one these tests are left out."""

import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client, override_settings
from playwright.sync_api import expect

# Playwright keeps an event loop running, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# So long may a busy machine take to show what is expected.
expect.set_options(timeout=30_000)

DEBIAN = Path("/usr/bin/chromium")
TALL = {"width": 1280, "height": 1600}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",  # nothing leads to the network
]


@pytest.hookimpl(tryfirst=True)
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


@pytest.fixture
def sign_in(live_server, browser):
    """sign_in("publisher", "ada") → a page of the admin that notes every fault of its scripts."""
    contexts = []

    def sign_in(role="publisher", name="ada"):
        user = get_user_model().objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url, viewport=TALL)
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([cookie | {"url": live_server.url}])
        return watched(context.new_page())

    yield sign_in
    for context in contexts:
        context.close()


def watched(page):
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
    return page


@pytest.fixture
def draft(transactional_db, make_page):
    draft = make_page("", title="Home", publish=False)
    for number, title in enumerate(["One", "Two", "Three"], start=1):
        draft.strategy_link_set.create(title=title, region="main", ordering=number * 10)
    draft.strategy_text_set.create(text="<p>Four</p>", region="main", ordering=40)
    return draft
