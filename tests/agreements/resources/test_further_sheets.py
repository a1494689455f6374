"""One list that fills two sheets of ours: agreements, and events of single parties."""

import pytest

from agreements.models import AgreementEdition, Event, Party
from culturecoop.imports import jobs
from culturecoop.imports.models import ImportMapping
from tests.culturecoop.imports.adminsteps import open_, send, upload
from tests.culturecoop.imports.plannedjobs import kinds, report_of

ENTRY = {
    "spans": "Days",
    "unless": {"Remarks": ["provisional"]},
    "columns": {
        "kind": {"value": "entry_into_force"},
        "party": {"sources": ["party"]},
        "date": {"sources": ["from"], "notation": "words"},
    },
}
ASKED = ENTRY | {
    "question": "By which act?",
    "columns": {"party": {"sources": ["party"]}, "date": {"sources": ["until"]}},
}
MAPPING = {
    "resource": "agreements",
    "columns": {
        "slug": {"sources": ["No"], "take": "slug", "prefix": "x"},
        "title_en": {"sources": ["Title"]},
        "source_language": {"value": "en"},
        "signature": {"sources": ["Date"], "notation": "iso"},
    },
    "further": [
        {
            "resource": "events",
            "columns": {"agreement": {"sources": ["No"], "take": "slug", "prefix": "x"}},
            "rows": [ENTRY, ASKED],
        }
    ],
}
TEXT = """No;Title;Date;Days;Remarks
1;Trade;2001;"France(1 May 2004 - ); Germany( - 2010)";
2;Peace;2002;France(2005 - );provisional application
3;Old;2003;Ruritania(2005 - );
"""


@pytest.fixture
def editor(signed_in):
    for code, name in [("FR", "France"), ("DE", "Germany")]:
        Party.objects.create(code=code, name=name)
    client = signed_in("author")
    ImportMapping.objects.create(name="mine", content=MAPPING, created_by=client.user)
    return client


@pytest.fixture
def job(editor):
    return upload(editor, TEXT, mapping="kept:mine")[0]


def events():
    told = Event.objects.values_list("edition__agreement__slug", "kind", "party__code", "date")
    return {(slug, kind, party, str(date)) for slug, kind, party, date in told}


def test_both_sheets_are_taken_over_and_undone(editor, job):
    assert [sheet["resource"] for sheet in job.sheets] == ["agreements", "events"]
    assert kinds(job) == ["new", "new", "new", "new", "conflict", "unchanged", "error"]
    send(editor, job, "apply")
    assert events() == {
        ("x-1", "signature", None, "2001"),
        ("x-1", "entry_into_force", "FR", "2004-05-01"),
        ("x-2", "signature", None, "2002"),
        ("x-3", "signature", None, "2003"),
    }
    assert jobs.undo(job) == []
    assert not AgreementEdition.objects.exists()


def test_the_same_file_again_makes_nothing(editor, job):
    send(editor, job, "apply")
    again, _page = upload(editor, TEXT, mapping="kept:mine")
    assert again.to_write == 0
    wanted = ["unchanged"] * 3 + ["duplicate", "conflict", "unchanged", "error"]
    assert kinds(again) == wanted


def test_what_is_left_out_stands_in_the_cells_of_the_report(job):
    sheet = report_of(job).worksheets[0]
    assert "By which act?" in sheet["D2"].comment.text
    assert "no rule of the mapping" in sheet["D3"].comment.text
    assert "“Ruritania” is not known" in sheet["D4"].comment.text


def test_the_pages_name_what_the_sheets_hold(editor, job):
    page = editor.get(job.get_absolute_url(), follow=True).content
    text = " ".join(page.decode().split())
    assert "Agreements" in text
    assert "Events" in text
    assert "By which act?" in text
    assert "says more than this page can show" in open_(editor, job, "columns")
    assert "Ruritania" in open_(editor, job, "names")


def test_the_page_of_the_columns_keeps_what_it_cannot_show(editor, job):
    posted = {"to-0": "slug", "to-1": "title_en", "to-2": "signature", "preview": "1"}
    send(editor, job, "columns", posted | {"constant-source_language": "en"})
    assert job.mapping["further"] == MAPPING["further"]
    assert kinds(job).count("conflict") == 1


def test_a_file_without_the_column_is_refused(editor):
    job, _page = upload(editor, TEXT.replace("Days", "Weeks"), mapping="kept:mine")
    assert job.state == "refused"
    assert "“Days”" in job.message
