"""Nothing that is typed into a form is lost: however it is left, it is offered again."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from agreements.models import Party
from culturecoop.documents.models import Document

from .accessibility import seriously_wrong
from .conftest import watched

PASSWORD = "a long word that nobody guesses"
KEEPING = 1500  # milliseconds; a copy is kept when nothing was typed for a while
FORMS = ["agreement", "page", "document", "party"]
COPIES = "() => Object.keys(localStorage).filter(key => key.startsWith('unsaved '))"


class Form:
    """A form of the admin: its address, and a field whose words are typed and read."""

    def __init__(self, address, field, is_rich=False):
        self.address, self.field, self.is_rich = address, field, is_rich

    def open(self, page):
        page.goto(self.address)
        page.wait_for_load_state("networkidle")

    def type(self, page, words):
        if self.is_rich:
            page.locator(self.field).click()
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(words)
        else:
            page.locator(self.field).fill(words)
        page.wait_for_timeout(KEEPING)

    def words(self, page):
        found = page.locator(self.field)
        return found.inner_text() if self.is_rich else found.input_value()


@pytest.fixture
def agreement(transactional_db, make_agreement):
    edition = make_agreement("korea", publish=False)
    return Form(f"/admin/agreements/agreementedition/{edition.pk}/change/", "#id_texts-0-title")


@pytest.fixture(params=FORMS)
def form(request, transactional_db):
    if request.param == "agreement":
        return request.getfixturevalue("agreement")
    if request.param == "page":
        draft = request.getfixturevalue("draft")
        return Form(
            f"/admin/strategy/pageedition/{draft.pk}/change/",
            "#strategy_text_set-0 [contenteditable=true]",
            True,
        )
    if request.param == "document":
        row = Document.objects.create(title="List", slug="list", source_language="en")
        return Form(f"/admin/documents/document/{row.pk}/change/", "#id_title")
    row = Party.objects.create(code="ZZ")
    return Form(f"/admin/agreements/party/{row.pk}/change/", "#id_name")


@pytest.fixture
def page(sign_in):
    page = sign_in("administrator")
    page.asked = []
    page.on("dialog", lambda dialog: (page.asked.append(dialog.type), dialog.accept()))
    return page


def press_save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def show_copy(page):
    page.get_by_role("button", name="Show it in the form").click()
    expect(page.locator(".messagelist")).to_contain_text("It is not saved yet")


def send_without_token(page):
    page.evaluate(
        """() => {
            const form = document.querySelector("#content-main form:has(> [name=_copy])")
            form.elements.csrfmiddlewaretoken.value = "a".repeat(64)
            HTMLFormElement.prototype.submit.call(form)
        }"""
    )


def copies(page):
    return page.evaluate(COPIES)


def test_however_a_form_is_left_its_words_are_offered_again(page, form):
    form.open(page)
    page.locator(form.field).click()
    page.wait_for_timeout(KEEPING)
    page.goto("/admin/")
    assert page.asked == []  # nothing was typed
    expect(page.locator("#unsaved-tray")).to_be_hidden()

    form.open(page)
    form.type(page, "Long thought of")
    page.goto("/admin/")
    assert page.asked == ["beforeunload"]
    page.locator("#unsaved-tray a").click()
    show_copy(page)
    assert form.words(page) == "Long thought of"

    page.close(run_before_unload=False)  # as a tab that is killed
    page = watched(page.context.new_page())
    form.open(page)
    show_copy(page)
    form.type(page, "Thought of longer")
    send_without_token(page)
    page.get_by_role("link", name="Open the form again").click()
    show_copy(page)
    assert form.words(page) == "Thought of longer"

    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    form.open(page)
    assert form.words(page) == "Thought of longer"
    expect(page.locator(".unsaved")).to_have_count(0)
    assert copies(page) == []
    assert [fault for fault in page.faults if "403" not in fault] == []


def test_whoever_was_signed_out_signs_in_beside_the_form(page, form):
    form.open(page)
    form.type(page, "Long thought of")
    user = get_user_model().objects.get(username="ada")
    user.set_password(PASSWORD)  # which ends the session
    user.save()
    press_save(page)
    dialog = page.get_by_role("dialog", name="Nothing is saved yet")
    expect(dialog).to_contain_text("You are no longer signed in")
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in beside it").click()
    window = opened.value
    window.locator("#id_username").fill("ada")
    window.locator("#id_password").fill(PASSWORD)
    window.locator("#login-form [type=submit]").click()
    window.wait_for_event("close")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".messagelist .success")).to_be_visible()
    form.open(page)
    assert form.words(page) == "Long thought of"
    assert copies(page) == []


def test_signing_out_asks_what_becomes_of_it(page, agreement):
    agreement.open(page)
    agreement.type(page, "Long thought of")
    page.goto("/admin/")
    page.get_by_role("button", name="DE", exact=True).click()  # which is no signing out
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="EN", exact=True).click()
    out = page.get_by_role("button", name="Log out")
    out.click()
    dialog = page.get_by_role("dialog", name="Something that you typed is not saved")
    dialog.get_by_role("button", name="Stay").click()
    assert len(copies(page)) == 1
    out.click()
    dialog.get_by_role("button", name="Delete it and sign out").click()
    page.wait_for_url("**/logout/")
    assert copies(page) == []


def test_it_is_offered_to_nobody_else(page, agreement, sign_in):
    agreement.open(page)
    agreement.type(page, "Long thought of")
    state = page.context.storage_state()
    other = sign_in("administrator", "bob")
    other.goto("/admin/login/")
    [origin] = state["origins"]
    for item in origin["localStorage"]:
        other.evaluate("([k, v]) => localStorage.setItem(k, v)", [item["name"], item["value"]])
    agreement.open(other)
    expect(other.locator(".unsaved")).to_have_count(0)
    other.goto("/admin/")
    expect(other.locator("#unsaved-tray")).to_be_hidden()


def test_a_file_is_there_when_the_form_comes_back(page, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,year\nKorea,2010\n")
    page.goto("/admin/documents/document/add/")
    page.locator("#id_files-0-upload").set_input_files(path)
    page.locator("#id_files-0-language").select_option("en")
    press_save(page)
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator(".kept-file")).to_contain_text("Chosen: list.csv")
    page.locator("#id_title").fill("List")
    page.locator("#id_slug").fill("list")
    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Document.objects.get().files.get().original_name == "list.csv"
    assert page.faults == []


def test_a_file_that_was_chosen_in_a_lost_form_is_named_at_its_field(page, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,year\nKorea,2010\n")
    page.goto("/admin/documents/document/add/")
    page.wait_for_load_state("networkidle")
    page.locator("#id_files-0-title").fill("Liste")
    page.locator("#id_files-0-language").select_option("fr")
    page.locator("#id_files-0-upload").set_input_files(path)
    page.wait_for_timeout(KEEPING)
    page.goto("/admin/documents/document/add/")
    show_copy(page)
    told = page.locator("td.field-upload .kept-file")
    expect(told).to_have_text("list.csv was chosen: choose it again.")
    expect(page.locator("#files-group")).to_contain_text("Choose a file, or give an outside")
    assert page.faults == []


def test_who_deletes_what_he_typed_when_he_signs_out_leaves_nothing_in_the_form(page, agreement):
    agreement.open(page)
    agreement.type(page, "Long thought of")
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Delete it and sign out").click()
    page.wait_for_url("**/logout/")
    assert copies(page) == []


def test_what_another_tab_is_typing_is_not_offered_as_lost(page, agreement):
    agreement.open(page)
    agreement.type(page, "Long thought of")
    other = watched(page.context.new_page())
    agreement.open(other)
    other.wait_for_timeout(KEEPING)
    expect(other.locator(".unsaved")).to_have_count(0)
    page.close(run_before_unload=False)
    agreement.open(other)
    expect(other.locator(".unsaved")).to_have_count(1)


def test_two_clicks_save_once(page, tmp_path, transactional_db):
    path = tmp_path / "list.csv"
    path.write_text("name,year\nKorea,2010\n")
    document = Document.objects.create(title="List", slug="list", source_language="en")
    page.goto(f"/admin/documents/document/{document.pk}/change/")
    page.get_by_role("button", name="Add another File").click()
    page.locator("#id_files-0-language").select_option("en")
    page.locator("#id_files-0-upload").set_input_files(path)
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert document.files.count() == 1


def test_the_reason_of_a_withdrawal_is_offered_again(page, make_agreement):
    edition = make_agreement("korea", events=[("signature", "2010-10-06")])
    address = f"/admin/agreements/agreementedition/{edition.pk}/withdraw/do/"
    page.goto(address)
    page.locator("#id_reason").fill("It was published by mistake")
    page.wait_for_timeout(KEEPING)
    page.close(run_before_unload=False)
    page = watched(page.context.new_page())
    page.goto(address)
    page.get_by_role("button", name="Show it in the form").click()
    assert page.locator("#id_reason").input_value() == "It was published by mistake"
    page.get_by_label("Now", exact=True).check()
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert copies(page) == []
    # The frame shows what readers of the address get.
    assert [fault for fault in page.faults if "410 (Gone)" not in fault] == []


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_what_is_offered_and_asked(page, agreement, width):
    page.set_viewport_size({"width": width, "height": 800})
    agreement.open(page)
    agreement.type(page, "Long thought of")
    page.goto(agreement.address)
    expect(page.locator(".unsaved")).to_be_visible()
    found = seriously_wrong(page)
    page.locator("#logout-form button").click()
    expect(page.get_by_role("dialog", name="Something that you typed is not saved")).to_be_visible()
    found += seriously_wrong(page)
    page.get_by_role("button", name="Stay").click()
    page.evaluate("document.getElementById('signed-out').showModal()")
    found += seriously_wrong(page)
    page.goto("/admin/")
    expect(page.locator("#unsaved-tray")).to_be_visible()
    assert found + seriously_wrong(page) == []
