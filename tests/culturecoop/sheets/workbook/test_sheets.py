"""Every sheet of a workbook: a wrong cell is named, what two sheets say must agree."""

import io

import pytest
from django.core.files.storage import default_storage

from agreements.models import Agreement, AgreementEdition, Event
from culturecoop.documents.models import DocumentFile
from culturecoop.reference.verbs import amend
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow
from strategy.models import Image, Page, PageEdition, Picture
from tests.culturecoop.imports.plannedjobs import export

from .conftest import png
from .working import applied, empty_site, exported, files_of, packed, planned, sheets_of, told

pytestmark = pytest.mark.django_db


def only_part(sheet, change):
    """A planned job for the export with one sheet only, `change` made in its first row."""
    content = exported()
    rows = sheets_of(content)[sheet]
    rows[0] = rows[0] | change
    return planned(packed({sheet: rows}, files_of(content)))


WRONG = [
    ("parties", "kind", "realm", "former_country"),
    ("parties", "code", "small", "capital"),
    ("memberships", "member", "XX", "Unknown"),
    ("memberships", "since", "4.7.1997", "2007-12-16"),
    ("memberships", "until", "soon", "2007-12-16"),
    ("themes", "name", "x" * 201, "200"),
    ("themes", "slug", "a b", "slug"),
    ("documents", "source_language", "xx", "Expected one of"),
    ("files", "document", "none", "Unknown"),
    ("files", "language", "xx", "Expected one of"),
    ("files", "address", "nowhere", "https://"),
    ("agreements", "documents", "none", "Unknown"),
    ("agreements", "themes", "none", "Unknown"),
    ("texts", "language", "xx", "Expected one of"),
    ("texts", "title", "", "cannot be empty"),
    ("texts", "line", "x" * 501, "500"),
    ("agreement_parties", "party", "XX", "Unknown"),
    ("agreement_parties", "position", "first", "whole number"),
    ("events", "date", "1.2.2008", "2007"),
    ("events", "party", "XX", "Unknown"),
    ("events", "key", "1", "key as exported"),
    ("events", "scope", "part of it", "Expected one of"),
    ("references", "scheme", "isbn", "celex"),
    ("references", "address", "here", "https://"),
    ("relations", "related", "none", "Unknown"),
    ("relations", "related", "b", "not related to itself"),
    ("relations", "kind", "loves", "part_of"),
    ("pages", "path", "/Übersee", "path of a page"),
    ("pages", "title", "x" * 301, "300"),
    ("pages", "menu", "footer", "cannot be changed"),
    ("blocks", "type", "link", "cannot be changed"),
    ("blocks", "region", "left", "Expected one of"),
    ("blocks", "ordering", "-1", "whole number"),
    ("blocks", "date", "2008", "has no such column"),
    ("blocks", "text", "", "blank"),
]


def test_a_wrong_cell_is_named(rich_site):
    for sheet, column, value, message in WRONG:
        resource = registry.find(sheet)()
        resource.files = {"files/report-en.png": lambda: io.BytesIO(png("red"))}
        [cells, *_others] = export(sheet)[1]
        row = PlannedRow(2, {**cells, column: value})
        resource.plan([row])
        assert row.kind == "error", (sheet, column, row.kind)
        assert [fault[0] for fault in row.errors] == [column], (sheet, row.errors)
        assert message in row.errors[0][2], (sheet, column)


def test_a_date_in_two_sheets_must_agree(rich_site):
    sheets = sheets_of(exported())
    [row] = [row for row in sheets["agreements"] if row["slug"] == "b"]
    row["signature"] = "2012"
    job = planned(packed(sheets))
    assert job.counts["error"] == 1
    [fault] = job.rows.get(kind="error").errors
    assert fault[:2] == ["signature", "2012"]
    assert "“events” has “2011”" in fault[2]
    for event in sheets["events"]:
        event["date"] = event["date"].replace("2011", "2012")
    job = applied(planned(packed(sheets)))
    assert job.counts == {"unchanged": job.total - 1, "changed": 1}, told(job)
    assert [str(e.date) for e in Event.objects.filter(edition__live_from=None)] == ["2012"]


def test_a_sheet_with_some_of_the_events(rich_site):
    sheets = sheets_of(exported())
    sheets["events"] = [row for row in sheets["events"] if row["date"] == "2009?"]
    sheets["agreement_parties"] = sheets["agreement_parties"][1:]
    names = ("agreements", "events", "agreement_parties")
    job = planned(packed({name: sheets[name] for name in names}))
    assert list(job.counts) == ["unchanged"], told(job)


def test_what_stands_in_two_sheets_is_written_once(rich_site):
    sheets = {
        "agreements": [
            {"slug": "c", "base": "", "signature": "2001; 2002", "entry_into_force": "2003",
             "oj": "L 1", "parties": "HT; EU"}
        ],
        "events": [
            {"agreement": "c", "key": "", "kind": "signature", "date": date}
            for date in ("2002", "2001")
        ],
        "references": [{"agreement": "c", "key": "", "scheme": "oj", "value": "L 1"}],
        "agreement_parties": [
            {"agreement": "c", "party": "EU", "position": "2"},
            {"agreement": "c", "party": "HT", "position": "1"},
        ],
    }  # fmt: skip
    job = applied(planned(packed(sheets)))
    assert job.counts == {"new": 6}, told(job)
    draft = AgreementEdition.objects.get(agreement__slug="c")
    assert sorted(str(event.date) for event in draft.events.all()) == ["2001", "2002", "2003"]
    assert [part.party.code for part in draft.parties.all()] == ["HT", "EU"]
    assert draft.references.count() == 1


