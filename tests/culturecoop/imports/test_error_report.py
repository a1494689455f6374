"""The report of an import: the uploaded file with its faults marked in the cells."""

import datetime
import io
import warnings

import openpyxl
import pytest
from django.core.files.base import ContentFile

from culturecoop.imports import error_report, jobs
from culturecoop.mapping import Mapping
from culturecoop.tabular import annotated_cells
from culturecoop.tabular.reading import CellError, Unreadable, as_text, open_spreadsheet
from tests.culturecoop.tabular.making import raw_xlsx, text_file, workbook
from tests.profiles import share_of, shares

SHARES = 4


def mark(source, target, parts=None, report=None):
    """Write the marked workbook of a file, and open it with openpyxl."""
    with open(target, "wb") as file:
        spreadsheet = open_spreadsheet(source, name=source.name)
        error_report.write(
            file, spreadsheet, parts or {}, report or annotated_cells.Report(source.name)
        )
    return openpyxl.load_workbook(target)


def fault(heading, message, kind="error", value="x"):
    return annotated_cells.Mark(kind, heading, value, message)


def colour(cell):
    return "#" + cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else None


def cells_of(path, name=""):
    """The rows of each sheet as texts, a fault as True; the list of faults left out."""
    spreadsheet = open_spreadsheet(path, name=name)
    return [
        [
            (number, [isinstance(cell, CellError) or as_text(cell) for cell in cells])
            for number, cells in spreadsheet.rows(sheet)
        ]
        for sheet in spreadsheet.sheets
        if sheet != "Report"
    ]


