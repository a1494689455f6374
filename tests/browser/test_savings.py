"""A draft is saved twice and taken back, by keyboard; the new pages keep nobody out."""

import pytest
from playwright.sync_api import expect

from culturecoop.editions import verbs

from .accessibility import seriously_wrong

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}


@pytest.fixture
def page(sign_in, transactional_db, make_agreement):
    """The form of a draft that was saved twice since it was made."""
    draft = verbs.new_draft(make_agreement("korea", title="Korea", **SOUND))
    page = sign_in("author")
    page.goto(f"/admin/agreements/agreementedition/{draft.pk}/change/")
    for title in ("Korea, amended", "Korea, wrong"):
        page.locator("#id_texts-0-title").fill(title)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".messagelist")).to_contain_text(f"“{title}” was saved")
    return page


def test_two_savings_are_taken_back_and_one_of_them_comes_again(page):
    page.get_by_role("link", name="Savings").press("Enter")
    expect(page.locator("h1")).to_have_text("Savings")
    expect(page.locator("#content-main tbody tr")).to_have_count(3)
    assert seriously_wrong(page) == []
    page.get_by_role("link", name="Look at it : 1").press("Enter")
    expect(page.locator("h1")).to_have_text("Korea (EU – KR)")
    page.get_by_role("link", name="Back to the savings").press("Enter")
    page.get_by_role("link", name="Take back to this… : 1").press("Enter")
    expect(page.locator(".explanation")).to_contain_text("all that it said in version 1")
    assert seriously_wrong(page) == []
    page.get_by_role("button", name="Take back to version 1").press("Enter")
    expect(page.locator(".messagelist")).to_have_text("Took the draft back to version 1.")
    expect(page.locator("#id_texts-0-title")).to_have_value("Korea")
    page.get_by_role("link", name="Savings").click()
    page.get_by_role("link", name="Take back to this… : 2").click()
    page.get_by_role("button", name="Take back to version 2").click()
    expect(page.locator("#id_texts-0-title")).to_have_value("Korea, amended")
    assert page.faults == []


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_cut_off(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("link", name="Savings").click()
    expect(page.get_by_role("heading", name="Savings", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Take back to this… : 1").click()
    expect(page.get_by_role("button", name="Take back to version 1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
