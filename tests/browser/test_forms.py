"""Long forms in a real Chromium: all of a row is in sight, and a fault is found."""

import pytest

AGREEMENTS = "/admin/agreements/agreementedition/"
OVERFLOW = "element => element.scrollWidth - element.clientWidth"


@pytest.mark.parametrize("width", [1440, 1280, 1024])
def test_nothing_runs_off_to_the_right(sign_in, make_agreement, width):
    events = [("signature", "2010-10-06"), ("provisional_application", "2011-07-01")]
    title = "Protocol on Cultural Cooperation"
    make_agreement("korea", title=title, events=events)
    edition = make_agreement("peru", title=title, events=events, publish=False)
    page = sign_in()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(AGREEMENTS)
    assert page.locator(".results").evaluate(OVERFLOW) <= 0
    page.goto(f"{AGREEMENTS}{edition.pk}/change/")
    page.get_by_role("button", name="Add another Event").click()
    assert page.locator("#events-group fieldset").evaluate(OVERFLOW) <= 0
    assert page.locator("#id_events-0-source_address").bounding_box()["width"] > 150
