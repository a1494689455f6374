"""Imports and exports through the admin, as an editor does them."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import AgreementEdition, Party
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.imports.models import ImportJob
from culturecoop.tabular import writing
from culturecoop.tabular.reading import open_spreadsheet, table
from tests.forms import export, fields

ADD = "/admin/spreadsheets/importjob/add/"
LIST = "/admin/spreadsheets/importjob/"
AGREEMENTS = "/admin/agreements/agreementedition/"


@pytest.fixture
def login(client, db):
    """login("author") → a client signed in as somebody of that role."""

    def sign_in(role, name=""):
        user = get_user_model().objects.create_user(name or role or "nobody", is_staff=True)
        if role:
            user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def korea(make_agreement):
    return make_agreement("korea", title="Korea", events=[("signature", "2010-10-06")])


def download(client, address, tmp_path, **chosen):
    """The headings and rows (dicts) of an exported file."""
    response = export(client, address, **chosen)
    assert response.status_code == 200, response
    path = tmp_path / "download"
    path.write_bytes(b"".join(response.streaming_content))
    headings, rows = table(open_spreadsheet(path))
    return headings, [dict(zip(headings, cells, strict=True)) for _number, cells in rows]


def upload(client, headings, rows, kind="xlsx", **chosen):
    file = io.BytesIO()
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    writing.write(file, kind, "Sheet", headings, cells)
    name = f"rows.{kind}"
    upload = SimpleUploadedFile(name, file.getvalue())
    return client.post(ADD, {"file": upload, **chosen}, follow=True)


def changed(client, korea):
    """A job that would change the kind of one agreement."""
    upload(client, ["slug", "base", "kind"], [{"slug": "korea", "base": "1", "kind": "protocol"}])
    return ImportJob.objects.latest("pk")


@pytest.mark.parametrize("kind", writing.FORMATS)
def test_export_change_import(login, korea, tmp_path, kind):
    client = login("author")
    headings, [row] = download(client, f"{AGREEMENTS}export/", tmp_path, kind=kind)
    page = upload(client, headings, [row | {"title_en": "South Korea & “more”"}], kind=kind)
    text = page.content.decode()
    assert '<del dir="auto">Korea</del>' in text
    assert "South Korea &amp; “more”" in text
    job = ImportJob.objects.get()
    page = client.post(f"{LIST}{job.pk}/apply/", follow=True)
    assert "1 row was taken over" in page.content.decode()
    drafts = f"{AGREEMENTS}?import={job.folder}&state=draft"
    assert drafts.replace("&", "&amp;") in page.content.decode()
    assert "Korea" in client.get(drafts).content.decode()
    draft = AgreementEdition.objects.drafts().get()
    assert draft.texts.get().title == "South Korea & “more”"
    assert draft.created_by.username == "author"


def test_the_preview_has_pages_and_kinds(login, korea):
    client = login("author")
    rows = [{"slug": f"a-{n}", "kind": "protocol"} for n in range(120)]
    page = upload(client, ["slug", "kind"], [*rows, {"slug": "x", "kind": "pact"}])
    text = page.content.decode()
    assert "Rows 1 to 50 of 121" in text
    assert "1 row cannot be taken over and is left out" in text
    assert "Take over 120 rows" in text
    job = ImportJob.objects.get()
    text = " ".join(client.get(f"{job.get_absolute_url()}?kind=error").content.decode().split())
    assert '<code>kind</code> <q dir="auto">pact</q> Expected one of' in text
    text = client.get(f"{job.get_absolute_url()}?kind=new&p=3").content.decode()
    assert "Rows 101 to 120 of 120" in text
    text = client.get(f"{job.get_absolute_url()}?kind=conflict&p=x").content.decode()
    assert "no rows of this kind" in text
    text = client.post(f"{LIST}{job.pk}/options/", {"all_or_nothing": "on"}, follow=True)
    assert "Take over" not in text.content.decode()
    text = client.post(f"{LIST}{job.pk}/apply/", follow=True).content.decode()
    assert "Nothing was written. There are rows with errors" in text
    assert not AgreementEdition.objects.drafts().exists()


def test_what_cannot_be_read_is_told(login):
    client = login("author")
    file = SimpleUploadedFile("a.csv", b"<html><body>")
    text = client.post(ADD, {"file": file}, follow=True).content.decode()
    assert "it looks like HTML" in text
    empty = SimpleUploadedFile("a.zip", b"PK\5\6" + bytes(18))
    text = client.post(ADD, {"file": empty}, follow=True).content.decode()
    assert "This ZIP file holds no workbook (XLSX or ODS) at its top level." in text
    text = client.post(ADD, {"file": SimpleUploadedFile("a.csv", b"")}).content.decode()
    assert "errornote" in text


def test_too_large_a_file(login, settings):
    settings.SPREADSHEET_MAX_BYTES = 10
    response = login("author").post(ADD, {"file": SimpleUploadedFile("a.csv", b"slug,kind\na,b")})
    assert "too large" in response.content.decode()
    assert not ImportJob.objects.exists()


def test_a_guessed_encoding_is_shown(login):
    file = SimpleUploadedFile("a.csv", "slug,title_fr\na,Été\n".encode("cp1252"))
    text = login("author").post(ADD, {"file": file}, follow=True).content.decode()
    assert "cp1252" in text
    assert "is a guess" in text
    assert "Été" in text


def test_markup_in_a_file_stays_text(login):
    rows = [{"slug": "a", "title_en": "<script>alert(1)</script>", "kind": "<b>"}]
    text = upload(login("author"), ["slug", "title_en", "kind"], rows).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_the_file_is_private_and_goes_with_the_job(login, korea):
    client = login("author")
    job = changed(client, korea)
    assert job.file.name == f"imports/{job.folder}/upload"
    assert storages["private"].exists(job.file.name)
    client.post(f"{LIST}{job.pk}/discard/")
    assert not storages["private"].exists(job.file.name)
    assert not ImportJob.objects.exists()


# Rights


def test_without_rights_there_is_nothing(login, korea):
    client = login("")
    for address in (ADD, LIST, f"{AGREEMENTS}export/"):
        assert client.get(address).status_code == 403, address
    assert client.post(ADD, {}).status_code == 403


def test_authors_do_not_import_reference_data(login):
    client = login("author")
    text = client.get(ADD).content.decode()
    assert 'value="agreements"' in text
    assert 'value="parties"' not in text
    rows = [{"code": "X1", "name": "One"}]
    text = upload(client, ["code", "name"], rows).content.decode()
    assert "no right to import parties" in text
    assert not Party.objects.exists()


def test_publishers_import_reference_data(login):
    client = login("publisher")
    upload(client, ["code", "name"], [{"code": "X1", "name": "One"}])
    client.post(f"{LIST}{ImportJob.objects.get().pk}/apply/")
    assert Party.objects.get().name == "One"
    upload(client, ["slug", "title", "source_language"], [{"slug": "p", "title": "Protocol"}])
    client.post(f"{LIST}{ImportJob.objects.latest('pk').pk}/apply/")
    assert Document.objects.get().title == "Protocol"


def test_nobody_touches_the_import_of_another(login, korea):
    job = changed(login("author", "ada"), korea)
    client = login("author", "bo")
    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.post(f"{LIST}{job.pk}/apply/").status_code == 404
    assert "rows.xlsx" not in client.get(LIST).content.decode()
    client = login("publisher", "di")
    assert client.get(job.get_absolute_url()).status_code == 200
    assert client.post(f"{LIST}{job.pk}/apply/").status_code == 403
    client = login("administrator", "cy")
    assert client.get(job.get_absolute_url()).status_code == 200
    assert client.post(f"{LIST}{job.pk}/apply/").status_code == 403
    assert client.post(f"{LIST}{job.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not storages["private"].exists(job.file.name)


def test_a_right_lost_meanwhile(login, korea):
    client = login("author")
    job = changed(client, korea)
    group = Group.objects.get(name="author")
    group.permissions.remove(*group.permissions.filter(codename="add_agreementedition"))
    text = client.post(f"{LIST}{job.pk}/apply/", follow=True).content.decode()
    assert "no right" in text


def test_only_posts_apply(login, korea):
    client = login("author")
    job = changed(client, korea)
    assert client.get(f"{LIST}{job.pk}/apply/").status_code == 405
    assert client.get(f"{LIST}{job.pk}/discard/").status_code == 405
    assert client.get(f"{LIST}nonsense/change/").status_code == 404


def test_a_draft_made_after_the_preview(login, korea):
    client = login("author")
    job = changed(client, korea)
    verbs.new_draft(korea)
    text = client.post(f"{LIST}{job.pk}/apply/", follow=True).content.decode()
    assert "A command has a draft" in text
    assert "1 row was left out" in text


# Export


def test_export_of_what_is_filtered_and_selected(login, korea, make_agreement, tmp_path):
    make_agreement("chile", title="Chile", kind="protocol")
    client = login("author")
    address = f"{AGREEMENTS}export/?kind__exact=protocol"
    assert "1 entry is exported" in client.get(address).content.decode()
    _headings, rows = download(client, address, tmp_path, kind="ods")
    assert [row["slug"] for row in rows] == ["chile"]
    text = client.get(f"{AGREEMENTS}?kind__exact=protocol").content.decode()
    assert f'href="{AGREEMENTS}export/?kind__exact=protocol"' in text
    selected = {"action": "export_selected", "_selected_action": [korea.pk]}
    response = client.post(AGREEMENTS, selected)
    assert response.url == f"{AGREEMENTS}export/?ids={korea.pk}"
    _headings, [row] = download(client, response.url, tmp_path, resource="1")
    assert (row["agreement"], row["date"]) == ("korea", "2010-10-06")
    response = client.post(f"{AGREEMENTS}?q=korea", selected | {"select_across": "1"})
    assert response.url == f"{AGREEMENTS}export/?q=korea"
    _headings, [row] = download(client, response.url, tmp_path)
    assert row["slug"] == "korea"


def test_export_of_chosen_columns(login, korea, tmp_path):
    """Without a key and a base nothing could come back, so they cannot be left out."""
    client, address = login("author"), f"{AGREEMENTS}export/"
    boxes = {name: [] for name in fields(client.get(address)) if "resource_" in name}
    assert {"agreementresource_title_en", "eventresource_date"} < set(boxes)
    chosen = {f"agreementresource_{name}": ["on"] for name in ("kind", "title_en")}
    headings, [row] = download(client, address, tmp_path, **boxes | chosen)
    assert headings == ["slug", "base", "kind", "title_en"]
    assert row == {"slug": "korea", "base": "1", "kind": "agreement", "title_en": "Korea"}


def test_export_of_an_unknown_format(login, korea):
    response = export(login("author"), f"{AGREEMENTS}export/", format="3")
    assert "errornote" in response.content.decode()


@pytest.mark.parametrize("address", ["/admin/agreements/party/", "/admin/documents/document/"])
def test_export_of_reference_data(login, korea, tmp_path, address):
    Party.objects.create(code="CL")
    Document.objects.create(slug="protocol", title="Protocol")
    client = login("publisher")
    text = client.get(address).content.decode()
    assert f"{address}export/" in text
    assert reverse("admin:spreadsheets_importjob_add") in text
    _headings, rows = download(client, f"{address}export/", tmp_path, kind="xlsx")
    assert len(rows) == 1


def test_queries_of_the_preview(login, korea, django_assert_max_num_queries):
    client = login("author")
    upload(client, ["slug"], [{"slug": f"a-{n}"} for n in range(60)])
    with django_assert_max_num_queries(12):
        client.get(ImportJob.objects.get().get_absolute_url())


@pytest.mark.shared
def test_every_odd_file_through_the_admin(login, shared):
    client = login("publisher")
    # Each eighth: all of them go through every step in test_every_file.py.
    for path in sorted((shared / "data" / "spreadsheets").iterdir())[::8]:
        file = SimpleUploadedFile(path.name, path.read_bytes())
        page = client.post(ADD, {"file": file}, follow=True)
        assert page.status_code == 200, path.name
        text = page.content.decode()
        assert "import-refusal" in text or "errornote" in text or "import-sheet" in text, path.name
