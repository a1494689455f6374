"""What may not be changed is shown in the admin as readers see it: agreements as pages."""

import datetime
import re

import pytest
from django.utils import timezone

from culturecoop.editions import verbs
from culturecoop.reference.admin import admin_address
from tests.answering import publish

pytestmark = pytest.mark.django_db
TOMORROW = datetime.timedelta(days=1)


@pytest.fixture(params=["agreement", "page"])
def live(request, make_agreement, make_page):
    if request.param == "page":
        return make_page("", title="Home")
    return make_agreement("korea", title="Korea", parties=["EU", "KR"])


def framed(client, edition):
    """Return the address that the form of an edition shows in its frame, "" without one."""
    content = client.get(admin_address(edition)).content.decode()
    fields = re.findall(r'id="id_(\w+)"', content)
    assert fields == ["draft_version"]  # which is hidden
    assert "inline-group" not in content
    found = re.search(r'<iframe class="as-readers-see-it" src="([^"]*)"', content)
    return found[1] if found else ""


def preview_of(edition):
    return admin_address(edition).replace("/change/", "/preview/")


def test_what_is_live_is_its_public_page(author, live):
    assert framed(author, live) == live.identity.get_absolute_url()


def test_what_was_superseded_is_the_page_of_its_time(author, live):
    publish(verbs.new_draft(live))
    assert framed(author, live) == live.get_absolute_url()


def test_what_is_scheduled_is_its_preview_without_a_way_back(author, live):
    later = publish(verbs.new_draft(live), at=timezone.now() + TOMORROW)
    assert framed(author, later) == preview_of(later)
    back = f'href="{admin_address(later)}"'
    assert back in author.get(preview_of(later)).content.decode()
    inside = author.get(preview_of(later), headers={"Sec-Fetch-Dest": "iframe"})
    assert back not in inside.content.decode()


def test_what_was_withdrawn_is_the_reason(author, live):
    withdrawal = verbs.withdraw(live, reason="A mistake")
    address = framed(author, withdrawal)
    assert "A mistake" in author.get(address).content.decode()


def test_a_withdrawal_that_lies_ahead_is_the_page_until_then(author, live):
    withdrawal = verbs.withdraw(live, reason="A mistake", at=timezone.now() + TOMORROW)
    assert framed(author, withdrawal) == live.identity.get_absolute_url()


def test_what_sends_its_readers_elsewhere_says_where(author, live):
    withdrawal = verbs.withdraw(live, reason="It moved", redirect_to="https://example.org/")
    assert framed(author, withdrawal) == ""
    content = author.get(admin_address(withdrawal)).content.decode()
    assert "Readers are sent on to https://example.org/." in content


def test_the_internal_note_stays_in_sight(author, make_agreement):
    live = make_agreement("korea", internal_note="Ask the ministry")
    assert "Ask the ministry" in author.get(admin_address(live)).content.decode()


def test_old_browsers_let_previews_alone_stand_in_a_frame_of_this_site(author, live):
    preview = author.get(preview_of(live)).headers
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    for address in (admin_address(live), live.identity.get_absolute_url()):
        assert author.get(address).headers["X-Frame-Options"] == "DENY"
