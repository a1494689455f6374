"""Two people save one draft: what each changed is chosen by keyboard, and nothing is copied."""

import pytest
from playwright.sync_api import expect

from agreements.models import AgreementEdition
from strategy.models import PageEdition

from .accessibility import seriously_wrong

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


@pytest.fixture
def two(sign_in):
    """two(address) → my page and hers, both with the form at that address."""

    def open_(address):
        pages = sign_in("author", "adam"), sign_in("author", "maria")
        for page in pages:
            page.goto(address)
        return pages

    return open_


@pytest.mark.parametrize("width", [360, 1440])
def test_an_agreement(two, transactional_db, make_agreement, width):
    draft = make_agreement("korea", title="Korea", publish=False, **SOUND)
    mine, hers = two(f"/admin/agreements/agreementedition/{draft.pk}/change/")
    mine.set_viewport_size({"width": width, "height": 900})
    hers.locator("#id_legal_basis").fill("Article 207")
    hers.locator("#id_internal_note").fill("Ask Brussels")
    save(hers)
    expect(hers.locator(".messagelist .success")).to_be_visible()
    mine.locator("#id_legal_basis").fill("Article 218")
    mine.locator("#id_texts-0-title").fill("Republic of Korea")
    save(mine)
    choice = mine.get_by_role("group", name="Legal basis")
    expect(choice).to_contain_text("Theirs (maria)")
    expect(mine.locator(".conflict")).to_contain_text("drops 2 things that maria saved:")
    assert seriously_wrong(mine) == []
    mine.get_by_role("button", name="Save with these choices").click()
    expect(mine.get_by_role("alert")).to_contain_text("Choose “mine” or “theirs” everywhere first")
    choice.get_by_role("radio", name="Theirs").focus()
    mine.keyboard.press("Space")
    expect(choice.get_by_role("radio", name="Theirs")).to_be_checked()
    mine.get_by_role("button", name="Save with these choices").press("Enter")
    expect(mine.locator(".messagelist .success")).to_be_visible()
    stored = AgreementEdition.objects.get()
    assert (stored.legal_basis, stored.internal_note) == ("Article 207", "Ask Brussels")
    assert draft.texts.get().title == "Republic of Korea"
    assert mine.faults == hers.faults == []


def test_a_page_with_blocks(two, draft):
    mine, hers = two(f"/admin/strategy/pageedition/{draft.pk}/change/")
    hers.locator("#id_lead").fill("Hers")
    hers.locator("#id_strategy_link_set-0-title").fill("One, hers")
    hers.locator("#strategy_link_set-1 .delete input").check()
    save(hers)
    expect(hers.locator(".messagelist .success")).to_be_visible()
    mine.locator("#id_strategy_link_set-0-title").fill("One, mine")
    mine.locator(".order-machine-insert-target.last").click()
    mine.locator(".plugin-button[title=Text]").click()
    mine.locator("#strategy_text_set-1 [contenteditable=true]").click()
    mine.keyboard.type("Five")
    save(mine)
    mine.get_by_role("group", name="Link: One – title").get_by_role("radio", name="Mine").check()
    expect(mine.locator(".conflict")).to_contain_text("Link: Two")
    assert seriously_wrong(mine) == []
    mine.get_by_role("button", name="Save with these choices").click()
    expect(mine.locator(".messagelist .success")).to_be_visible()
    assert PageEdition.objects.get().lead == "Hers"
    titles = [row.title for row in draft.strategy_link_set.order_by("ordering")]
    assert titles == ["One, mine", "Three"]
    texts = [row.text for row in draft.strategy_text_set.order_by("ordering")]
    assert texts == ["<p>Four</p>", "<p>Five</p>"]
    assert mine.faults == hers.faults == []
