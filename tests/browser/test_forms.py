"""Long forms in a real Chromium: all of a row is in sight, and a fault is found."""

import pytest
from playwright.sync_api import expect

from .cards import open_card

AGREEMENTS = "/admin/agreements/agreementedition/"
PAGES = "/admin/strategy/pageedition/"
OVERFLOW = "element => element.scrollWidth - element.clientWidth"


@pytest.mark.parametrize("width", [1440, 1280, 1024, 390])
def test_nothing_runs_off_to_the_right(sign_in, make_agreement, width):
    events = [("signature", "2010-10-06"), ("provisional_application", "2011-07-01")]
    title = "Protocol on Cultural Cooperation"
    make_agreement("korea", title=title, events=events)
    edition = make_agreement("peru", title=title, events=events, publish=False)
    page = sign_in()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(AGREEMENTS)
    if width >= 1024:  # on a phone the list scrolls by itself
        assert page.locator(".results").evaluate(OVERFLOW) <= 0
    page.goto(f"{AGREEMENTS}{edition.pk}/change/")
    page.get_by_role("button", name="Add another Event").click()
    open_card(page, 0)
    assert page.locator("#events-group fieldset").evaluate(OVERFLOW) <= 0
    assert page.locator("#id_events-0-source_address").bounding_box()["width"] > 150


def test_a_fault_has_a_link_that_leads_to_its_field(sign_in, make_agreement):
    edition = make_agreement("korea", events=[("signature", "2010-10-06")], publish=False)
    page = sign_in()
    page.goto(f"{AGREEMENTS}{edition.pk}/change/")
    page.locator("#id_texts-0-title").fill("")
    open_card(page, 0)
    page.locator("#id_events-0-date").fill("some day")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_focused()
    links = page.locator(".fault-list a")
    expect(links).to_have_count(2)
    expect(links.first).to_have_text("Texts by language 1 – Short title: This field is required.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_events-0-date")).to_be_focused()
    assert page.faults == []


def test_each_fault_of_a_text_has_a_link_of_its_own(sign_in, draft):
    bad = '<p><a href="ftp://a.org/">One</a> <a href="ftp://b.org/">Two</a></p>'
    draft.strategy_text_set.create(region="main", ordering=5, text=bad)
    page = sign_in()
    page.goto(f"{PAGES}{draft.pk}/change/")
    page.get_by_role("button", name="Save", exact=True).click()
    links = page.locator(".fault-list a")
    expect(links).to_have_count(2)
    for link, word in zip(links.all(), ("One", "Two"), strict=True):
        expect(link).to_contain_text(f"The link “{word}” cannot lead to")
    assert page.faults == []


def test_a_fault_in_a_block_of_another_region_is_opened(sign_in, draft):
    draft.strategy_link_set.filter(title="Two").update(region="more")
    page = sign_in()
    page.goto(f"{PAGES}{draft.pk}/change/")
    page.locator(".tabs.regions [data-region=more]").click()
    page.locator("#id_strategy_link_set-1-title").fill("")
    page.locator(".tabs.regions [data-region=main]").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_in_viewport()
    page.locator(".fault-list a").click()
    expect(page.locator("#id_strategy_link_set-1-title")).to_be_focused()
    assert page.faults == []


@pytest.mark.parametrize("kind", ["Text", "Link"])
def test_the_menu_of_blocks_is_in_sight_and_the_new_block_has_the_focus(sign_in, draft, kind):
    page = sign_in()
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(f"{PAGES}{draft.pk}/change/")
    page.locator(".order-machine-insert-target.last").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".plugin-buttons")).to_be_in_viewport(ratio=1)
    page.locator(f".plugin-button[title={kind}]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("fieldset :focus")).to_be_visible()
    assert page.faults == []


def test_a_question_and_its_fault_are_two_sentences_one_below_the_other(sign_in, make_agreement):
    edition = make_agreement("korea", events=[("signature", "2010-10-06")], publish=False)
    page = sign_in()
    page.goto(f"{AGREEMENTS}{edition.pk}/publish/do/")
    page.get_by_role("button", name="Publish now").click()
    link = page.locator(".fault-list a").first
    question = "No partner is named, so readers do not see with whom it was made."
    told = "Tick to confirm that this is intended, or correct the draft."
    expect(link).to_have_text(f"{question} {told}")
    fault, box = page.locator(".asked .errorlist").first, page.locator(".asked .form-row").first
    assert fault.bounding_box()["x"] - box.bounding_box()["x"] < 30
    assert page.faults == []


def test_a_table_that_scrolls_is_a_stop_of_the_keyboard(sign_in, make_agreement):
    """Only where it scrolls: on a phone, not on a wide screen."""
    edition = make_agreement("korea", parties=["EU", "KR"], publish=False)
    page = sign_in()
    page.goto(f"{AGREEMENTS}{edition.pk}/change/")
    table = page.locator("#parties-group fieldset")
    expect(table).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 360, "height": 800})
    expect(table).to_have_attribute("tabindex", "0")
    assert page.faults == []


