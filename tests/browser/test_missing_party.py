"""A party that is not in the list, found, added or asked for without leaving the form."""

import pytest
from playwright.sync_api import expect

from agreements.models import Party, PartyRequest

from .accessibility import seriously_wrong
from .cards import open_card

CHANGE = "/admin/agreements/agreementedition/{}/change/"


@pytest.fixture
def draft(make_agreement):
    events = [("signature", "2012-06-26")]
    return make_agreement("peru", parties=["EU"], events=events, publish=False)


def opened(page, draft, place):
    """Type something into the form, and open the dialog from a field by keyboard."""
    page.goto(CHANGE.format(draft.pk))
    for part in ("Event", "Party"):
        page.get_by_role("button", name=f"Add another {part}").click()
    page.locator("#id_texts-0-title").fill("Long thought of")
    page.locator(place).get_by_role("link", name="Not in the list?").press("Enter")
    dialog = page.get_by_role("dialog", name="A party that is not in the list")
    expect(dialog.get_by_label("Name or code")).to_be_focused()
    return dialog


@pytest.mark.parametrize("place", ["#parties-1", "#events-1"])
def test_a_publisher_adds_it_and_it_is_chosen(sign_in, draft, place):
    page = sign_in()
    dialog = opened(page, draft, place)
    page.keyboard.type("Südafrika")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Code:", exact=True)).to_have_value("ZA")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    chosen = page.locator(place).get_by_role("combobox", name="Party: South Africa")
    expect(chosen).to_be_focused()
    expect(page.locator("#id_texts-0-title")).to_have_value("Long thought of")
    party = Party.objects.get(code="ZA")
    field = f"{place.replace('#', '#id_')}-party"
    expect(page.locator(field)).to_have_value(str(party.pk))
    assert page.faults == []


def test_one_that_is_there_is_taken(sign_in, draft):
    party = Party.objects.create(code="KR")
    page = sign_in("author")
    dialog = opened(page, draft, "#parties-0")
    page.keyboard.type("Corée du Sud")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("is there already: South Korea (KR)")
    expect(dialog.get_by_role("button", name="Take it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_parties-0-party")).to_have_value(str(party.pk))
    assert page.faults == []


@pytest.mark.parametrize("width", [390, 1440])
def test_an_author_asks_and_reads_the_answer_on_his_desk(sign_in, draft, width):
    page = sign_in("author")
    page.set_viewport_size({"width": width, "height": 900})
    dialog = opened(page, draft, "#parties-0")
    # The buttons stand in sight, over whatever is there.
    page.locator(".submit-row").last.evaluate("row => (row.style.position = 'static')")
    assert seriously_wrong(page) == []
    page.keyboard.type("Economic Community of West African States")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Code:", exact=True)).to_have_value("ECWAS")
    dialog.get_by_label("Code:", exact=True).fill("ecowas")
    dialog.get_by_role("button", name="Ask for it").click()
    expect(dialog.get_by_label("Code:", exact=True)).to_be_focused()  # it is faulty
    assert seriously_wrong(page) == []
    dialog.get_by_label("Code:", exact=True).fill("ECOWAS")
    dialog.get_by_role("button", name="Ask for it").click()
    expect(dialog).to_contain_text("You have asked for")
    dialog.get_by_role("button", name="Back to the form").click()
    expect(page.locator("#id_texts-0-title")).to_have_value("Long thought of")
    publisher = sign_in("publisher", "bob")
    publisher.set_viewport_size({"width": width, "height": 900})
    publisher.goto("/admin/")
    publisher.get_by_role("link", name="Economic Community of West African States").click()
    assert seriously_wrong(publisher) == []
    publisher.get_by_role("button", name="Add the party").click()
    expect(publisher.locator(".messagelist .success")).to_be_visible()
    page.on("dialog", lambda asked: asked.accept())
    page.goto("/admin/")
    expect(page.locator(".desk-tray", has_text="Parties that you asked for")).to_contain_text(
        "added"
    )
    assert PartyRequest.objects.get().party.code == "ECOWAS"
    assert seriously_wrong(page) == []
    assert page.faults == publisher.faults == []


def test_without_scripts_a_page_of_its_own_does_it(sign_in, draft, browser, live_server):
    state = sign_in().context.storage_state()
    context = browser.new_context(
        java_script_enabled=False, storage_state=state, base_url=live_server.url
    )
    form = context.new_page()
    form.goto(CHANGE.format(draft.pk))
    open_card(form, 0)
    with context.expect_page() as opened:
        form.locator("#events-0").get_by_role("link", name="Not in the list?").click()
    page = opened.value
    page.get_by_label("Name or code").fill("Peru")
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("button", name="Add the party").click()
    expect(page.locator("#content-main")).to_contain_text("Close this window and choose it")
    assert Party.objects.filter(code="PE").exists()
    context.close()
