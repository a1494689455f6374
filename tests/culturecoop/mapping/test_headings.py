"""Finding and naming the headings of a sheet."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.mapping import headings
from culturecoop.tabular.reading import Row, Unreadable

DAY = datetime.date(2001, 2, 3)
words = st.sampled_from(["", "Name", "Name (2)", " Name", "Column B", "Date\nof", "D", "A / B"])


class Sheet:
    """Rows as a spreadsheet gives them."""

    def __init__(self, rows):
        self.all = [(n, Row(cells)) for n, cells in enumerate(rows, 1) if any(cells)]

    def sheet(self, name):
        return name or "Table"

    def rows(self, name):
        return iter(self.all)


@given(st.lists(st.lists(words, max_size=8), max_size=3))
def test_every_column_has_a_name_of_its_own(rows):
    names = headings.named(rows)
    assert len(names) == max((len(row) for row in rows), default=0)
    assert len(set(names)) == len(names)
    assert all(name and name == name.strip() for name in names)


@given(st.lists(st.text("abc", min_size=1), unique=True))
def test_good_headings_stay_as_they_are(names):
    assert headings.named([names]) == names


def test_blank_and_doubled_headings():
    assert headings.named([[" Name ", "", "Name", "Date\n of"]]) == [
        "Name", "Column B", "Name (2)", "Date of",
    ]  # fmt: skip


def test_two_rows_with_merged_cells():
    rows = [["Title", "Dates", "", "", "Notes"], ["", "Signature", "Force", "", ""]]
    assert headings.named(rows) == [
        "Title", "Dates / Signature", "Dates / Force", "Column D", "Notes",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["id", "title", "signed"], [1, "A", DAY], [2, "B", DAY]], (1, 1)),
        ([["Treaties of Ruritania"], [], ["as of", "2001-02-03"], ["id", "title", "signed"],
          [1, "A", DAY], [2, "B", DAY]], (4, 4)),
        ([["Title", "Dates", "", "Notes"], ["", "Signature", "Force", ""],
          ["A", DAY, DAY, "x"], ["B", DAY, "", "y"]], (1, 2)),
        ([["", "Dates", "", "Other", ""], ["Title", "Signature", "Force", "Kind", "Note"],
          ["A", DAY, DAY, "x", ""], ["B", DAY, DAY, "y", "z"]], (1, 2)),
        ([["title", "", "party"], ["A", "x", "France"], ["B", "y", "Spain"]], (1, 1)),
        ([["title", "party"], ["A treaty", "France"], ["B treaty", "Spain"]], (1, 1)),
        ([["title", "party"]], (1, 1)),
        ([[1, 2], [3, 4]], (1, 1)),
        ([], (1, 1)),
    ],
)  # fmt: skip
def test_guessing_the_rows_of_headings(rows, expected):
    assert headings.guess(Sheet(rows).rows("")) == expected


def test_the_table_below_the_headings():
    sheet = Sheet([["Preamble"], ["a", "b"], [1, 2], [], [3], [4, 5, 6]])
    names, rows = headings.table_at(sheet, "", (2, 2))
    assert names == ["a", "b"]
    assert list(rows) == [(3, [1, 2]), (5, [3, ""]), (6, [4, 5, 6])]


def test_columns_without_heading_at_the_end_get_one_when_most_rows_fill_them():
    names, _rows = headings.table_at(Sheet([["a"], [1, 2], [3, 4], [5]]), "", (1, 1))
    assert names == ["a", "Column B"]


def test_no_row_of_headings_is_refused():
    with pytest.raises(Unreadable):
        headings.table_at(Sheet([]), "", (1, 1))
    with pytest.raises(Unreadable):
        headings.table_at(Sheet([["a"]]), "", (3, 4))
