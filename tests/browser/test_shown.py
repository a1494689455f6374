"""What is published, in the admin: the page as readers see it, in a frame."""

import pytest
from playwright.sync_api import expect

from .accessibility import seriously_wrong

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}


@pytest.mark.parametrize("width", [390, 1440])
def test_a_live_agreement_is_its_page(sign_in, make_agreement, width):
    live = make_agreement("korea", title="Korea", **SOUND)
    page = sign_in()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/admin/agreements/agreementedition/{live.pk}/change/")
    shown = page.frame_locator("iframe.as-readers-see-it")
    expect(shown.locator("h1")).to_have_text("Korea (EU – KR)")
    expect(shown.locator(".editors-bar")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight") < 1700  # no wall of grey fields
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert seriously_wrong(page) == []
    assert page.faults == []