def test_faults_are_marked_where_they_are(tmp_path):
    rows = [["slug", "kind", "date"], ["a", "odd", "2001"], ["b", "", "2002"], ["c", "x", "3"]]
    source = workbook(tmp_path / "a.xlsx", {"Data": rows})
    marks = [
        (2, [fault("kind", "No such kind."), fault("kind", "Look again.", "note")]),
        (3, [fault("", "The row is odd.", "conflict"), fault("kind", "Missing.", "conflict")]),
        (4, [fault("date", "Left out.", "note"), fault("F", "No heading.", "duplicate")]),
    ]
    part = error_report.MarkedSheet(marks, ["slug", "kind", "date"])
    sheet = mark(source, tmp_path / "b.xlsx", {"Data": part})["Data"]
    found = {
        cell.coordinate: (colour(cell), cell.comment.text)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    bg = {kind: options["bg_color"] for kind, options in annotated_cells.COLOURS.items()}
    assert found == {
        "B2": (bg["error"], "No such kind.\nLook again."),
        "A3": (bg["conflict"], "The row is odd."),
        "B3": (bg["conflict"], "Missing."),
        "C4": (bg["note"], "Left out."),
        "F4": (bg["duplicate"], "No heading."),
    }
    assert [colour(cell) for cell in sheet[1]] == [None] * 6
    assert sheet.freeze_panes == "A2"


def test_the_last_sheet_lists_all_faults_with_links(tmp_path):
    source = workbook(tmp_path / "a.xlsx", {"It's": [["a", "b"], [1, "=x"]], "-Old": [["z"]]})
    part = error_report.MarkedSheet(
        [(2, [fault("b", "Odd.", value="=x"), fault("", "Row.")])], ["a", "b"]
    )
    report = annotated_cells.Report("list.csv", [("new", 3), ("error", 1)])
    book = mark(source, tmp_path / "b.xlsx", {"It's": part}, report)
    assert book.sheetnames == ["It's", "Old", "Report"]
    assert [book[name].sheet_state for name in book.sheetnames] == ["visible", "hidden", "visible"]
    rows = [[cell.value for cell in row] for row in book["Report"].iter_rows()]
    assert rows[0][:2] == ["Report of the import", "list.csv"]
    assert [row[:2] for row in rows[1:3]] == [["new", 3], ["error", 1]]
    assert rows[-2][:3] == ["It's", 2, None]
    assert rows[-1] == [
        "It's", 2, "b", """=HYPERLINK("#'It''s'!B2","B2")""", "=x", "Odd.", "error",
    ]  # fmt: skip
    assert [row for _number, row in open_spreadsheet(tmp_path / "b.xlsx").rows("Report")][-1] == [
        "It's", 2, "b", "B2", "=x", "Odd.", "error",
    ]  # fmt: skip


def test_a_report_of_a_report_has_one_list(tmp_path):
    source = workbook(tmp_path / "a.xlsx", {"Data": [["a"]], "report": [["mine"]]})
    once = mark(source, tmp_path / "b.xlsx")
    assert once.sheetnames == ["Data", "report", "Report (2)"]
    twice = mark(tmp_path / "b.xlsx", tmp_path / "c.xlsx")
    assert twice.sheetnames == once.sheetnames


def test_types_are_kept(tmp_path):
    rows = [
        ["text", "number", "day", "moment", "yes"],
        ["007", 7.5, datetime.date(2001, 2, 3), datetime.datetime(2001, 2, 3, 4, 5), True],
        ["=1+1", -3, datetime.date(1899, 1, 1), datetime.time(4, 5), False],
        ["_x000D_ a\nb ", 1e-300, datetime.date(9999, 12, 31), "2001", "#N/A"],
    ]
    with open(tmp_path / "a.xlsx", "wb") as file:
        spreadsheet = Given({"Data": rows})
        marks = [(number, [fault("text", "Odd.")]) for number in (2, 3, 4)]
        parts = {"Data": error_report.MarkedSheet(marks, rows[0])}
        error_report.write(file, spreadsheet, parts, annotated_cells.Report())
    read = [cells for _number, cells in open_spreadsheet(tmp_path / "a.xlsx").rows("Data")]
    assert read[:2] == rows[:2]
    assert read[2] == ["=1+1", -3, "1899-01-01", datetime.time(4, 5), False]
    assert read[3] == rows[3]
    assert [type(cell) for cell in read[1]] == [type(cell) for cell in rows[1]]


class Given:
    """A spreadsheet of rows that are there already."""

    hidden = ()

    def __init__(self, sheets):
        self.sheets, self._rows = list(sheets), sheets

    def rows(self, sheet):
        return enumerate(self._rows[sheet], 1)


def test_faulty_cells_stay_faulty(tmp_path):
    data = (
        '<row r="3"><c r="B3" t="e"><v>#DIV/0!</v></c><c r="C3"><f>B2</f></c>'
        '<c r="D3" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    source = raw_xlsx(tmp_path / "a.xlsx", data)
    mark(source, tmp_path / "b.xlsx")
    [(number, cells)] = list(open_spreadsheet(tmp_path / "b.xlsx").rows("Data"))
    assert number == 3
    assert cells == ["", "#DIV/0!", "#N/A", "x"]
    assert [isinstance(cell, CellError) for cell in cells] == [False, True, True, False]


def test_headings_of_two_rows_under_a_preamble(tmp_path):
    rows = [["A list"], [], ["", "Dates", ""], ["Title", "Signed", "In force"], ["x", "1", "2"]]
    source = workbook(tmp_path / "a.xlsx", {"Data": rows})
    names = ["Title", "Dates / Signed", "Dates / In force"]
    part = error_report.MarkedSheet([(5, [fault("Dates / In force", "Odd.")])], names, (3, 4))
    sheet = mark(source, tmp_path / "b.xlsx", {"Data": part})["Data"]
    assert sheet.freeze_panes == "A5"
    assert sheet["C5"].comment.text == "Odd."
    assert [sheet.cell(row, 1).font.bold for row in (1, 4, 5)] == [False, True, False]


def test_names_of_sheets_that_xlsx_refuses(tmp_path):
    names = ["a/b", "a b", "A B", "x" * 40]
    with open(tmp_path / "a.xlsx", "wb") as file:
        error_report.write(
            file, Given({name: [["1"]] for name in names}), {}, annotated_cells.Report()
        )
    found = open_spreadsheet(tmp_path / "a.xlsx").sheets
    assert found == ["a b", "a b (2)", "A B (3)", "x" * 31, "Report"]


def test_another_sheet_that_cannot_be_read_is_told(tmp_path, settings):
    settings.SPREADSHEET_MAX_COLUMNS = 3
    sheets = {"Data": [["a"], ["b"]], "Wide": [["1"] * 5]}
    source = workbook(tmp_path / "a.xlsx", sheets)
    book = mark(source, tmp_path / "b.xlsx", {"Data": error_report.MarkedSheet([], ["a"])})
    assert "cell E1" in [cell.value for cell in book["Report"]["F"]][-1]
    with pytest.raises(Unreadable, match="cell E1"):
        mark(source, tmp_path / "c.xlsx", {"Wide": error_report.MarkedSheet([], ["1"])})


def test_only_so_many_comments(tmp_path, monkeypatch):
    monkeypatch.setattr(annotated_cells, "MOST_COMMENTS", 2)
    source = text_file(tmp_path / "a.csv", "a,b\n" + "1,2\n" * 5)
    marks = [(number, [fault("b", "Odd.")]) for number in range(2, 7)]
    book = mark(source, tmp_path / "b.xlsx", {"Table": error_report.MarkedSheet(marks, ["a", "b"])})
    without = [cell.comment is None for cell in book["Table"]["B"]]
    assert without == [True, False, False, True, True, True]
    assert all(colour(cell) for cell in book["Table"]["B"][1:])
    assert [cell.value for cell in book["Report"]["B"]][-5:] == [2, 3, 4, 5, 6]


# Of jobs


def job_of(name, content, **options):
    return jobs.plan(jobs.create(ContentFile(content), name=name, **options))


def marked_job(job):
    file = io.BytesIO()
    error_report.write_marked(file, job)
    return openpyxl.load_workbook(file)


@pytest.mark.django_db
def test_a_job_of_our_own_sheet(make_agreement):
    content = "slug;kind;zzz\na;protocol;\nb;nothing;\n".replace(";zzz", "").replace(";\n", "\n")
    job = job_of("a.csv", content.encode(), resource="agreements")
    book = marked_job(job)
    assert book.sheetnames == ["Table", "Report"]
    assert colour(book["Table"]["B3"]) == annotated_cells.COLOURS["error"]["bg_color"]
    assert "nothing" in [cell.value for cell in book["Report"]["E"]]
    assert {row[0].value: row[1].value for row in book["Report"].iter_rows(max_row=3)} == {
        "Report of the import": "a.csv", "new": 1, "error": 1,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_job_with_a_mapping_marks_the_columns_of_the_file():
    text = "A list;;\nNo.;Name;Signed\n1;Traité;2001-02-03\n2;Accord;31/31/2001\n3;Été;9999-12-31\n"
    mapping = Mapping.from_dict(
        {
            "resource": "agreements",
            "heading_rows": [2, 2],
            "columns": {
                "slug": {"sources": ["No.", "Name"], "take": "slug"},
                "kind": {"value": "protocol"},
                "title_en": {"sources": ["Name"]},
                "signature": {"sources": ["Signed"], "notation": "day_first"},
            },
        }
    )
    job = job_of("a.csv", text.encode("cp1252"), mapping=mapping)
    sheet = marked_job(job)["Table"]
    assert sheet["B3"].value == "Traité"
    assert colour(sheet["C4"]) == annotated_cells.COLOURS["error"]["bg_color"]
    assert colour(sheet["C5"]) == annotated_cells.COLOURS["note"]["bg_color"]
    assert sheet["C3"].comment is None
    assert sheet.freeze_panes == "A3"


@pytest.mark.django_db
def test_a_job_of_a_refused_file_has_no_report():
    job = job_of("a.csv", b"%PDF-1.7", resource="agreements")
    with pytest.raises(Unreadable, match="PDF"):
        marked_job(job)


@pytest.mark.shared
@pytest.mark.parametrize("share", shares(SHARES))
def test_the_copy_reads_like_the_original(shared, tmp_path, share):
    """All sample files that can be read, the slowest one left out."""
    for path in sorted((shared / "data" / "spreadsheets").iterdir()):
        if share_of(path.name, SHARES) != share or path.stat().st_size > 2**20:
            continue
        try:
            wanted = cells_of(path, path.name)
        except Unreadable:
            continue
        with warnings.catch_warnings(), open(tmp_path / "b.xlsx", "wb") as file:
            warnings.simplefilter("error")
            spreadsheet = open_spreadsheet(path, name=path.name)
            error_report.write(file, spreadsheet, {}, annotated_cells.Report())
        assert cells_of(tmp_path / "b.xlsx") == wanted, path.name
