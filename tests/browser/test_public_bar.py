"""The bar above public pages, as an editor sees it: small, reachable, and not on paper."""

import pytest
from playwright.sync_api import expect

from culturecoop.editions import verbs

from .accessibility import wrong

KOREA = "/agreements/korea/"


@pytest.fixture
def page(sign_in, make_agreement):
    verbs.new_draft(make_agreement("korea", title="Korea", parties=["EU", "KR"]))
    return sign_in("author", "a-rather-long-name-of-an-editor")


def test_one_step_by_keyboard_to_the_form(page):
    page.goto(KOREA)
    page.keyboard.press("Tab")  # the link to the content stays the first
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Edit the draft")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_texts-0-title")).to_have_value("Korea")
    assert page.faults == []


@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_and_nothing_is_covered(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(KOREA)
    bar = page.get_by_role("navigation", name="For editors")
    box, header = bar.bounding_box(), page.locator(".site-header").bounding_box()
    assert box["y"] + box["height"] <= header["y"]
    assert box["height"] <= 72
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert wrong(page) == []


def test_it_is_not_printed(page):
    page.goto(KOREA)
    page.emulate_media(media="print")
    expect(page.locator(".editors-bar")).to_be_hidden()
