"""A desk with something in every tray: nothing is cut off, and nobody is kept out."""

import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from strategy.models import Text
from tests.answering import publish

from .accessibility import seriously_wrong

LONG = "Protocol on Cultural Cooperation with a title that takes two lines on a phone"
PLACES = [
    "drafts", "waiting", "gone", "scheduled", "behind", "changing", "links", "bare", "untouched",
]  # fmt: skip


@pytest.fixture
def page(sign_in, transactional_db, make_agreement, make_page):
    """The desk of Ada, with a row or more in each of its trays."""
    page = sign_in()
    ada = get_user_model().objects.get(username="ada")
    with time_machine.travel(timezone.now() - datetime.timedelta(days=400)):
        for number in range(11):
            make_agreement(f"old-{number}", title=f"{LONG} {number}")
    mine, taken = (make_agreement(slug, title=LONG, publish=False) for slug in ("mine", "taken"))
    for draft in (mine, taken):
        verbs.record_change(draft, by=ada)
    publish(taken)
    make_agreement("theirs", title=LONG, publish=False)
    soon = timezone.now() + datetime.timedelta(days=3)
    publish(make_agreement("ahead", title="What comes", publish=False), at=soon)
    source = make_page("", title="Home", publish=False)
    address = "/agreements/that-was-never-there-and-has-a-long-slug/"
    Text.objects.create(
        parent=source, ordering=0, region="main", text=f'<p><a href="{address}">This</a></p>'
    )
    publish(source)
    make_page("", title="Start", language="de")
    publish(verbs.new_draft(source))
    today = str(timezone.localdate())
    make_agreement("now", title=LONG, parties=["EU", "KR"], events=[("signature", today)])
    Document.objects.create(slug="bare", title="A report that nobody has uploaded")
    page.goto("/admin/")
    return page


@pytest.mark.parametrize("width", [390, 1440])
def test_every_count_leads_to_its_tray_and_nobody_is_kept_out(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    links = page.get_by_role("navigation", name="How many there are").get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == [f"#tray-{p}" for p in PLACES]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert seriously_wrong(page) == []
    page.get_by_role("link", name="Untouched for a year 11").press("Enter")
    tray = page.locator("#tray-untouched")
    expect(tray).to_be_in_viewport()
    expect(tray.get_by_role("listitem")).to_have_count(10)
    tray.get_by_role("link", name="agreements: all 11").press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(11)
    assert page.faults == []
