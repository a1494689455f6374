"""What a sheet shows beside its values: the same of a workbook in XLSX and in ODS.

The XLSX files are written by xlsxwriter, the ODS files by hand as LibreOffice writes them.
"""

import zipfile

import pytest
from xlsxwriter import Workbook

from culturecoop.tabular import opendocument
from culturecoop.tabular.parsing.marks import MergedCells
from culturecoop.tabular.reading import open_spreadsheet

HEAD = ["No", "Title", "Partner"]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text", "style")
)


def xlsx(path):
    book = Workbook(path)
    sheet = book.add_worksheet("List")
    struck = book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, HEAD)
    sheet.write(1, 0, 7, book.add_format({"num_format": "000"}))
    sheet.write_rich_string(1, 1, "Accord on culture ", struck, "and sport", " for all")
    sheet.merge_range("C2:C3", "Peru")
    sheet.write(2, 0, 1.1, book.add_format({"num_format": "0.00"}))
    sheet.write(2, 1, "Accord B")
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.write_row(3, 0, [9, "Accord C", "Chile"])
    sheet.write_row(4, 0, [10, "Accord D", "Chile"], struck)
    sheet.merge_range("A6:C6", "AFRICA")
    book.close()
    return path


def ods_cell(text="", attributes="", value=""):
    if value:
        attributes += f' office:value-type="float" office:value="{value}"'
    elif text:
        attributes += ' office:value-type="string"'
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def ods(path):
    cell, covered = ods_cell, "<table:covered-table-cell/>"
    through = '<style:text-properties style:text-line-through-style="solid"/>'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}">{through}</style:style>'
        for name, family in (("T1", "text"), ("ce1", "table-cell"))
    )
    part = 'Accord on culture <text:span text:style-name="T1">and sport</text:span> for all'
    down, over = 'table:number-rows-spanned="2"', 'table:number-columns-spanned="3"'
    struck = 'table:style-name="ce1"'
    rows = [
        "".join(map(cell, HEAD)),
        cell("007", value="7") + cell(part) + cell("Peru", down),
        cell("1.10", value="1.1") + cell("Accord B") + covered,
        cell("9", value="9") + cell("Accord C") + cell("Chile"),
        cell("10", struck, "10") + cell("Accord D", struck) + cell("Chile", struck),
        cell("AFRICA", over) + covered * 2,
    ]
    hidden = {3: ' table:visibility="collapse"'}
    body = "".join(
        f"<table:table-row{hidden.get(number, '')}>{row}</table:table-row>"
        for number, row in enumerate(rows)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="List">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", opendocument.MIME_TYPE)
        package.writestr("META-INF/manifest.xml", opendocument.MANIFEST)
        package.writestr("content.xml", content)
    return path


@pytest.fixture(params=[xlsx, ods], ids=["xlsx", "ods"])
def rows(request, tmp_path):
    path = request.param(tmp_path / f"list.{request.param.__name__}")
    return dict(open_spreadsheet(path).rows())


def test_numbers_are_read_as_they_are_shown(rows):
    assert [rows[number][0] for number in (2, 3, 4)] == ["007", "1.10", 9]


def test_merged_cells_tell_the_value_of_the_first(rows):
    assert rows[2].merged == {}
    assert rows[3] == ["1.10", "Accord B"]
    assert rows[3].merged == {2: ("C2:C3", True, "Peru")}
    assert rows[6].merged == dict.fromkeys((1, 2), ("A6:C6", False, "AFRICA"))


def test_hidden_rows_are_told(rows):
    assert [number for number, row in rows.items() if row.hidden] == [4]
    assert rows[4].hidden == "row"


def test_struck_text_is_told_with_what_is_left(rows):
    assert rows[2].struck == {1: ("and sport", "Accord on culture  for all")}
    assert rows[5].struck == dict.fromkeys(range(3), ("", ""))
    assert not any(rows[number].struck for number in (1, 3, 4, 6))


def test_rows_that_a_filter_hides(tmp_path):
    book = Workbook(tmp_path / "list.xlsx")
    sheet = book.add_worksheet()
    for number, row in enumerate([HEAD, [1, "Accord A", "Peru"], [2, "Accord B", "Chile"]]):
        sheet.write_row(number, 0, row)
    sheet.autofilter("A1:C3")
    sheet.filter_column("C", "x == Peru")
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    found = dict(open_spreadsheet(tmp_path / "list.xlsx").rows())
    assert [row.hidden for row in found.values()] == ["", "", "filter"]


def test_a_workbook_without_any_of_it(tmp_path):
    book = Workbook(tmp_path / "list.xlsx")
    book.add_worksheet().write_row(0, 0, [*HEAD, 1.5])
    book.close()
    [(_number, row)] = open_spreadsheet(tmp_path / "list.xlsx").rows()
    assert (row, row.hidden, dict(row.merged), dict(row.struck)) == ([*HEAD, 1.5], "", {}, {})


def test_a_range_as_wide_as_the_program_allows_costs_no_more_than_the_sheet():
    merged = MergedCells([(2, 0, 2**20, 2**14)], width=3)
    assert [list(merged.of(number, ["x"])) for number in (1, 2, 3)] == [[], [1, 2], [0, 1, 2]]
