"""An editor's ways through the admin, in a real Chromium."""

from importlib.resources import files

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from agreements.models import AgreementEdition, Party
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.editions import verbs
from culturecoop.editions.models import State
from strategy.models import PageEdition
from tests.culturecoop.documents.samples import pdf

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AGREEMENTS = "/admin/agreements/agreementedition/"
PAGES = "/admin/strategy/pageedition/"
TALL = {"width": 1280, "height": 1600}


@pytest.fixture
def roles(transactional_db):
    """The groups of a migration, which the test before may have flushed away."""
    if Group.objects.count() < 3:
        call_command("migrate", verbosity=0)


@pytest.fixture
def sign_in(roles, live_server, browser):
    """sign_in("publisher", "ada") → a page of the admin that notes every fault of its scripts."""
    contexts = []

    def sign_in(role="publisher", name="ada"):
        user = get_user_model().objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url, viewport=TALL)
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([cookie | {"url": live_server.url}])
        return watched(context.new_page())

    yield sign_in
    for context in contexts:
        context.close()


def watched(page):
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
    return page


def choose(page, box, words):
    """Choose in an autocomplete, as one types."""
    page.locator(f"{box} + .select2-container").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def add_in_popup(page, link, title, content):
    with page.expect_popup() as opened:
        page.locator(link).click()
    popup = opened.value
    popup.locator("#id_title").press_sequentially(title)
    upload = {"name": "protocol_en.pdf", "mimeType": "application/pdf", "buffer": content}
    popup.locator("#id_files-0-upload").set_input_files(upload)
    with popup.expect_event("close"):
        popup.locator("[name=_save]").click()


def test_add_an_agreement_with_two_documents_and_schedule_it(sign_in, db):
    Party.objects.create(code="KR")
    page = sign_in()
    page.goto("/admin/")
    page.get_by_role("link", name="Add agreement").click()
    page.locator("#id_texts-0-title").press_sequentially("Protocol with Korea")
    assert page.locator("#id_slug").input_value() == "protocol-with-korea"
    page.get_by_role("button", name="Add another Party").click()
    choose(page, "#id_parties-0-party", "South Korea")
    page.get_by_role("button", name="Add another Event").click()
    page.locator("#id_events-0-kind").select_option("signature")
    page.locator("#id_events-0-date").fill("2010-10-06")
    for number, title in enumerate(["The protocol", "The annex"]):
        page.get_by_role("button", name="Add another Document").click()
        add_in_popup(page, f"#add_id_documents-{number}-document", title, pdf(pages=number + 1))
    page.get_by_role("button", name="Save and publish…").click()
    page.get_by_label("Public change note").fill("First edition")
    page.get_by_label("Publish on").fill("2099-07-01T09:30")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Published edition 1")
    edition = AgreementEdition.objects.get()
    assert edition.state == State.SCHEDULED
    titles = [str(row.document) for row in edition.documents.all()]
    assert titles == ["The protocol", "The annex"]
    assert set(DocumentFile.objects.values_list("pages", "live_from")) == {
        (1, edition.live_from), (2, edition.live_from),
    }  # fmt: skip
    assert page.faults == []


def test_edit_what_is_live_and_publish_it(sign_in, make_agreement):
    make_agreement("korea", title="Korea")
    page = sign_in()
    page.goto("/admin/agreements/agreement/korea/")
    page.get_by_role("button", name="Edit").click()
    page.locator("#id_texts-0-title").fill("Republic of Korea")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.locator("h1")).to_have_text("Republic of Korea")
    page.get_by_role("link", name="Back to editing").click()
    page.get_by_role("button", name="Save and publish…").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Look at the page").click()
    expect(page.locator("h1")).to_have_text("Republic of Korea")
    assert page.faults == []