@pytest.mark.parametrize("width", [1440, 360])
def test_the_buttons_are_in_sight_and_ctrl_s_saves(sign_in, make_agreement, draft, width):
    edition = make_agreement("korea", events=[("signature", "2010-10-06")], publish=False)
    page = sign_in()
    page.set_viewport_size({"width": width, "height": 700})
    for address, title in (
        (f"{AGREEMENTS}{edition.pk}", "texts-0-title"),
        (f"{PAGES}{draft.pk}", "title"),
    ):
        page.goto(f"{address}/change/")
        for name in ("Save", "Save and preview", "Save and publish…"):
            button = page.get_by_role("button", name=name, exact=True)
            expect(button).to_be_in_viewport(ratio=1)
        page.locator(f"#id_{title}").fill("Written anew")
        page.keyboard.press("ControlOrMeta+s")
        expect(page.locator(".messagelist .success")).to_be_visible()
        expect(page.locator(f"#id_{title}")).to_have_value("Written anew")
    assert page.faults == []


# [scrolled to, button] of the buttons that cannot be pressed there.
HIDDEN = """row => {
    const buttons = [...row.children].filter(button => button.checkVisibility())
    const found = []
    for (let top = 0; top < document.documentElement.scrollHeight; top += 60) {
        window.scrollTo({ top, behavior: "instant" })
        for (const button of buttons) {
            const { x, y, width, height } = button.getBoundingClientRect()
            const there = document.elementFromPoint(x + width / 2, y + height / 2)
            if (there !== button) found.push([top, button.value || button.textContent])
        }
    }
    return found
}"""


@pytest.mark.parametrize("size", [(390, 844), (360, 640), (1024, 768)])
def test_nothing_lies_on_the_buttons_of_a_page(sign_in, draft, size):
    """Neither the tabs of the blocks nor the bar of a rich text, which stick as they do."""
    draft.strategy_text_set.create(region="main", ordering=50, text="<p>Five</p>" * 60)
    page = sign_in()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for address in (f"{PAGES}{draft.pk}/change/", f"{PAGES}add/"):
        page.goto(address)
        expect(page.locator(".tabs.regions .tab").first).to_be_visible()
        assert page.locator("#pageedition_form .submit-row").evaluate(HIDDEN) == []
    assert page.faults == []


# [height of each button, how far the words of it are from its middle] of a bar
HEIGHTS = """row => [...row.children].filter(button => button.checkVisibility()).map(button => {
    const range = document.createRange()
    range.selectNodeContents(button)
    const [box, words] = [button.getBoundingClientRect(), range.getBoundingClientRect()]
    const middle = ({ y, height }) => y + height / 2
    return [box.height, words.height ? Math.abs(middle(box) - middle(words)) : 0]
})"""


def test_the_buttons_are_of_one_height_on_a_phone(sign_in, draft):
    page = sign_in()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{PAGES}{draft.pk}/change/")
    expect(page.locator(".submit-row .deletelink")).to_be_visible()
    found = page.locator("#pageedition_form .submit-row").evaluate(HEIGHTS)
    assert len({height for height, _off in found}) == 1
    assert max(off for _height, off in found) <= 1


def test_a_new_block_with_words_goes_only_when_that_is_meant(sign_in, draft):
    page, asked, answers = sign_in(), [], [False, True]

    def answer(dialog):
        asked.append(dialog.message)
        dialog.accept() if answers.pop(0) else dialog.dismiss()

    page.goto(f"{PAGES}{draft.pk}/change/")
    for _time in range(2):
        page.locator(".order-machine-insert-target.last").click()
        page.locator(".plugin-button[title=Text]").click()
    page.on("dialog", answer)
    first, second = (page.locator(f"#strategy_text_set-{n}") for n in (1, 2))
    second.locator(".inline-deletelink").click()  # nothing was typed
    expect(second).to_have_count(0)
    first.locator("[contenteditable=true]").click()
    page.keyboard.type("Long thought of")
    first.locator(".inline-deletelink").click()
    expect(first.locator("[contenteditable=true]")).to_have_text("Long thought of")
    first.locator(".inline-deletelink").click()
    expect(first).to_have_count(0)
    assert len(asked) == 2
    assert page.faults == []
