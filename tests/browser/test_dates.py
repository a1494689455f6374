"""Dates in a real Chromium: what is understood is said in words while one types."""

import re

import pytest
from playwright.sync_api import expect

from .accessibility import seriously_wrong
from .cards import open_card

CHANGE = "/admin/agreements/agreementedition/{}/change/"
NO_DAY = "There is no such day: April 2010 has 30 days."


@pytest.fixture
def edition(make_agreement):
    events = [("signature", "2010-10-06"), ("entry_into_force", "2011?")]
    return make_agreement("korea", title="Korea", events=events, publish=False)


def is_below(line, box):
    """Return whether the line stands right below the box."""
    lower, upper = line.bounding_box(), box.bounding_box()
    return 0 <= lower["y"] - upper["y"] - upper["height"] < 20


@pytest.mark.parametrize("width", [1440, 390])
def test_a_date_is_said_in_words_below_its_field(sign_in, edition, width):
    page = sign_in()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(CHANGE.format(edition.pk))
    expect(page.locator("#id_events-0-date_said")).to_be_hidden()
    expect(page.locator("#id_events-1-date_said")).to_have_text("2011 (uncertain)")
    open_card(page, 0)
    box, line = page.locator("#id_events-0-date"), page.locator("#id_events-0-date_said")
    box.fill("3/4/2009")
    expect(line).to_have_text("3 April 2009")
    expect(box).to_have_accessible_description(re.compile("3 April 2009"))
    box.fill("31.04.2010")
    expect(line).to_have_text(NO_DAY)
    assert line.evaluate("line => line.scrollWidth - line.clientWidth") <= 0
    assert is_below(line, box)
    assert seriously_wrong(page) == []
    box.fill("")
    expect(line).to_be_hidden()
    assert page.faults == []


def test_rows_that_are_added_say_it_too_and_keep_their_own_line(sign_in, edition):
    page = sign_in()
    page.goto(CHANGE.format(edition.pk))
    for _time in range(2):
        page.get_by_role("button", name="Add another Event").click()
    page.locator("#id_events-2-date").fill("mars 2009")
    page.locator("#id_events-3-date").fill("16. Dezember 2007")
    expect(page.locator("#id_events-2-date_said")).to_have_text("March 2009")
    expect(page.locator("#id_events-3-date_said")).to_have_text("16 December 2007")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#events-2 .inline-deletelink").click()
    moved = page.locator("#id_events-2-date")
    expect(moved).to_have_value("16. Dezember 2007")
    expect(moved).to_have_accessible_description(re.compile("16 December 2007"))
    assert page.faults == []


def test_a_milestone_says_it_too(sign_in, draft):
    draft.strategy_milestone_set.create(region="main", ordering=5, date="2009-12", text="Adopted")
    page = sign_in()
    page.goto(f"/admin/strategy/pageedition/{draft.pk}/change/")
    box = page.locator("#id_strategy_milestone_set-0-date")
    line = page.locator("#id_strategy_milestone_set-0-date_said")
    box.fill("um 2007")
    expect(line).to_have_text("around 2007")
    assert is_below(line, box)
    assert page.faults == []
