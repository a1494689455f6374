"""What editors do, with a hand that counts its clicks: see tasks.py.

Each task ends by looking at what readers, or the desk, see of it: `expect` fails where it failed.
"""

import datetime
import re
from pathlib import Path

from playwright.sync_api import expect

FILES = Path(__file__).resolve().parent.parent / "fixtures" / "files"
KOREA, *OTHERS = (
    "korea-protocol-cultural-cooperation",
    "cariforum-protocol-cultural-cooperation",
    "central-america-protocol-cultural-cooperation",
    "colombia-peru-agreement-cultural-cooperation",
)
PUBLISH, CONFIRM = "[name=_publish]", "#content form [type=submit]:not(.linklike, [disabled])"


def make_draft(page, slug):
    """Save a change of an agreement that is live."""
    page.goto(f"/agreements/{slug}/")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.fill("[name=legal_basis]", "Article 167 TFEU")
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def mend_a_typo(hand):
    """From the public page: its lead is mended and published."""
    hand.follow(hand.page.get_by_role("link", name="Edit", exact=True))
    hand.click("[name=lead]")
    hand.press("Control+End")
    hand.type(" Mended.")
    hand.follow(PUBLISH)
    hand.follow(CONFIRM)
    hand.look_at("/about/")
    expect(hand.page.get_by_text("Mended.")).to_be_visible()


def add_an_agreement(hand):
    """From the desk: a document with two files, and the draft of an agreement that names it."""
    hand.follow(hand.page.get_by_role("link", name="Add document").first)
    hand.click("#id_title")
    hand.type("Agreement with Haiti, text")
    hand.choose_files("[name=files-0-upload]", FILES / "colombia-peru-agreement-en.pdf")
    hand.click("#files-group .add-row a")
    hand.choose_files("[name=files-1-upload]", FILES / "summary-report-experts-fr.pdf")
    hand.follow("[name=_save]")
    hand.follow("#nav-sidebar .model-agreementedition .addlink")
    _type_into(hand, "[name=texts-0-title]", "Agreement with Haiti")
    hand.click("#parties-group .add-row a")
    _choose(hand, "parties-0-party", "European")
    hand.click("#parties-group .add-row a")
    _choose(hand, "parties-1-party", "Haiti")
    hand.click("#documents-group .add-row a")
    _choose(hand, "documents-0-document", "Haiti")
    hand.follow("[name=_continue]")
    expect(hand.page.locator(".messagelist .success")).to_be_visible()
    for row in ("parties-1-party", "documents-0-document"):
        expect(hand.page.locator(f"[name={row}]")).not_to_have_value("")


def compare(hand):
    """From the form of a draft: what it would change."""
    draft = hand.page.get_by_role("link", name="Protocol on Cultural Cooperation").first
    hand.look_at(draft.get_attribute("href"))
    hand.follow(hand.page.get_by_role("link", name="Compare with edition"))
    expect(hand.page.locator(".comparison ins").last).to_contain_text("Article 167 TFEU")


def schedule(hand):
    """From the desk: a draft that waits there will be published next week."""
    hand.follow(hand.page.get_by_role("link", name="Protocol on Cultural Cooperation").first)
    hand.follow(PUBLISH)
    hand.click("[name=at]")
    ahead = datetime.date.today() + datetime.timedelta(days=7)
    hand.page.locator("[name=at]").fill(f"{ahead}T09:00")
    hand.follow(CONFIRM)
    expect(hand.page.locator(".state-scheduled").first).to_be_visible()


def restore(hand):
    """From the public page: the edition before the live one becomes a draft."""
    hand.follow(hand.page.get_by_role("link", name="Edit", exact=True))
    hand.follow(hand.page.get_by_role("link", name="History"))
    hand.follow(hand.page.get_by_role("button", name="Restore").first)
    expect(hand.page.locator("[name=lead]")).not_to_have_value(re.compile("Mended"))


def translate(hand):
    """From the public page: the draft of a translation."""
    hand.follow(hand.page.get_by_role("link", name="Edit", exact=True))
    hand.follow(hand.page.get_by_role("link", name="Translate into"))
    hand.page.locator("[name=language]").select_option("de")
    hand.follow(CONFIRM)
    expect(hand.page.locator("[name=title]")).to_be_visible()


def publish_three(hand):
    """From the desk: three drafts that wait there are published together."""
    hand.follow(hand.page.get_by_role("link", name="Agreements: all").first)
    for number in range(3):
        hand.click(hand.page.locator("[name=_selected_action]").nth(number))
    hand.page.locator("[name=action]").select_option("publish_selected")
    hand.follow("[name=index]")
    hand.follow(CONFIRM)
    expect(hand.page.locator(".messagelist")).to_contain_text("3 drafts were published")


def submit(hand):
    """From the form of a draft: its author submits it, with a note."""
    draft = hand.page.get_by_role("link", name="Protocol on Cultural Cooperation").first
    hand.look_at(draft.get_attribute("href"))
    hand.follow(hand.page.get_by_role("link", name="Submit for review"))
    hand.click("[name=note]")
    hand.type("Please look at the legal basis.")
    hand.follow(CONFIRM)
    expect(hand.page.locator(".review").first).to_contain_text("submitted it")


def approve_and_publish(hand):
    """From the desk: what waits for review is compared, approved and published."""
    hand.follow(hand.page.locator("#tray-review").get_by_role("link", name="Protocol").first)
    expect(hand.page.locator(".comparison ins").last).to_contain_text("Article 167 TFEU")
    hand.follow(CONFIRM)
    expect(hand.page.locator(".messagelist .success")).to_contain_text("Published edition 2.")


def _type_into(hand, field, words):
    """Reach a field with the Tab key, and type."""
    while not hand.page.locator(field).evaluate("field => field === document.activeElement"):
        hand.press("Tab")
    hand.type(words)


def _choose(hand, name, words):
    """In a box that searches while one types, reached with the Tab key."""
    page = hand.page
    box = page.locator(f"select[name='{name}'] + .select2-container .select2-selection")
    box.focus()
    hand.press("Enter")
    expect(page.locator(".select2-container--open .select2-search__field").last).to_be_focused()
    hand.type(words)
    option = page.locator(".select2-results__option--highlighted", has_text=words)
    expect(option).to_be_visible()
    hand.press("Enter")