@pytest.fixture
def draft(transactional_db, make_page):
    draft = make_page("", title="Home", publish=False)
    for number, title in enumerate(["One", "Two", "Three"], start=1):
        draft.strategy_link_set.create(title=title, region="main", ordering=number * 10)
    draft.strategy_text_set.create(text="<p>Four</p>", region="main", ordering=40)
    return draft


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
    expect(page.locator("[aria-live=polite]")).to_have_text("Moved to place 1 of 4.")
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
    opened.value.get_by_role("link", name="The report").click()
    address = page.locator("dialog [name=href]")
    expect(address).to_have_value("/documents/report/")
    page.locator("dialog [type=submit]").click()
    save(page)
    assert 'href="/documents/report/"' in draft.strategy_text_set.get().text
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
    expect(mine.get_by_role("alert")).to_contain_text("maria saved this draft at")
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


def test_files_are_dropped_one_for_each_language(sign_in, db):
    document = Document.objects.create(slug="report", title="Report")
    page = sign_in("author")
    page.goto(f"/admin/documents/document/{document.pk}/change/")
    contents = {"report_fr.pdf": list(pdf(pages=1)), "report_de.pdf": list(pdf(pages=2))}
    dropped = page.evaluate_handle(
        """contents => {
            const dropped = new DataTransfer()
            for (const [name, bytes] of Object.entries(contents))
                dropped.items.add(new File([new Uint8Array(bytes)], name))
            return dropped
        }""",
        contents,
    )
    page.dispatch_event("#files-group", "drop", {"dataTransfer": dropped})
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    found = set(document.files.values_list("language", "pages"))
    assert found == {("fr", 1), ("de", 2)}
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_admin(sign_in, draft, make_agreement, scheme):
    live = make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010", "KR")])
    editing = verbs.new_draft(live)
    page = sign_in()
    page.emulate_media(color_scheme=scheme)
    for path in (
        "/admin/",
        AGREEMENTS,
        f"{AGREEMENTS}add/",
        f"{AGREEMENTS}{live.pk}/change/",
        f"{AGREEMENTS}{editing.pk}/change/",
        f"{AGREEMENTS}{editing.pk}/publish/do/",
        f"{AGREEMENTS}{editing.pk}/discard/do/",
        f"{AGREEMENTS}{live.pk}/withdraw/do/",
        f"{AGREEMENTS}{live.pk}/history/",
        PAGES,
        f"{PAGES}{draft.pk}/change/",
        "/admin/documents/document/add/",
        f"/admin/agreements/party/{Party.objects.first().pk}/change/",
        f"/admin/agreements/party/{Party.objects.first().pk}/history/",
    ):
        page.goto(path)
        page.wait_for_timeout(150)
        assert seriously_wrong(page) == [], path
    assert page.faults == []


def seriously_wrong(page):
    """What axe-core finds that keeps somebody out; run without a script tag, which is blocked."""
    page.evaluate(AXE)
    options = {"runOnly": RULES, "iframes": False, "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        (fault["id"], node["target"])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<h1>Heading</h1><p class=MsoNormal>Some <b>bold</b> text</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>One</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Deep</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Two</p>
<p class=MsoNormal>After</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>First</p>
</body></html>"""  # noqa: E501


def test_what_is_pasted_from_word_keeps_headings_and_lists(sign_in, draft):
    page = sign_in("author")
    page.goto(f"{PAGES}{draft.pk}/change/")
    box = page.locator("#strategy_text_set-0 [contenteditable=true]")
    box.click()
    page.keyboard.press("Control+a")
    box.evaluate(
        """(box, html) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", html)
            const made = {clipboardData, bubbles: true, cancelable: true}
            box.dispatchEvent(new ClipboardEvent("paste", made))
        }""",
        WORD,
    )
    save(page)
    text = "".join(draft.strategy_text_set.get().text.split("\n"))
    assert text == (
        "<h2>Heading</h2><p>Some <strong>bold</strong> text</p>"
        "<ul><li><p>One</p><ul><li><p>Deep</p></li></ul></li><li><p>Two</p></li></ul>"
        '<p>After</p><ol data-type="decimal"><li><p>First</p></li></ol>'
    )
    assert page.faults == []
