"""The block editor of pages, by mouse and by keyboard, in a real Chromium."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from culturecoop.documents.models import Document
from strategy.models import PageEdition

PAGES = "/admin/strategy/pageedition/"


def order(draft, region="main"):
    """The blocks of a region as they are stored, in their order."""
    blocks = [*draft.strategy_link_set.all(), *draft.strategy_text_set.all()]
    found = [block for block in blocks if block.region == region]
    return [str(block) for block in sorted(found, key=lambda block: block.ordering)]


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_blocks_are_dragged_across_kinds_and_regions(sign_in, draft):
    page = sign_in("author")
    page.goto(f"{PAGES}{draft.pk}/change/")
    text = page.locator("#strategy_text_set-0 > h3")
    text.drag_to(page.locator("#strategy_link_set-0 > h3"), target_position={"x": 300, "y": 2})
    page.locator("#strategy_link_set-1 .inline_move_to_region").select_option("more")
    save(page)
    assert order(draft) == ["Four", "One", "Three"]
    assert order(draft, "more") == ["Two"]
    assert page.faults == []


def test_blocks_are_added_and_moved_by_keyboard(sign_in, draft):
    page = sign_in("author")
    page.goto(f"{PAGES}{draft.pk}/change/")
    up = page.locator("#strategy_link_set-2 .move-up")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".visually-hidden[aria-live]")).to_have_text("Moved to place 1 of 4.")
    tab = page.locator(".tabs.regions [data-region=in_depth]")
    tab.focus()
    page.keyboard.press("Enter")
    expect(tab).to_have_attribute("aria-pressed", "true")
    page.locator(".order-machine-insert-target.last").focus()
    page.keyboard.press("Enter")
    page.locator(".plugin-button[title=Link]").focus()
    page.keyboard.press("Enter")
    page.locator("#id_strategy_link_set-3-title").fill("Five")
    save(page)
    assert order(draft) == ["Three", "One", "Two", "Four"]
    assert order(draft, "in_depth") == ["Five"]
    assert page.faults == []


def test_a_link_in_a_text_leads_to_a_chosen_document(sign_in, draft):
    Document.objects.create(slug="report", title="The report")
    page = sign_in("author")
    page.goto(f"{PAGES}{draft.pk}/change/")
    page.locator("#strategy_text_set-0 [contenteditable=true]").click()
    page.keyboard.press("Control+a")
    page.locator("#strategy_text_set-0 [data-name=link]").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Choose a document…").click()
    opened.value.wait_for_load_state()  # its scripts make the link a choice
    opened.value.get_by_role("link", name="The report").click()
    address = page.locator("dialog [name=href]")
    expect(address).to_have_value("/documents/report/")
    page.locator("dialog [type=submit]").click()
    save(page)
    assert 'href="/documents/report/"' in draft.strategy_text_set.get().text
    assert page.faults == []


@pytest.mark.parametrize(
    ("button", "choice", "address"),
    [
        ("Choose a page…", "Über uns", "/de/about/"),
        ("Choose an agreement…", "Treaty with Korea", "/de/agreements/korea/"),
    ],
)
def test_a_link_leads_to_a_page_or_an_agreement_chosen_by_keyboard(
    sign_in, make_page, make_agreement, button, choice, address
):
    make_page("")
    make_page("about", title="Über uns", language="de")
    make_agreement("korea", title="Treaty with Korea")
    draft = make_page("", title="Start", language="de", publish=False)
    draft.strategy_text_set.create(text="<p>Vier</p>", region="main", ordering=10)
    page = sign_in("author")
    page.goto(f"{PAGES}{draft.pk}/change/")
    page.locator("#strategy_text_set-0 [contenteditable=true]").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.get_by_role("button", name=button).focus()
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_load_state()  # its scripts make the link a choice
    opened.value.get_by_role("link", name=choice).focus()
    with opened.value.expect_event("close"), suppress(Error):  # it closes before the key is up
        opened.value.keyboard.down("Enter")
    expect(page.locator("dialog [name=href]")).to_have_value(address)
    expect(page.locator("dialog [name=href]")).to_be_focused()
    page.keyboard.press("Enter")
    save(page)
    assert f'href="{address}"' in draft.strategy_text_set.get().text
    assert page.faults == []


def test_two_people_save_the_same_draft(sign_in, draft):
    mine, hers = sign_in("author", "ada"), sign_in("author", "maria")
    for page in (mine, hers):
        page.goto(f"{PAGES}{draft.pk}/change/")
    hers.locator("#id_lead").fill("Hers")
    hers.locator("#strategy_link_set-0 .delete input").check()
    save(hers)
    mine.locator("#id_lead").fill("Mine")
    mine.locator("#id_strategy_link_set-0-title").fill("One, mine")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_role("alert")).to_contain_text("maria saved this draft on")
    assert mine.locator("#id_lead").input_value() == "Mine"
    assert mine.locator("#id_strategy_link_set-0-title").input_value() == "One, mine"
    assert PageEdition.objects.get().lead == "Hers"
    with mine.context.expect_page() as beside:
        mine.get_by_role("link", name="Open the saved state").click()
    assert beside.value.locator("#id_lead").input_value() == "Hers"
    mine.get_by_role("button", name="Save mine over it").click()
    expect(mine.locator(".messagelist .success")).to_be_visible()
    assert PageEdition.objects.get().lead == "Mine"
    assert order(draft) == ["One, mine", "Two", "Three", "Four"]
    assert mine.faults == hers.faults == []


def test_blocks_that_were_inserted_and_left_empty_do_not_stop_saving(sign_in, draft):
    page = sign_in("author")
    page.goto(f"{PAGES}{draft.pk}/change/")
    for kind in ("Text", "Milestone", "Link", "Image"):
        page.locator(".order-machine-insert-target.last").click()
        page.locator(f".plugin-button[title={kind}]").click()
    page.locator("#strategy_text_set-1 [contenteditable=true]").click()
    page.keyboard.type("No")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    expect(page.locator(".order-machine .inline-related:not(.empty-form)")).to_have_count(8)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Nothing was changed.")
    expect(page.locator(".order-machine .inline-related:not(.empty-form)")).to_have_count(4)
    assert page.faults == []
