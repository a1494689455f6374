"""Cells that hold no usable value are never taken for blank ones."""

import openpyxl
import pytest
from django.core.files.base import ContentFile
from xlsxwriter import Workbook

from culturecoop.imports import jobs
from culturecoop.tabular.reading import CellError, Unreadable, open_spreadsheet
from tests.culturecoop.imports.plannedjobs import export, kinds, saved

from .making import raw_ods, raw_xlsx


def first_row(path):
    [(_number, cells)] = open_spreadsheet(path).rows()
    return cells


def test_a_formula_without_a_result_clears_no_date(make_agreement):
    """openpyxl writes <f>…</f><v></v>, other programs leave the <v> out."""
    make_agreement("chile", title="Chile", events=[("signature", "2002-11-18")])
    headings, [row] = export("agreements")
    book = openpyxl.Workbook()
    book.active.append(headings)
    book.active.append([row[heading] for heading in headings])
    book.active.cell(2, headings.index("signature") + 1).value = "=A2"
    job = jobs.plan(jobs.create(ContentFile(saved(book)), name="a.xlsx", resource="agreements"))
    assert kinds(job) == ["error"], job.rows.get().changes


@pytest.mark.parametrize("value", ["<v></v>", "<v/>", ""])
def test_a_formula_without_a_result(tmp_path, value):
    cells = f'<c r="A1"><f>B1</f>{value}</c><c r="B1"><v>1</v></c>'
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')
    assert isinstance(first_row(path)[0], CellError)


def test_a_formula_whose_result_is_the_empty_text(tmp_path):
    cells = '<c r="A1" t="str"><f>B1</f><v></v></c><c r="B1"><v>1</v></c>'
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')
    assert first_row(path) == ["", 1]


def test_cells_that_do_not_say_where_they_stand(tmp_path):
    rows = '<row><c><v>1</v></c></row><row><c t="e"><v>#N/A</v></c><c/><c><f>A1</f></c></row>'
    path = raw_xlsx(tmp_path / "a.xlsx", rows)
    (_one, _cells), (number, cells) = open_spreadsheet(path).rows()
    assert number == 2
    assert [isinstance(cell, CellError) for cell in cells] == [True, False, True]


def test_a_formula_without_a_value_in_ods(tmp_path):
    row = (
        '<table:table-row><table:table-cell table:formula="of:=[.B1]"/>'
        '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p>'
        "</table:table-cell></table:table-row>"
    )
    cells = first_row(raw_ods(tmp_path / "a.ods", row))
    assert isinstance(cells[0], CellError)
    assert cells[1] == 3


def test_more_faults_than_are_kept(tmp_path):
    with Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(50_001):
            sheet.write_formula(row, 0, "=NA()", None, "#N/A")
    with pytest.raises(Unreadable, match="More than 50000 cells"):
        list(open_spreadsheet(tmp_path / "a.xlsx").rows())


def test_a_cell_of_an_unknown_type_in_ods_is_a_fault_and_not_blank(tmp_path):
    kinds = ["string", "fraction", "float"]
    cells = "".join(
        f'<table:table-cell office:value-type="{kind}" office:value="3"><text:p>3</text:p>'
        "</table:table-cell>"
        for kind in kinds
    )
    found = first_row(raw_ods(tmp_path / "a.ods", f"<table:table-row>{cells}</table:table-row>"))
    assert [isinstance(cell, CellError) for cell in found] == [False, True, False]
    assert found[1] == "3"
