"""The steps of an import in a real Chromium: real files, and a made-up one in an old encoding."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agreements.models import AgreementEdition, Event, Party
from culturecoop.imports.models import ImportJob
from tests.culturecoop.imports.adminsteps import FOREIGN, LIST

from .accessibility import seriously_wrong

EDITOR = "publisher"


def begin(page, path, **chosen):
    page.goto(LIST)
    page.get_by_role("link", name="Add import").first.click()
    page.get_by_label("File").set_input_files(path)
    for label, option in chosen.items():
        page.get_by_label(label.replace("_", " ")).select_option(option)
    page.get_by_role("button", name="Upload", exact=True).click()


def press(page, name):
    page.get_by_role("button", name=name).click()


def column(page, heading):
    """The row of the heading on the page of the columns."""
    name = page.get_by_role("rowheader", name=heading, exact=True)
    return page.get_by_role("row").filter(has=name)


def goes_to(page, heading, target):
    column(page, heading).get_by_role("combobox").first.select_option(target)


def leave_and_come_back(page, step):
    """The present step, from the list of imports."""
    page.goto(LIST)
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=step).click()


def present_step(page):
    return page.locator("[aria-current=step]").inner_text().strip()


def counts_add_up(page, total):
    kinds = page.get_by_role("navigation", name="Rows by kind")
    numbers = [int(re.sub(r"\D", "", text)) for text in kinds.get_by_role("link").all_inner_texts()]
    assert numbers[0] == total
    assert sum(numbers[1:7]) == total


def take_over(page):
    page.get_by_role("button", name=re.compile("Take over")).click()
    page.get_by_role("heading", name="Drafts of this import").wait_for(timeout=60_000)
    assert present_step(page) == "Report"
    return ImportJob.objects.latest("pk")


def publish_one(page):
    """All drafts but one are discarded; that one is published through the page."""
    drafts = AgreementEdition.objects.drafts()
    one = drafts.filter(texts__language="en").first()
    drafts.exclude(pk=one.pk).delete()
    page.reload()
    page.get_by_role("link", name="Publish the drafts").click()
    for question in page.locator("input[id^=id_answer_]").all():
        question.check()
    page.get_by_label("Now", exact=True).check()
    press(page, "Publish the drafts now")
    expect(page.get_by_text("1 draft was published")).to_be_visible()
    assert AgreementEdition.objects.live().get().agreement == one.agreement


def undo(page):
    page.get_by_role("link", name="Undo the import").click()
    press(page, "Undo the import")
    page.get_by_text("The import was undone").wait_for(timeout=60_000)
    assert not AgreementEdition.objects.drafts().exists()


def map_by_hand(page):
    goes_to(page, "Réf", "slug")
    goes_to(page, "Intitulé", "title_fr")
    goes_to(page, "Parties", "parties")
    goes_to(page, "Dates / Signature", "signature")
    goes_to(page, "Dates / Entrée en vigueur", "entry_into_force")
    goes_to(page, "Remarque", "internal_note")
    press(page, "Save and show the options")
    leave_and_come_back(page, "Columns")
    page.get_by_label("Begins with").fill("liste")
    page.get_by_label("Names are separated by").select_option(",")
    for heading in ("Dates / Signature", "Dates / Entrée en vigueur"):
        column(page, heading).get_by_label("Dates are written").select_option("day_first")
    press(page, "Continue to the preview")


def test_a_made_up_file_by_hand(sign_in, tmp_path):
    Party.objects.create(code="FR", name="France", kind="country")
    path = tmp_path / "liste.csv"
    path.write_bytes(FOREIGN.encode("cp1252"))
    page = sign_in(EDITOR)
    begin(page, path)
    assert present_step(page) == "Sheet and headings"
    expect(page.get_by_role("cell", name="Société des accords")).to_be_visible()
    assert page.get_by_label("First row of the headings").input_value() == "3"
    assert page.get_by_label("Last row of the headings").input_value() == "4"
    assert page.get_by_label("Encoding").input_value() == "cp1252"
    press(page, "Continue")
    map_by_hand(page)

    counts_add_up(page, 3)
    page.get_by_role("link", name="Error").click()
    expect(page.get_by_text("There is no such day")).to_be_visible()
    page.get_by_role("link", name="Say who they are").click()
    page.get_by_text("is new").click()
    page.get_by_label("Code").fill("RUR")
    page.get_by_label("Kind").select_option("former_country")
    page.get_by_label("Name", exact=True).fill("Ruritania")
    press(page, "Save and preview")
    job = take_over(page)
    assert job.counts["new"] == 2
    page.get_by_role("link", name="Publish the drafts").click()
    expect(page.get_by_text("2 drafts can be published")).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).click()
    undo(page)
    assert not page.faults


def test_errors_in_the_columns_are_linked_from_the_top(sign_in, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes(FOREIGN.encode("cp1252"))
    page = sign_in(EDITOR)
    begin(page, path)
    press(page, "Continue")
    goes_to(page, "Intitulé", "title_fr")
    press(page, "Save and show the options")
    shorten = column(page, "Intitulé").get_by_label("Shorten to")
    shorten.fill("9999999")
    page.get_by_label("Its value").fill("maybe")
    press(page, "Continue to the preview")
    expect(page.locator(".errornote")).to_be_focused()
    page.get_by_role("link", name="Title (fr) – Shorten to").click()
    expect(shorten).to_be_focused()
    page.get_by_role("link", name="Another column: This field is required.").click()
    expect(page.get_by_label("Another column")).to_be_focused()
    assert seriously_wrong(page) == []
    assert not page.faults


def map_gptad(page):
    goes_to(page, "Common.Name", "slug")
    goes_to(page, "Membership", "parties")
    goes_to(page, "Type", "kind")
    goes_to(page, "Date.of.Signature", "signature")
    goes_to(page, "Date.of.Entry.into.Force", "entry_into_force")
    goes_to(page, "WTO.notified", "internal_note")
    press(page, "Save and show the options")
    name = column(page, "Common.Name")
    name.get_by_text("and also").first.click()
    name.get_by_label("goes also to").select_option("title_en")
    for label in ("Date.of.Signature", "Date.of.Entry.into.Force"):
        column(page, label).get_by_label("Dates are written").select_option("month_first")
    column(page, "Membership").get_by_label("Names are separated by").select_option(",")
    column(page, "Type").get_by_label("*").select_option("agreement")
    page.get_by_label("Words that stand for an empty cell").fill("NA; N/A")
    page.get_by_label("Name", exact=True).fill("GPTAD")
    press(page, "Keep it")
    press(page, "Continue to the preview")


@pytest.mark.shared
def test_gptad_by_hand(sign_in, shared, tmp_path):
    """With a heading that the mapping of the software does not know."""
    text = (shared / "data" / "agreements" / "gptad" / "GPTAD.csv").read_bytes()
    path = tmp_path / "GPTAD.csv"
    path.write_bytes(text.replace(b"Annexes.Available", b"Annexes", 1))
    page = sign_in(EDITOR)
    begin(page, path)
    press(page, "Continue")
    map_gptad(page)
    counts_add_up(page, 352)
    leave_and_come_back(page, "Names")
    answered = page.get_by_role("row").filter(has_text="Buglaria")
    answered.get_by_label("is the party").fill("BG")
    press(page, "Save and preview")
    counts_add_up(page, 352)
    assert ImportJob.objects.get().mapping["names"] == {"Buglaria": ["BG"]}
    job = take_over(page)
    assert job.done > 200
    publish_one(page)
    page.get_by_role("link", name="Undo the import").click()
    press(page, "Undo the import")
    expect(page.get_by_text("It was published since")).to_be_visible()
    assert not page.faults


# What the list tells of single parties: their events, and what is asked.
PARTY_ROWS = 272


@pytest.mark.shared
def test_wto_with_its_mapping(sign_in, shared, settings):
    settings.IMPORTS = "thread"
    page = sign_in(EDITOR)
    path = shared / "data" / "agreements" / "wto_rta" / "AllRTAs.xlsx"
    begin(page, path, Mapping_of_columns="shipped:wto-rta")
    page.get_by_role("navigation", name="Rows by kind").wait_for(timeout=60_000)
    assert present_step(page) == "Preview"
    counts_add_up(page, 655 + PARTY_ROWS)
    leave_and_come_back(page, "Columns")
    assert column(page, "RTA ID").get_by_label("Begins with").input_value() == "wto-rta"
    press(page, "Continue to the preview")
    page.get_by_role("button", name=re.compile("Take over")).wait_for(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the report").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    job = take_over(page)
    assert job.done >= 0.95 * 655
    assert Event.objects.exclude(party=None).exists()
    undo(page)
    assert not page.faults


@pytest.mark.shared
def test_ciesin_as_guessed(sign_in, shared):
    page = sign_in(EDITOR)
    begin(page, shared / "data" / "agreements" / "ciesin" / "CIESIN.xls")
    assert page.get_by_label("Sheet").input_value() == "Summary"
    press(page, "Continue")
    goes_to(page, "Treaty Title", "slug")
    goes_to(page, "Year of Agreement", "signature")
    goes_to(page, "Year of Entry into Force", "entry_into_force")
    press(page, "Save and show the options")
    title = column(page, "Treaty Title")
    title.get_by_text("and also").first.click()
    title.get_by_label("goes also to").select_option("title_en")
    for heading in ("Year of Agreement", "Year of Entry into Force"):
        column(page, heading).get_by_label("Dates are written").select_option("year")
    page.get_by_label("Words that stand for an empty cell").fill("--")
    press(page, "Continue to the preview")
    counts_add_up(page, 666)
    job = take_over(page)
    assert job.done > 500
    undo(page)
    assert not page.faults


def test_axe_finds_nothing_in_the_steps(sign_in, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes(FOREIGN.encode("cp1252"))
    page = sign_in(EDITOR)
    begin(page, path)
    press(page, "Continue")
    goes_to(page, "Réf", "slug")
    goes_to(page, "Parties", "parties")
    goes_to(page, "Intitulé", "kind")
    goes_to(page, "Dates / Signature", "signature")
    press(page, "Continue to the preview")
    job = ImportJob.objects.get()
    for step in ("sheet", "columns", "names", "change"):
        page.goto(f"{LIST}{job.pk}/{step}/")
        check_with_axe(page, step)
    jobs_at_work(job)
    page.reload()
    check_with_axe(page, "running")
    for address in (LIST, f"{LIST}add/", f"{LIST}everything/"):
        page.goto(address)
        check_with_axe(page, address)
    assert not page.faults


def jobs_at_work(job):
    ImportJob.objects.filter(pk=job.pk).update(state="running", heartbeat_at=timezone.now())


def check_with_axe(page, place):
    page.wait_for_timeout(250)
    assert seriously_wrong(page) == [], place
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, place
    page.set_viewport_size({"width": 1280, "height": 1600})
