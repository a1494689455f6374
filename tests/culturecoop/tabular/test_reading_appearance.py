"""What a sheet shows beside its values: the same of a workbook in XLSX and in ODS.

The XLSX files are written by xlsxwriter, the ODS files by hand as LibreOffice writes them.
"""

import zipfile

import pytest
from xlsxwriter import Workbook

from culturecoop.tabular import opendocument
from culturecoop.tabular.parsing.marks import Marks, MergedCells
from culturecoop.tabular.reading import CellError, open_spreadsheet

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


def ods_cell(text="", attributes="", value="", whole=""):
    if value:
        attributes += f' office:value-type="float" office:value="{value}"'
    elif text or whole:
        attributes += ' office:value-type="string"'
    inside = whole or (f"<text:p>{text}</text:p>" if text else "")
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def style(name, family, through):
    inside = f'<style:text-properties style:text-line-through-style="{through}"/>'
    return f'<style:style style:name="{name}" style:family="{family}">{inside}</style:style>'


STYLES = style("T1", "text", "solid") + style("T2", "text", "none")
STYLES += style("ce1", "table-cell", "solid")
SPAN = '<text:span text:style-name="T1">Old</text:span>'


def list_in_ods(path):
    covered, struck = "<table:covered-table-cell/>", 'table:style-name="ce1"'
    part = 'Accord on culture <text:span text:style-name="T1">and sport</text:span> for all'
    down, over = 'table:number-rows-spanned="2"', 'table:number-columns-spanned="3"'
    rows = [
        [ods_cell(text) for text in HEAD],
        [ods_cell("007", value="7"), ods_cell(part), ods_cell("Peru", down)],
        [ods_cell("1.10", value="1.1"), ods_cell("Accord B"), covered],
        [ods_cell("9", value="9"), ods_cell("Accord C"), ods_cell("Chile")],
        [ods_cell("10", struck, "10"), ods_cell("Accord D", struck), ods_cell("Chile", struck)],
        [ods_cell("AFRICA", over), covered, covered],
    ]
    return ods(path, *rows, hidden=3)


def ods(path, *cells, rows="", hidden=None):
    """An ODS of rows of cells; `rows` are attributes of each, `hidden` is the index of one."""
    collapsed = ' table:visibility="collapse"'
    body = "".join(
        f"<table:table-row {rows}{collapsed if number == hidden else ''}>{''.join(row)}"
        "</table:table-row>"
        for number, row in enumerate(cells)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="List">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", opendocument.MIME_TYPE)
        package.writestr("META-INF/manifest.xml", opendocument.MANIFEST)
        package.writestr("content.xml", content)
    return path


@pytest.fixture(params=[xlsx, list_in_ods], ids=["xlsx", "ods"])
def rows(request, tmp_path):
    path = request.param(tmp_path / "list")
    return dict(open_spreadsheet(path).rows())


def test_numbers_are_read_as_they_are_shown(rows):
    assert [rows[number][0] for number in (2, 3, 4)] == ["007", "1.10", 9]


def test_merged_cells_tell_the_value_of_the_first(rows):
    assert rows[2].merged == {}
    assert rows[3] == ["1.10", "Accord B"]
    assert rows[3].merged == {2: ("C2:C3", True, "Peru", None)}
    assert rows[6].merged == dict.fromkeys((1, 2), ("A6:C6", False, "AFRICA", None))


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
    merged = MergedCells(Marks(merged=[(2, 0, 2**20, 2**14)]), width=3)
    assert [list(merged.of(number, ["x"])) for number in (1, 2, 3)] == [[], [1, 2], [0, 1, 2]]


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    # As Excel shows them (support.microsoft.com, “number format codes”).
    [
        ("000", 7, "007"), ("0.00", 1.1, "1.10"), ("[Red]000;-000", 7, "007"), ("000_)", 7, "007"),
        ('"No. "00', 7, "No. 07"), ("00\\/0000", 62016, "06/2016"), ("0000-00", 12345, "0123-45"),
        ("000", 12345, "12345"), ("0.00", 3.3000000000000003, "3.30"), ("0.0", 1.25, 1.25),
        ("0", 7, 7), ("General", 7, 7), ("yyyy", 7.5, None),
    ],
)  # fmt: skip
def test_formats_of_numbers(tmp_path, code, number, shown):
    book = Workbook(tmp_path / "list.xlsx")
    book.add_worksheet().write(0, 0, number, book.add_format({"num_format": code}))
    book.close()
    [(_number, [cell])] = open_spreadsheet(tmp_path / "list.xlsx").rows()
    assert shown is None or (cell, type(cell)) == (shown, type(shown))


def test_a_format_gives_no_lost_digits_back(tmp_path):
    book = Workbook(tmp_path / "list.xlsx")
    zeros = book.add_format({"num_format": "0.00"})
    book.add_worksheet().write(0, 0, 1234567890123456789, zeros)
    book.close()
    [(_number, [cell])] = open_spreadsheet(tmp_path / "list.xlsx").rows()
    assert isinstance(cell, CellError)


def test_runs_go_before_the_style_of_their_cell(tmp_path):
    book = Workbook(tmp_path / "list.xlsx")
    struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
    sheet = book.add_worksheet()
    sheet.write_rich_string(0, 0, struck, "Old title ", plain, "New title", struck)
    sheet.write_rich_string(1, 0, struck, "Old ", struck, "title", struck)
    sheet.write(2, 0, "Old", struck)
    book.close()
    rows = dict(open_spreadsheet(tmp_path / "list.xlsx").rows())
    assert rows[1].struck == {0: ("Old title ", "New title")}
    assert rows[2].struck == rows[3].struck == {0: ("", "")}


class TestOds:
    def rows(self, tmp_path, cells, **attributes):
        return dict(open_spreadsheet(ods(tmp_path / "a.ods", cells, **attributes)).rows())

    def test_a_comment_is_no_text_of_its_cell(self, tmp_path):
        comment = "<office:annotation><text:p>my comment</text:p></office:annotation>"
        part = comment + f"<text:p>{SPAN} title</text:p>"
        rows = self.rows(tmp_path, [ods_cell(whole=part)])
        assert rows[1].struck == {0: ("Old", " title")}

    def test_blanks_and_paragraphs_are_kept(self, tmp_path):
        part = f'<text:p>{SPAN} of<text:s/>Rome</text:p><text:p>and<text:s text:c="2"/>so</text:p>'
        rows = self.rows(tmp_path, [ods_cell(whole=part)])
        assert rows[1].struck == {0: ("Old", " of Rome\nand  so")}

    def test_a_plain_span_in_a_struck_cell_is_left(self, tmp_path):
        part = '<text:p>Old <text:span text:style-name="T2">New</text:span></text:p>'
        rows = self.rows(tmp_path, [ods_cell(attributes='table:style-name="ce1"', whole=part)])
        assert rows[1].struck == {0: ("Old ", "New")}

    def test_repeated_cells_and_rows_are_all_marked(self, tmp_path):
        twice = 'table:number-columns-repeated="2"'
        cells = [ods_cell("007", twice, "7"), ods_cell("Old", 'table:style-name="ce1"')]
        rows = self.rows(tmp_path, cells, rows='table:number-rows-repeated="2"')
        assert [list(row) for row in rows.values()] == [["007", "007", "Old"]] * 2
        assert [row.struck for row in rows.values()] == [{2: ("", "")}] * 2
