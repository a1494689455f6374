"""The preview beside the form: opened once, it follows each save, where it was, until closed."""

import pytest
from playwright.sync_api import expect

from culturecoop.editions import verbs

from .accessibility import seriously_wrong

WIDE = {"width": 1440, "height": 900}
SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}
FORMS = "/admin/agreements/agreementedition/"
TOGGLE = "Preview beside the form"


@pytest.fixture
def live(make_agreement):
    return make_agreement("korea", title="Korea", **SOUND)


@pytest.fixture
def page(sign_in):
    page = sign_in("author")
    page.set_viewport_size(WIDE)
    return page


def shown(page):
    return page.frame_locator(".preview-pane iframe")


def top(page):
    return page.evaluate("document.querySelector('.preview-pane iframe').contentWindow.scrollY")


def test_it_follows_each_save_and_stays_where_it_was(page, live):
    page.goto(f"{FORMS}{live.pk}/edit/")
    expect(page.locator(".preview-pane")).to_be_hidden()
    page.get_by_role("button", name=TOGGLE).click()
    expect(shown(page).locator("h1")).to_have_text("Korea (EU – KR)")
    expect(shown(page).locator("a[target=_blank]").first).to_be_attached()  # it is loaded
    shown(page).locator("body").evaluate("() => window.scrollTo(0, 240)")
    page.wait_for_function("() => Object.values(sessionStorage).includes('240')")
    page.locator("#id_texts-0-title").fill("Republic of Korea")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was saved")
    expect(shown(page).locator("h1")).to_have_text("Republic of Korea (EU – KR)")
    page.wait_for_function(
        "() => document.querySelector('.preview-pane iframe').contentWindow.scrollY === 240"
    )
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name=TOGGLE)).to_be_focused()
    page.reload()
    expect(page.locator(".preview-pane")).to_be_hidden()
    assert page.faults == []


def test_by_keyboard(page, live):
    page.goto(f"{FORMS}{verbs.new_draft(live).pk}/change/")
    toggle = page.get_by_role("button", name=TOGGLE)
    toggle.press("Enter")
    pane = page.get_by_role("complementary", name="Preview of what is saved")
    expect(pane).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(shown(page).get_by_role("link", name="Back to editing")).to_have_count(0)
    assert seriously_wrong(page) == []
    shown(page).locator("h1").click()
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    expect(toggle).to_be_focused()
    toggle.press("Enter")
    pane.get_by_role("button", name="Close").press("Escape")
    expect(pane).to_be_hidden()
    assert page.faults == []


def test_a_link_in_it_opens_beside_the_form(page, live):
    page.goto(f"{FORMS}{verbs.new_draft(live).pk}/change/")
    page.get_by_role("button", name=TOGGLE).click()
    register = shown(page).get_by_role("navigation", name="Main menu").get_by_role("link")
    with page.context.expect_page() as opened:
        register.last.click()
    assert opened.value.url.endswith("/agreements/")
    expect(shown(page).locator("h1")).to_have_text("Korea (EU – KR)")


def test_what_is_asked_for_on_a_narrow_screen_stays_closed_there(page, live):
    page.goto(f"{FORMS}{verbs.new_draft(live).pk}/change/")
    page.get_by_role("button", name=TOGGLE).click()
    page.set_viewport_size({"width": 1100, "height": 900})
    expect(page.locator(".preview-pane")).to_be_hidden()
    expect(page.locator("#preview-toggle")).to_be_hidden()
    page.set_viewport_size(WIDE)
    expect(page.locator(".preview-pane")).to_be_visible()


def test_form_and_preview_have_room_beside_each_other(page, draft):
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(f"/admin/strategy/pageedition/{draft.pk}/change/")
    page.get_by_role("button", name=TOGGLE).click()
    expect(shown(page).locator("h1")).to_have_text("Home")
    form = page.locator("#content-main").bounding_box()
    pane = page.locator(".preview-pane").bounding_box()
    assert form["x"] + form["width"] <= pane["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200
