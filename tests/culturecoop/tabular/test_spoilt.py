"""Values that a spreadsheet program has put in place of others."""

import pytest

from culturecoop.tabular import spoilt
from culturecoop.tabular.reading import CellError, open_spreadsheet

from .making import text_file, workbook


@pytest.mark.parametrize(
    "text",
    # As Excel and LibreOffice name them, in English, German, French, Spanish, Italian, Dutch,
    # Polish, Swedish and Finnish (support.microsoft.com, “formula error”; help.libreoffice.org).
    ["#NAME?", "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "########",
     "#BEZUG!", "#WERT!", "#NV", "#NOM?", "#VALEUR!", "#¿NOMBRE?", "#¡REF!", "#¡DIV/0!", "#N/D",
     "#RIF!", "#NAAM?", "#WAARDE!", "#N/B", "#NAZWA?", "#ARG!", "#DZIEL/0!", "#VÄRDEFEL!",
     "#PUUTTUU!", "Err:502", " #N/A ", "#DĚLENÍ_NULOU!", "#Н/Д", "#Δ/Υ", "#HIÁNYZIK", "#YOK",
     "#GETTING_DATA", "Błąd:508"],
)  # fmt: skip
def test_errors_are_known_in_any_language(text):
    assert spoilt.reason(text) == "error"


@pytest.mark.parametrize("text", ["3.1996E+282", "1.23E+11", "1,23E+11", "-1.2e+05", "2E+10"])
def test_numbers_that_lost_their_digits_are_known(text):
    assert spoilt.reason(text) == "digits"


@pytest.mark.parametrize(
    "text",
    ["", "#", "#1", "# 12", "#culture", "#1!", "31996E0278", "3.1996E282", "E+U", "1E5", "A.1E+02",
     "Agreement #2: what is new?", "Err:1", "Order:502",
     "#MeToo!", "#StandWithUkraine!", "Vol:512"],
)  # fmt: skip
def test_what_somebody_may_have_typed_is_left_alone(text):
    assert spoilt.reason(text) == ""


def test_such_a_cell_of_a_text_file_is_an_error_with_what_it_shows(tmp_path):
    path = text_file(tmp_path / "a.csv", "No,Title\n1.91431E+18,#NAME?\n7,'#NAME?\n")
    (_number, spoiled), (_next, escaped) = list(open_spreadsheet(path).rows())[1:]
    assert spoiled == ["1.91431E+18", "#NAME?"]
    assert [cell.reason for cell in spoiled] == ["digits", "error"]
    assert escaped == ["7", "#NAME?"]
    assert not isinstance(escaped[1], CellError)


def test_a_number_of_a_workbook_with_more_digits_than_are_kept_is_an_error(tmp_path):
    longest = [10**15 - 1, 10**15, 3.1996e282, -1914310000010123456]
    path = workbook(tmp_path / "a.xlsx", {"Sheet": [["a", "b", "c", "d"], longest]})
    kept, *spoiled = list(open_spreadsheet(path).rows())[1][1]
    assert kept == 10**15 - 1
    assert [type(cell) for cell in spoiled] == [CellError] * 3
    assert spoiled == ["1E+15", "3.1996E+282", "-1.91431000001012E+18"]
