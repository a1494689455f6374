"""What was typed and not saved is found again also when others went on with the same thing."""

import pytest
from playwright.sync_api import expect

from culturecoop.editions import verbs

from .conftest import watched
from .test_unsaved import KEEPING, copies, show_copy

FORMS = "/admin/agreements/agreementedition/"
SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}


@pytest.fixture
def live(transactional_db, make_agreement):
    return make_agreement("korea", title="Korea", **SOUND)


@pytest.fixture
def page(sign_in):
    page = sign_in("administrator")
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def typed(page, address, words):
    """Type a title, and kill the tab; return another one."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator("#id_texts-0-title").fill(words)
    page.wait_for_timeout(KEEPING)
    context = page.context
    page.close(run_before_unload=False)
    page = watched(context.new_page())
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/")
    return page


def test_in_the_draft_that_somebody_began_meanwhile(page, live):
    page = typed(page, f"{FORMS}{live.pk}/edit/", "Long thought of")
    draft = verbs.new_draft(live)
    page.locator("#unsaved-tray a").click()
    page.wait_for_url(f"**{FORMS}{draft.pk}/change/")
    expect(page.locator(".unsaved")).to_contain_text("Something was saved here since")
    show_copy(page)
    assert page.locator("#id_texts-0-title").input_value() == "Long thought of"
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".conflict")).to_be_visible()
    assert draft.texts.get().title == "Korea"
    page.get_by_role("button", name="Save mine over it").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert draft.texts.get().title == "Long thought of"
    assert copies(page) == []


def test_on_the_desk_when_the_draft_is_gone(page, live):
    draft = verbs.new_draft(live)
    page = typed(page, f"{FORMS}{draft.pk}/change/", "Long thought of")
    verbs.discard(draft)
    page.locator("#unsaved-tray a").click()
    expect(page.locator(".messagelist")).to_contain_text("doesn’t exist")
    tray = page.locator("#unsaved-tray")
    tray.get_by_text("What you typed").click()
    expect(tray.locator("details p")).to_have_text(["Short title: Long thought of"])
    tray.get_by_role("button", name="Delete it").click()
    expect(tray).to_be_hidden()
    assert copies(page) == []


def test_a_note_of_a_publication_is_not_older_when_nothing_was_saved(page, live):
    draft = verbs.new_draft(live)
    page.goto(f"{FORMS}{draft.pk}/publish/do/")
    page.locator("[name=change_note]").fill("The title is corrected.")
    page.wait_for_timeout(KEEPING)
    context = page.context
    page.close(run_before_unload=False)
    page = watched(context.new_page())
    page.goto(f"{FORMS}{draft.pk}/publish/do/")
    expect(page.locator(".unsaved")).to_be_visible()
    expect(page.locator("[data-older]")).to_be_hidden()
