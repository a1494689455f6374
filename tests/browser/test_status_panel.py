"""The panel above the events follows what is typed, in a real Chromium."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from agreements.models import Event
from culturecoop.editions import verbs

from .cards import open_card

SETTLED = 900  # milliseconds after which nothing that was typed waits any more
KOREA = [("signature", "2010-10-06"), ("entry_into_force", "2015-12-13")]


@pytest.fixture
def form(sign_in, make_agreement):
    """The form of a draft of an agreement that readers see in force."""
    live = make_agreement("korea", kind="protocol", parties=["EU", "KR"], events=KOREA)
    page = sign_in("author")
    page.goto(f"/admin/agreements/agreementedition/{verbs.new_draft(live).pk}/change/")
    open_card(page, 1)
    page.loads = []
    page.on("framenavigated", lambda frame: page.loads.append(frame.url))
    return page


def reach(page, field, key="Tab"):
    """Go to a field as somebody without a mouse does."""
    for _press in range(20):
        page.keyboard.press(key)
        if page.locator(field).evaluate("field => field === document.activeElement"):
            return
    pytest.fail(f"{field} is not reached")


def test_a_denunciation_that_is_typed_changes_the_sentence(form):
    """With the keyboard only; no page is loaded, and nothing is saved."""
    page = form
    panel = page.locator("#status-panel")
    expect(panel).to_contain_text("The protocol has been in force since 13 December 2015.")
    page.get_by_role("button", name="Add another Event").focus()
    page.keyboard.press("Enter")
    reach(page, "#id_events-2-kind", "Shift+Tab")
    page.keyboard.type("denunciation effective")
    reach(page, "#id_events-2-date")
    page.keyboard.type("2020-01-")
    expect(panel).to_contain_text("1 row is not complete yet and is left out.")
    page.keyboard.type("31")
    gone = "The protocol was terminated with effect from 31 January 2020."
    expect(panel).to_contain_text(f"Status today: {gone}")
    expect(panel).to_contain_text("EU, KR: in force since 13 December 2015 → terminated")
    expect(panel).to_contain_text("As typed, not saved.")
    expect(page.locator("#id_events-2-date")).to_be_focused()
    expect(page.locator("#id_events-2-date")).to_have_value("2020-01-31")
    reach(page, "#events-2 .inline-deletelink")
    page.wait_for_timeout(SETTLED)  # leaving the field was a change, too
    page.once("dialog", lambda dialog: dialog.accept())
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("Readers see the same now.")
    assert page.loads == []
    assert page.faults == []
    assert Event.objects.count() == 4  # two of each edition, as before


def test_a_choice_of_the_party_and_of_the_form_count(form):
    """Select2 tells of its changes by jQuery only."""
    page = form
    panel = page.locator("#status-panel")
    page.get_by_role("button", name="Add another Event").click()
    page.locator("#id_events-2-kind").select_option("denunciation_effective")
    page.locator("#id_events-2-date").fill("2020")
    expect(panel).to_contain_text("The protocol was terminated")
    page.locator("#id_form").select_option("multilateral")
    page.locator("#id_form").focus()
    page.wait_for_timeout(SETTLED)  # leaving the date was a change, too
    page.locator("#id_events-2-party + .select2-container").click()
    page.locator(".select2-container--open .select2-search__field").fill("KR")
    page.locator(".select2-results__option--highlighted", has_text="KR").click()
    expect(panel).to_contain_text("Status today: The protocol has been in force")
    assert page.loads == []
    assert page.faults == []


def test_who_was_signed_out_is_told_that_nothing_is_lost(form):
    page = form
    panel = page.locator("#status-panel")
    Session.objects.all().delete()
    page.locator("#id_events-1-date").fill("2016")
    expect(panel).to_contain_text("You are signed out")
    expect(panel).to_contain_text("Nothing that you typed is lost")
    expect(page.locator("#id_events-1-date")).to_have_value("2016")
    assert page.loads == []
    sign_in_elsewhere(page)
    page.locator("#id_events-1-date").fill("2017")
    expect(panel).to_contain_text("in force since 2017")
    expect(panel).not_to_contain_text("You are signed out")
    sign_in_elsewhere(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was saved")


def sign_in_elsewhere(page):
    """Another window has another session then, and another token for forms."""
    client = Client()
    client.force_login(get_user_model().objects.get())
    values = {"sessionid": client.cookies["sessionid"].value, "csrftoken": get_random_string(32)}
    home = page.evaluate("location.origin")
    page.context.add_cookies(
        [{"name": name, "value": value, "url": home} for name, value in values.items()]
    )


def test_a_server_that_does_not_answer_is_told_and_asked_again(form):
    page = form
    panel = page.locator("#status-panel")
    page.route("**/status/", lambda route: route.abort())
    page.locator("#id_events-1-date").fill("2016")
    expect(panel).to_contain_text("could not be worked out just now")
    page.unroute("**/status/")
    page.locator("#id_events-1-date").dispatch_event("input")
    expect(panel).to_contain_text("in force since 2016")
    expect(panel).not_to_contain_text("could not be worked out")


def test_a_form_that_was_refused_shows_what_is_typed(form):
    page = form
    page.locator("#id_events-1-date").fill("2016-05")
    page.locator("#id_texts-0-title").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("#status-panel")).to_contain_text("in force since May 2016")


def test_it_stays_in_sight_and_covers_nothing_that_has_the_focus(form):
    page = form
    page.set_viewport_size({"width": 1280, "height": 800})
    for _number in range(8):
        page.get_by_role("button", name="Add another Event").click()
    last = page.locator("#id_events-9-date")
    last.focus()
    expect(page.locator("#status-panel")).to_be_in_viewport()
    bottom = "panel => panel.getBoundingClientRect().bottom"
    for _number in range(60):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        inside = page.evaluate("!!document.activeElement.closest('.followed-events .event-card')")
        if inside:
            assert top >= page.locator("#status-panel").evaluate(bottom)


def test_without_scripts_it_shows_what_is_saved(form, browser):
    page = form
    context = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(page.url)
    expect(plain.locator("#status-panel")).to_contain_text("in force since 13 December 2015")
    expect(plain.locator("#status-panel")).to_contain_text("As saved.")
    context.close()