def test_without_events_the_columns_make_them(db):
    job = applied(planned(packed({"agreements": [{"slug": "c", "signature": "2001"}]})))
    assert job.counts == {"new": 1}
    assert [str(event.date) for event in Event.objects.all()] == ["2001"]


def test_a_part_of_what_is_refused_is_refused(db):
    sheets = {
        "agreements": [{"slug": "c d"}],
        "events": [{"agreement": "c", "key": "", "kind": "signature", "date": "2001"}],
    }
    job = planned(packed(sheets))
    assert job.counts == {"error": 2}
    assert "no agreement of this slug" in job.rows.get(sheet=1).errors[0][2]


def test_a_key_nobody_gave_out(rich_site):
    job = only_part("events", {"key": "b0e6a0a3-6f8b-4b2f-9c1d-000000000000"})
    [row] = job.rows.filter(kind="error")
    assert row.errors[0][0] == "key"
    assert "nothing of this key" in row.errors[0][2]


def test_the_file_came_twice(rich_site):
    for sheet in ("events", "references"):
        rows = [row | {"key": "", "base": ""} for row in sheets_of(exported())[sheet]]
        job = planned(packed({sheet: rows}))
        assert job.counts == {"duplicate": len(rows)}, told(job)


def test_renamed_since_the_export(rich_site):
    content = exported()
    agreement = Agreement.objects.get(slug="b")
    agreement.slug = "second"
    amend(agreement)
    page = Page.objects.get(path="trade")
    page.slug = "commerce"
    amend(page)
    sheets = sheets_of(content)
    job = planned(packed({name: sheets[name] for name in ("agreements", "pages")}))
    faults = {row.subject: row.errors for row in job.rows.filter(kind="error")}
    assert set(faults) == {"b", "/trade", "/trade/music"}
    assert faults["b"][0][0] == "slug"
    assert "“second”" in faults["b"][0][2]
    assert "“/commerce”" in faults["/trade"][0][2]
    assert "“/commerce/music”" in faults["/trade/music"][0][2]


def test_another_file_is_a_new_version(rich_site):
    sheets, files = sheets_of(exported()), {"files/report-en.png": png("green")}
    job = applied(planned(packed({"files": sheets["files"]}, files)))
    assert job.counts == {"changed": 1, "unchanged": 1}, told(job)
    newest = DocumentFile.objects.order_by("-pk")[0]
    assert newest.language == "en"
    assert newest.live_from is None
    assert DocumentFile.objects.filter(language="en").count() == 2


def test_a_file_that_is_no_such_thing(rich_site):
    sheets, files = sheets_of(exported()), {"files/report-en.png": b"MZ\x00not a picture"}
    job = planned(packed({"files": sheets["files"]}, files))
    [row] = job.rows.filter(kind="error")
    assert row.errors[0][0] == "file"


def test_a_picture_that_is_none(rich_site):
    content = exported()
    sheets, files = sheets_of(content), files_of(content)
    [path] = [path for path in files if "images" in path]
    empty_site()
    parts = {name: sheets[name] for name in ("documents", "themes", "pages", "blocks")}
    job = planned(packed(parts, files | {path: b"%PDF-1.4"}))
    [row] = job.rows.filter(kind="error")
    assert row.errors[0][0] == "file"
    del files[path]
    job = applied(planned(packed(parts, files)))
    [row] = job.rows.filter(subject="/trade").exclude(notes=[])
    assert "Missing file" in row.notes[0][2]
    assert row.kind == "unchanged"
    assert PageEdition.objects.filter(page__path="trade", strategy_link_set__heading="See").exists()


def test_the_picture_of_an_import_is_upright_for_readers(
    rich_site, django_capture_on_commit_callbacks
):
    content = exported()
    sheets, files = sheets_of(content), files_of(content)
    [path] = [path for path in files if "images" in path]
    empty_site()
    default_storage.delete(path.removeprefix("files/"))  # the name is free for another one
    parts = {name: sheets[name] for name in ("documents", "themes", "pages", "blocks")}
    photo = png("green", orientation=6)
    with django_capture_on_commit_callbacks(execute=True):
        job = applied(planned(packed(parts, files | {path: photo})))
    image = Image.objects.get()
    assert f"files/{image.file.name}" == path
    with image.file.open() as original:
        assert original.read() == photo, told(job)
    picture = Picture.objects.get(pk=image.file.name)
    assert (picture.width, picture.height) == (30, 40)
    assert photo in files_of(exported()).values()


def test_pages_without_the_page_above(db):
    rows = [{"path": "/a/b", "language": "en", "title": "B"}]
    job = planned(packed({"pages": rows}))
    assert "no page “/a” above" in job.rows.get().errors[0][2]
    rows += [
        {"path": "/a", "language": "en", "title": "A", "menu": "footer"},
        {"path": "/", "language": "de", "title": "Heim", "source_language": "de"},
        {"path": "/a", "language": "de", "title": "A", "menu": "header"},
        {"path": "/agreements", "language": "en", "title": "A"},
    ]
    job = planned(packed({"pages": rows}))
    faults = {row.number: row.errors for row in job.rows.filter(kind="error")}
    assert [fault[0] for number in (5, 6) for fault in faults[number]] == ["menu", "path"]
    assert "used by the site" in faults[6][0][2]
    applied(job)
    assert {page.path: page.menu for page in Page.objects.all()} == {
        "": "", "a": "footer", "a/b": "",
    }  # fmt: skip


def test_rich_text_is_sanitised(rich_site):
    wanted = "<p>Fine</p><script>alert(1)</script>"
    job = only_part("blocks", {"text": wanted})
    [row] = job.rows.filter(kind="changed")
    assert row.changes[0][2] == "<p>Fine</p>"
    applied(job)
    draft = PageEdition.objects.drafts().get()
    assert draft.strategy_text_set.get().text == "<p>Fine</p>"
