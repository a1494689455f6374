"""An editor's ways through the admin, in a real Chromium."""

from django.utils import timezone
from playwright.sync_api import expect

from agreements.models import AgreementEdition, Party
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.editions import verbs
from culturecoop.editions.models import State
from tests.culturecoop.documents.samples import pdf

from .accessibility import seriously_wrong

AGREEMENTS = "/admin/agreements/agreementedition/"
PAGES = "/admin/strategy/pageedition/"


def choose(page, box, words):
    """Choose in an autocomplete, as one types."""
    page.locator(f"{box} + .select2-container").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def add_in_popup(page, link, title, content):
    with page.expect_popup() as opened:
        page.locator(link).click()
    popup = opened.value
    popup.wait_for_load_state()
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
    page.wait_for_load_state()  # by then Django has put the cursor into the first field
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
    year = timezone.localdate().year + 1
    page.get_by_label("Date and time").fill(f"{year}-07-01T09:30")
    expect(page.get_by_label("At a time")).to_be_checked()
    page.get_by_label("Events have no source").check()
    page.get_by_role("button", name=f"Publish on 1 July {year}, 09:30 (Brussels)").click()
    expect(page.locator(".messagelist")).to_contain_text("Scheduled: readers see edition 1 from")
    edition = AgreementEdition.objects.get()
    assert edition.state == State.SCHEDULED
    titles = [str(row.document) for row in edition.documents.all()]
    assert titles == ["The protocol", "The annex"]
    assert set(DocumentFile.objects.values_list("pages", "live_from")) == {
        (1, edition.live_from), (2, edition.live_from),
    }  # fmt: skip
    assert page.faults == []


def test_edit_what_is_live_and_publish_it(sign_in, make_agreement):
    sound = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}
    make_agreement("korea", title="Korea", **sound)
    page = sign_in()
    page.goto("/admin/agreements/agreement/korea/")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#id_texts-0-title").fill("Republic of Korea")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.locator("h1")).to_have_text("Republic of Korea (EU – KR)")
    page.get_by_role("link", name="Back to editing").click()
    page.get_by_role("button", name="Save and publish…").click()
    page.get_by_label("Public change note").press("Enter")  # which publishes nothing
    page.get_by_role("button", name="Publish now").click()
    page.get_by_role("link", name="Look at the page").click()
    expect(page.locator("h1")).to_have_text("Republic of Korea (EU – KR)")
    assert page.faults == []


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


LANGUAGES_OF_FILES = {
    "report_fr.pdf": "fr",
    "report-FR.pdf": "fr",
    "report (DE).pdf": "de",
    "report.sv.docx": "sv",
    "rapport_fra.pdf": "fr",
    "Bericht_ger_v2.pdf": "de",
    "CELEX_22012A0001_FR_TXT.pdf": "fr",
    "rapport final français.pdf": "fr",
    "rapport fina\u0301l franc\u0327ais.pdf": "fr",
    "Bericht (Deutsch) 1.pdf": "de",
    "report_pt-BR.pdf": "pt",
    "GREEK.pdf": "el",
    "a letter de.pdf": "en",
    "vers une politique.pdf": "en",
    "it strategy.pdf": "en",
    "report_xx.pdf": "en",
    "2019.pdf": "en",
}


def test_the_language_of_a_chosen_file_is_guessed_until_one_is_chosen(sign_in, db):
    page = sign_in("author")
    page.goto("/admin/documents/document/add/")
    language, upload = page.locator("#id_files-0-language"), page.locator("#id_files-0-upload")
    for name, code in LANGUAGES_OF_FILES.items():
        language.evaluate("select => { select.value = 'en' }")
        upload.set_input_files({"name": name, "mimeType": "", "buffer": b"%PDF"})
        assert (name, language.input_value()) == (name, code)
    language.select_option("it")
    upload.set_input_files({"name": "report_fr.pdf", "mimeType": "", "buffer": b"%PDF"})
    expect(language).to_have_value("it")
    assert page.faults == []


def test_axe_finds_nothing_in_the_admin(sign_in, draft, make_agreement):
    live = make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010", "KR")])
    editing = verbs.new_draft(live)
    editing.texts.update(title="Corea", summary="A summary.")
    editing.events.all().delete()
    page = sign_in()
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
        f"{AGREEMENTS}{editing.pk}/compare/",
        f"{AGREEMENTS}{editing.pk}/compare/?view=sides",
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
