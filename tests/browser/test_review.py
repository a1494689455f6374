"""A review by keyboard, from an author to a publisher and back, and its pages for everybody."""

import pytest
from playwright.sync_api import expect

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from tests.answering import publish
from tests.culturecoop.editions.addresses import change_url, verb_url
from tests.culturecoop.imports.plannedjobs import upload

from .accessibility import seriously_wrong

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}
WIDTHS = (390, 1440)
NOTE = "Please look at the legal basis first, and then at the dates of signature."


@pytest.fixture(autouse=True)
def four_eyes(settings):
    settings.FOUR_EYES = True


@pytest.fixture
def draft(transactional_db, make_agreement, settings):
    """The draft of an agreement that readers see in its first edition."""
    settings.FOUR_EYES = False
    publish(make_agreement("korea", title="Korea", publish=False, **SOUND))
    settings.FOUR_EYES = True
    return verbs.new_draft(AgreementEdition.objects.get())


def press(page, name):
    page.get_by_role("button", name=name, exact=True).press("Enter")


def follow(page, name):
    page.get_by_role("link", name=name).first.press("Enter")


def submit(page, draft, words, note):
    """Change a draft and submit it, without a mouse."""
    page.goto(change_url(draft))
    page.locator("#id_legal_basis").fill(words)
    press(page, "Save and submit…")
    page.locator("#id_note").press_sequentially(note)
    press(page, "Submit for review")
    expect(page.locator(".messagelist .success")).to_contain_text("Submitted for review")


def open_tray(page, name):
    """Follow the count of a tray on the desk to its only row."""
    page.goto("/admin/")
    counts = page.get_by_role("navigation", name="How many there are")
    counts.get_by_role("link", name=name).press("Enter")
    tray = page.get_by_role("heading", name=name).locator("xpath=..")
    expect(tray).to_be_in_viewport()
    tray.get_by_role("link", name="Korea").first.press("Enter")


def tick_all(page):
    """Answer what is asked before a publication."""
    for box in page.locator("[name^=answer_]").all():
        box.press("Space")
        expect(box).to_be_checked()


def is_right(page):
    """Nobody is kept out, and nothing overflows, on a phone or a wide screen."""
    for width in WIDTHS:  # so tall that the buttons that stay in sight cover nothing
        page.set_viewport_size({"width": width, "height": 3000})
        assert seriously_wrong(page) == [], width
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_from_an_author_to_readers(sign_in, draft):
    adam, paula = sign_in("author", "adam"), sign_in("publisher", "paula")
    submit(adam, draft, "Article 207", NOTE)
    expect(adam.locator(".review")).to_contain_text("In review: adam submitted it")
    open_tray(paula, "To review")
    expect(paula.locator("q")).to_have_text(NOTE)
    changes = paula.locator(".what-would-change")
    expect(changes.get_by_role("insertion")).to_contain_text("Article 207")
    tick_all(paula)
    press(paula, "Approve and publish now")
    expect(paula.locator(".messagelist")).to_contain_text("Approved by who published it.")
    assert AgreementEdition.objects.live().get().legal_basis == "Article 207"
    adam.goto("/admin/")
    expect(adam.locator(".notifications-link")).to_have_text("Notifications (1)")
    follow(adam, "Notifications")
    follow(adam, "paula published “Korea”.")
    expect(adam.locator(".edition-bar")).to_contain_text("Edition 2")
    expect(adam.locator(".notifications-link")).to_have_text("Notifications")
    assert adam.faults == paula.faults == []


def test_sent_back_and_submitted_again(sign_in, draft):
    adam, paula = sign_in("author", "adam"), sign_in("publisher", "paula")
    submit(adam, draft, "Article 207", NOTE)
    paula.goto("/admin/")
    follow(paula, "Notifications")
    follow(paula, "adam submitted “Korea” for review.")
    follow(paula, "Send back…")
    paula.locator("#id_reason").press_sequentially("It is Article 218.")
    press(paula, "Send back")
    expect(paula.locator(".messagelist .success")).to_contain_text("Sent back.")
    open_tray(adam, "Sent back to me")
    expect(adam.locator(".edition-bar q")).to_have_text("It is Article 218.")
    submit(adam, draft, "Article 218", "Mended.")
    open_tray(paula, "To review")
    expect(paula.locator("q")).to_have_text("Mended.")
    assert adam.faults == paula.faults == []


def test_its_pages_keep_nobody_out(sign_in, draft):
    adam, paula = sign_in("author", "adam"), sign_in("publisher", "paula")
    submit(adam, draft, "Article 207", NOTE)
    is_right(adam)
    for verb in ("publish", "approve", "send_back"):
        paula.goto(verb_url(draft, verb))
        is_right(paula)
    adam.goto(verb_url(draft, "take_back"))
    press(adam, "Take the submission back")
    expect(adam.locator(".messagelist .success")).to_be_visible()
    adam.goto(verb_url(draft, "submit"))
    is_right(adam)
    press(adam, "Submit for review")
    expect(adam.locator(".messagelist .success")).to_be_visible()
    paula.goto("/admin/notifications/notification/")
    expect(paula.locator(".unread")).to_be_visible()
    is_right(paula)
    follow(paula, "Choose what you are told")
    expect(paula.get_by_role("group", name="A draft of mine is sent back")).to_be_visible()
    is_right(paula)
    assert adam.faults == paula.faults == []


def test_the_approval_of_an_import_keeps_nobody_out(sign_in, draft):
    rows = [{"slug": slug, "title_en": slug} for slug in ("chile", "peru")]
    job = jobs.apply(upload("agreements", ["slug", "title_en"], rows))
    page = sign_in("publisher", "paula")
    page.goto(f"/admin/spreadsheets/importjob/{job.pk}/publish/")
    expect(page.locator(".import-approval details")).to_have_count(2)
    is_right(page)
    press(page, "Approve and publish the drafts now")
    expect(page.locator(".errorlist")).to_contain_text("Compare the drafts above first")
    page.get_by_label("I have compared these drafts").press("Space")
    tick_all(page)
    press(page, "Approve and publish the drafts now")
    expect(page.locator("#content")).to_contain_text("2 drafts were published")
    assert page.faults == []
