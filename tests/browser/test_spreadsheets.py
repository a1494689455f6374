"""A spreadsheet's way out of the admin and back, in a real Chromium."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from agreements.models import AgreementEdition
from culturecoop.tabular import writing
from culturecoop.tabular.reading import open_spreadsheet, table


@pytest.fixture
def korea(transactional_db, make_agreement):
    return make_agreement("korea", title="Agreement with Korea", parties=["EU", "KR"])


@pytest.fixture
def editor(transactional_db):
    user = get_user_model().objects.create_user("ada", password="a long word", is_staff=True)
    user.groups.add(Group.objects.get(name="author"))
    return user


def sign_in(page, live_server):
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("a long word")
    page.get_by_role("button", name="Log in").click()


def exported(page, live_server, path):
    """Download the sheet of agreements; its headings and rows (dicts)."""
    page.goto(f"{live_server.url}/admin/agreements/agreementedition/")
    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_label("ODS (LibreOffice)").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    download.value.save_as(path)
    headings, rows = table(open_spreadsheet(path))
    return headings, [dict(zip(headings, cells, strict=True)) for _number, cells in rows]


def upload(page, live_server, path, headings, rows):
    with path.open("wb") as file:
        cells = [[row.get(heading, "") for heading in headings] for row in rows]
        writing.write(file, "ods", "Agreements", headings, cells)
    page.goto(f"{live_server.url}/admin/spreadsheets/importjob/")
    page.get_by_role("link", name="Add import").first.click()
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Upload", exact=True).click()


def test_export_change_preview_take_over(page, live_server, korea, editor, tmp_path):
    faults = []
    page.on(
        "console",
        lambda message: faults.append(message.text) if "Content" in message.text else None,
    )
    sign_in(page, live_server)
    path = tmp_path / "register.ods"
    headings, [row] = exported(page, live_server, path)

    upload(page, live_server, path, headings, [row | {"kind": "treaty"}])
    assert page.get_by_text("1 row cannot be taken over").is_visible()
    page.get_by_role("link", name="Error 1").click()
    assert page.get_by_text("Expected one of: agreement, protocol").is_visible()
    assert page.get_by_role("button", name="Take over").count() == 0

    upload(page, live_server, path, headings, [row | {"title_en": "=Korea"}, {"slug": "chile"}])
    assert page.get_by_role("deletion").get_by_text("Agreement with Korea").is_visible()
    page.get_by_role("button", name="Take over 2 rows").click()
    assert page.get_by_text("2 rows were taken over on").is_visible()
    drafts = AgreementEdition.objects.drafts()
    assert {draft.agreement.slug for draft in drafts} == {"korea", "chile"}
    assert drafts.get(agreement__slug="korea").texts.get().title == "=Korea"
    assert not faults
