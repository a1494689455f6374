"""The cards of events in a real Chromium: summed up, copied, removed, without a mouse."""

import pytest
from playwright.sync_api import expect

from .accessibility import seriously_wrong
from .cards import open_card

CHANGE = "/admin/agreements/agreementedition/{}/change/"
LIFE = [("signature", "2012-06-26", "CO"), ("provisional_application", "2013-03?", "PE")]


@pytest.fixture
def draft(make_agreement):
    return make_agreement("peru", parties=["EU", "CO", "PE"], events=LIFE, publish=False)


@pytest.fixture
def form(sign_in, draft):
    page = sign_in("author")
    page.goto(CHANGE.format(draft.pk))
    page.asked = []
    page.on("dialog", lambda dialog: (page.asked.append(dialog.message), dialog.accept()))
    return page


def line(page, number):
    return page.locator(f"#events-{number} summary")


def choose_party(page, number, words):
    page.locator(f"#id_events-{number}-party + .select2-container").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def test_the_line_follows_the_typing(form):
    page = form
    expect(line(page, 0)).to_have_text("signature · 26 June 2012 · CO · A register")
    expect(page.locator("#id_events-0-kind")).to_be_hidden()
    open_card(page, 0)
    page.locator("#id_events-0-kind").select_option("conclusion")
    page.locator("#id_events-0-date").fill("3/2013")
    page.locator("#id_events-0-source").fill("IP/12/690")
    choose_party(page, 0, "PE")
    expect(line(page, 0)).to_have_text("conclusion decision · March 2013 · PE · IP/12/690")
    page.locator("#id_events-0-date").fill("one day")
    expect(line(page, 0)).to_have_text("conclusion decision · one day · PE · IP/12/690")
    assert page.faults == []


def test_the_same_event_for_another_party_is_made_with_one_click(form, draft):
    page = form
    open_card(page, 0)
    page.locator("#id_events-0-note").fill("In Brussels")
    page.locator("#events-0").get_by_role("button", name="Same event for another party").click()
    copy = page.locator("#events-2")
    expect(copy.get_by_role("combobox", name="Party", exact=True)).to_be_focused()
    expect(line(page, 2)).to_have_text("signature · 26 June 2012 · A register")
    expect(page.locator("#events-0 + #events-2")).to_be_visible()  # right under it
    page.keyboard.press("Enter")
    page.keyboard.type("PE")
    page.locator(".select2-results__option--highlighted", has_text="PE").wait_for()
    page.keyboard.press("Enter")
    expect(line(page, 2)).to_have_text("signature · 26 June 2012 · PE · A register")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert [(str(e.date), str(e.party), e.note) for e in draft.events.all()] == [
        ("2012-06-26", "CO", "In Brussels"),
        ("2012-06-26", "PE", "In Brussels"),
        ("2013-03?", "PE", ""),
    ]
    assert page.faults == []


def test_a_copy_among_stored_events_leaves_them_their_numbers(form, draft):
    """Django counts the rows anew when one goes: what is stored has to stay in front."""
    page = form
    page.get_by_role("button", name="Add another Event").click()
    open_card(page, 0)
    page.locator("#events-0").get_by_role("button", name="Same event for another party").click()
    page.locator("#events-2 .inline-deletelink").click()
    expect(page.locator("#events-3")).to_have_count(0)
    expect(page.locator("#events-0 + #events-2")).to_be_visible()
    expect(page.locator("#id_events-1-date")).to_have_value("2013-03?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    kept = set(draft.events.values_list("kind", "party__code"))
    assert kept == {("signature", "CO"), ("signature", None), ("provisional_application", "PE")}


def test_a_new_card_with_words_goes_only_when_that_is_meant(form):
    page = form
    for _time in range(2):
        page.get_by_role("button", name="Add another Event").click()
    page.locator("#id_events-3-note").fill("Long thought of")
    page.locator("#events-2 .inline-deletelink").click()
    assert page.asked == []
    page.locator("#events-2 .inline-deletelink").click()
    assert page.asked == ["It goes with what you typed into it. Are you sure?"]
    expect(page.locator("#events-2")).to_have_count(0)


def test_words_that_came_back_with_a_fault_go_only_when_that_is_meant(form):
    page = form
    page.get_by_role("button", name="Add another Text").click()
    page.locator("#id_texts-1-title").fill("Long thought of")
    page.get_by_role("button", name="Add another Reference").click()
    page.locator("#id_references-0-value").fill("22011A0514(04)")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    for row in ("#texts-1", "#references-0"):
        page.locator(f"{row} .inline-deletelink").click()
    assert page.asked == ["It goes with what you typed into it. Are you sure?"] * 2


def test_cards_are_opened_and_faults_reached_by_keyboard(form):
    page = form
    line(page, 1).focus()
    page.keyboard.press("Enter")
    page.locator("#id_events-1-date").fill("some day")
    line(page, 1).focus()
    page.keyboard.press("Space")
    expect(page.locator("#id_events-1-date")).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).click()
    field = page.locator("#id_events-1-date")
    expect(field).to_be_visible()
    line(page, 1).click()  # whoever closes it again is led there all the same
    page.locator(".fault-list a").press("Enter")
    expect(field).to_be_focused()
    fault = page.locator("#events-1 .form-row.errors")
    whole = page.locator("#events-1 .event-fields")
    assert whole.bounding_box()["width"] - fault.bounding_box()["width"] < 40
    assert page.faults == []


@pytest.mark.parametrize("width", [390, 1440])
def test_cards_fit_every_window_and_axe_finds_nothing(form, width):
    page = form
    page.set_viewport_size({"width": width, "height": 900})
    open_card(page, 0)
    page.locator("#id_events-0-date").fill("some day")
    page.get_by_role("button", name="Add another Event").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    group = page.locator("#events-group")
    assert group.evaluate("group => group.scrollWidth - group.clientWidth") <= 0
    label, field = page.locator("label[for=id_events-0-date]"), page.locator("#id_events-0-date")
    assert label.bounding_box()["y"] < field.bounding_box()["y"]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where the buttons cover no card
    assert seriously_wrong(page) == []


def test_without_scripts_a_card_opens_and_is_saved(form, browser, draft):
    context = browser.new_context(
        java_script_enabled=False, storage_state=form.context.storage_state()
    )
    page = context.new_page()
    page.goto(form.url)
    open_card(page, 0)
    page.locator("#id_events-0-note").fill("In Brussels")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert draft.events.filter(note="In Brussels").count() == 1
    context.close()


def test_what_the_browser_kept_fills_cards_and_copies(form):
    page = form
    open_card(page, 1)
    page.locator("#events-1").get_by_role("button", name="Same event for another party").click()
    choose_party(page, 2, "CO")
    page.locator("#id_events-2-note").fill("Typed for long")
    page.wait_for_timeout(1500)
    page.goto("/admin/")
    page.locator("#unsaved-tray a").click()
    page.get_by_role("button", name="Show it in the form").click()
    expect(page.locator("#id_events-2-note")).to_have_value("Typed for long")
    kept = "provisional application · March 2013 (uncertain) · CO · A register"
    expect(line(page, 2)).to_have_text(kept)
    assert page.faults == []
