"""What was typed and not saved is found again also when others went on with the same thing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Party, Theme
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.reference.verbs import amend

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
    expect(page.locator("[data-older]")).to_be_visible()
    show_copy(page)
    assert page.locator("#id_texts-0-title").input_value() == "Long thought of"
    expect(page.locator(".conflict")).to_contain_text("Text: English – short title")
    assert draft.texts.get().title == "Korea"
    page.get_by_role("button", name="Save", exact=True).click()
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


def test_also_what_came_back_with_a_fault_stands_on_the_desk(page, live):
    draft = verbs.new_draft(live)
    page.goto(f"{FORMS}{draft.pk}/change/")
    page.locator("#id_texts-0-title").fill("Long thought of")
    page.get_by_role("button", name="Add another Reference").click()
    page.locator("#id_references-0-value").fill("22011A0514(04)")
    page.locator("#id_references-0-address").fill("nowhere at all")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    page.locator("#id_texts-0-official_title").fill("A second thought")
    page.wait_for_timeout(KEEPING)
    page.goto("/admin/")
    tray = page.locator("#unsaved-tray")
    tray.get_by_text("What you typed").click()
    for words in ("Long thought of", "22011A0514(04)", "A second thought"):
        expect(tray.locator("details")).to_contain_text(words)


@pytest.mark.parametrize("model", [Document, Party, Theme])
def test_what_was_changed_since_is_said_of_other_things_too(page, transactional_db, model):
    names = {Document: "title", Party: "name", Theme: "name"}
    made = {Document: {"slug": "list", "title": "List"}, Party: {"code": "ZZ"},
            Theme: {"slug": "film", "name": "Film"}}  # fmt: skip
    row = model(**made[model])
    amend(row)
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    page.goto(address)
    page.locator(f"#id_{names[model]}").fill("Long thought of")
    page.wait_for_timeout(KEEPING)
    context = page.context
    page.close(run_before_unload=False)
    page = watched(context.new_page())
    page.goto(address)
    expect(page.locator(".unsaved")).to_be_visible()
    expect(page.locator("[data-older]")).to_be_hidden()
    setattr(row, names[model], "Theirs")
    amend(row)
    page.goto(address)
    expect(page.locator("[data-older]")).to_be_visible()


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
