"""What a spreadsheet program has done to a file: told by place, chosen with the columns."""

import json

import pytest
from django.core.management import call_command
from xlsxwriter import Workbook

from culturecoop.imports import jobs
from culturecoop.imports.damage import KINDS, damage_of
from culturecoop.tabular.reading.cells import CellError
from tests.culturecoop.tabular.test_reading_appearance import list_in_ods, xlsx

from .adminsteps import LIST, open_, send, upload

pytestmark = pytest.mark.django_db
MAPPING = """
resource = "agreements"
merged = "fill"
struck = "leave_out"
[columns]
slug = {sources = ["No"], take = "slug"}
title_en = {sources = ["Title"]}
source_language = {value = "en"}
parties = {sources = ["Partner"]}
"""
COLUMNS = {
    "to-0": "slug", "to-1": "title_en", "to-2": "parties", "constant-source_language": "en",
}  # fmt: skip


@pytest.fixture(params=[(xlsx, "xlsx"), (list_in_ods, "ods")], ids=["xlsx", "ods"])
def file(request, tmp_path):
    make, suffix = request.param
    return make(tmp_path / f"list.{suffix}")


def kinds(job):
    return {row.number: row.kind for row in job.rows.all()}


def test_in_the_admin_it_is_told_and_then_chosen(publisher, file):
    job, _page = upload(publisher, file.read_bytes(), name=file.name)
    assert "Cells merged downwards" in open_(publisher, job, "columns")
    page = send(publisher, job, "columns", COLUMNS | {"preview": "1"})
    assert kinds(job) == {2: "new", 3: "error", 4: "new", 5: "new", 6: "unchanged"}
    assert "C2:C3 are merged" in page
    assert [len(found) for found in damage_of(job)] == [2, 2, 2, 2]
    assert job.findings["seen"] == {"merged": 1, "hidden": 1, "struck": 2, "section": 1}
    for found, advice in damage_of(job):
        assert found in page
        assert advice in page

    chosen = {"merged": "fill", "hidden": "leave_out", "struck": "leave_out"}
    send(publisher, job, "columns", COLUMNS | chosen | {"preview": "1"})
    assert kinds(job) == {2: "new", 3: "new", 4: "unchanged", 5: "unchanged", 6: "unchanged"}
    titles = [row.cells["title_en"] for row in job.rows.filter(kind="new")]
    assert [" ".join(title.split()) for title in titles] == [
        "Accord on culture for all", "Accord B",
    ]  # fmt: skip
    assert {row.cells["parties"] for row in job.rows.filter(kind="new")} == {"PE"}
    subjects = [row.subject for row in job.rows.filter(kind="new")]
    assert subjects == ["list-007", "list-1-10"]


@pytest.mark.parametrize(
    "chosen", [{}, {"merged": "fill", "hidden": "leave_out", "struck": "leave_out"}]
)
def test_the_report_is_read_again_as_the_file_was(publisher, file, chosen):
    job, _page = upload(publisher, file.read_bytes(), name=file.name)
    send(publisher, job, "columns", COLUMNS | {"preview": "1"})
    send(publisher, job, "columns", COLUMNS | chosen | {"preview": "1"})
    report = publisher.get(f"{LIST}{job.pk}/marked/").getvalue()
    again, _page = upload(publisher, report, name="report.xlsx")
    jobs.plan(again)
    assert kinds(again) == kinds(job)
    for mine, first in zip(again.rows.all(), job.rows.all(), strict=True):
        if first.kind == "new":
            assert mine.cells["title_en"] == first.cells["title_en"]
            assert mine.cells["parties"] == first.cells["parties"]


def test_the_fields_are_not_shown_for_a_plain_list(publisher):
    job, _page = upload(publisher, "No;Title\n1;Accord A\n")
    assert "Cells merged downwards" not in open_(publisher, job, "columns")


def test_the_command_tells_it_by_place(db, file, tmp_path, capsys):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    call_command("import", str(file), mapping=str(mapping), dry_run=True, json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["errors"] == []
    assert [(note["row"], note["column"]) for note in found["warnings"]] == [
        (2, "Title"), (3, "Partner"), (4, ""),
    ]  # fmt: skip
    assert [note["row"] for note in found["notes"]] == [5, 6]
    assert len(found["damage"]) == 4


def test_our_own_sheet_refuses_merged_cells_and_notes_the_rest(publisher, make_agreement, tmp_path):
    make_agreement("korea")
    book = Workbook(tmp_path / "list.xlsx")
    sheet = book.add_worksheet("agreements")
    sheet.write_row(0, 0, ["slug", "base", "title_en"])
    sheet.write_row(1, 0, ["peru", "", "Peru"])
    sheet.write_row(2, 0, ["chile", "", ""], book.add_format({"font_strikeout": True}))
    sheet.merge_range("C2:C3", "Peru")
    sheet.set_row(1, None, None, {"hidden": True})
    book.close()
    job, _page = upload(publisher, (tmp_path / "list.xlsx").read_bytes(), name="list.xlsx")
    jobs.plan(job)
    told = {row.number: [*row.errors, *row.notes] for row in job.rows.all()}
    assert [message for _column, _value, message in told[2]][
        -1
    ] == "This row is hidden in the file."
    assert "C2:C3 are merged" in str(told[3])
    assert "“chile” is struck out" in str(told[3])


def test_every_fault_of_a_cell_that_programs_make_has_its_advice():
    by_a_program = {"error", "formula", "digits", "date"}
    assert by_a_program <= set(CellError.REASONS) & set(KINDS)
