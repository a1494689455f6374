"""What is written comes back as it was, whatever the text."""

import csv
import datetime
import io
import re
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from culturecoop.tabular import formulas, writing
from culturecoop.tabular.reading import CellError, as_text, open_spreadsheet
from culturecoop.texts import FORBIDDEN
from tests.profiles import examples

characters = st.characters(exclude_categories=["Cs"]).filter(
    lambda char: char != "\r" and not FORBIDDEN.search(char)
)
spiced = st.sampled_from(
    ["=1+1", "+", "-", "@x", "\t", "\n", "'", '"', "''=", "_x000D_", "_x005F_", "007", "1e5",
     "TRUE", "🇫🇷", "עברית", "\u202e", "  ", "&lt;", "<b>", "]]>", ",", ";", "|", "#N/A", "########",
     "3.1996E+282"]
)  # fmt: skip
texts = st.lists(characters | spiced, max_size=12).map("".join)


def round_trip(path, kind, rows):
    with open(path, "wb") as file:
        writing.write(file, kind, "Agreements", ["slug", "title_en", "n"], rows)
    return list(open_spreadsheet(path).rows())


@pytest.mark.parametrize("kind", writing.FORMATS)
@examples(1 / 2)
@given(cells=st.lists(texts, min_size=1, max_size=40))
def test_any_text_comes_back(tmp_path_factory, kind, cells):
    path = tmp_path_factory.mktemp("round") / f"a.{kind}"
    rows = round_trip(path, kind, [["row", text, "end"] for text in cells])
    found = [row[1] for _number, row in rows[1:]]
    assert found == cells
    assert not [cell for cell in found if isinstance(cell, CellError)]


@pytest.mark.parametrize("kind", writing.FORMATS)
def test_the_longest_text_and_its_neighbours(tmp_path, kind):
    longest = ("=Ä\n" * 12_000)[:32_000]
    rows = round_trip(tmp_path / f"a.{kind}", kind, [["a", longest, "x"], ["b", "", "y"]])
    assert rows[1:] == [(2, ["a", longest, "x"]), (3, ["b", "", "y"])]


@pytest.mark.parametrize("kind", writing.FORMATS)
def test_other_cells(tmp_path, kind):
    day, moment = datetime.date(2012, 12, 31), datetime.datetime(2012, 1, 2, 3, 4, 5)
    cells = [1, 1.5, True, False, day, moment, None, "x"]
    [_head, (_number, row)] = round_trip(tmp_path / f"a.{kind}", kind, [cells])
    texts = ["1", "1.5", "TRUE", "FALSE", "2012-12-31", "2012-01-02 03:04:05", "", "x"]
    assert [as_text(cell) for cell in row] == texts
    if kind != "csv":
        assert row == [1, 1.5, True, False, day, moment, "", "x"]


@given(texts)
def test_escaping_is_reversible_and_safe(text):
    cell = formulas.escaped(text)
    assert formulas.unescaped(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("separator", ";\t|")
@given(st.lists(texts, min_size=1, max_size=3))
@example(["a;=cmd|' /C calc'!A0;b"])
@example(["x", "a;=1;b"])
@example(["x", "a\t'=1+1"])
@example(["x", "a\n=1+1"])
def test_no_program_finds_a_formula_in_a_csv_file(separator, cells):
    """Whatever its separator: with another than ours, quotation marks may hold nothing together."""
    file = io.BytesIO()
    writing.write(file, "csv", "A", ["a"], [cells])
    text = file.getvalue().decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
             for cell in row]  # fmt: skip
    found += re.split(rf"[\r\n{separator}]", text)
    assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("separator", ";\t|")
def test_a_csv_file_full_of_other_separators_is_read_as_it_was(tmp_path, separator):
    cells = [f"a{separator}=1", f'"x"{separator}"y"', f"{separator}{separator}"]
    rows = round_trip(tmp_path / "a.csv", "csv", [cells] * 5)
    assert [row for _number, row in rows[1:]] == [cells] * 5


def test_foreign_apostrophes_are_kept():
    assert [formulas.unescaped(cell) for cell in ("'t Hooft", "''quoted''", "'")] == [
        "'t Hooft", "''quoted''", "'",
    ]  # fmt: skip


def test_csv_is_made_for_excel():
    file = io.BytesIO()
    writing.write(file, "csv", "A", ["a", "b"], [["=HYPERLINK(1)", "é\nf"]])
    assert file.getvalue() == '\ufeff"a","b"\r\n"\'=HYPERLINK(1)","é\nf"\r\n'.encode()
    assert list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))


def test_workbooks_hold_no_formula(tmp_path):
    rows = [["=1+1", "+1", "-1"]]
    for kind, entry in (("xlsx", "xl/worksheets/sheet1.xml"), ("ods", "content.xml")):
        file = io.BytesIO()
        writing.write(file, kind, "A", ["a", "b", "c"], rows)
        xml = zipfile.ZipFile(file).read(entry).decode()
        assert "<f>" not in xml
        assert "formula" not in xml
        assert "=1+1" in xml


def test_several_sheets_and_their_names(tmp_path):
    for kind in ("xlsx", "ods"):
        path = tmp_path / f"a.{kind}"
        with open(path, "wb") as file, writing.WRITERS[kind](file) as writer:
            writer.add_sheet("Parties: all [of] them / and a very long name", ["a"], [["1"]])
            writer.add_sheet("Events & “more”", ["b"], [["2"]])
        spreadsheet = open_spreadsheet(path)
        assert spreadsheet.sheets == ["Parties  all  of  them   and a", "Events & “more”"]
        assert list(spreadsheet.rows("Events & “more”")) == [(1, ["b"]), (2, ["2"])]
