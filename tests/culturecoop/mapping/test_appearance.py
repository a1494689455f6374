"""What a foreign sheet shows beside its values, and rows without a title."""

import datetime

import pytest

from culturecoop.mapping import Mapping, Rule, Translator
from culturecoop.mapping.appearance import is_made_date
from culturecoop.tabular.reading import CellError, Row
from culturecoop.tabular.reading.cells import Merged, Struck

from .test_translating import Treaties

HEADINGS = ["No", "Title", "Partner", "Signed"]
CELLS = ["2", "Accord B", "France", "2002-02-03"]
WITHOUT_PARTNER = ["2", "Accord B", "", "2002-02-03"]
RULES = [
    Rule("slug", ("No",), combine="slug", prefix="t"),
    Rule("title", ("Title",)),
    Rule("parties", ("Partner",)),
    Rule("signature", ("Signed",), notation="iso"),
]


NO_TREATY = Rule("title", ("Title",), values={"Treaty": "", "Accord": "Accord"})


class Titled(Treaties):
    """A sheet whose title is known as such."""

    def is_title(self, column):
        return column == "title"

    def is_name(self, column):
        return column in ("slug", "title")


def translated(cells=CELLS, marks=None, columns=RULES, **choices):
    """What a row makes; `marks` are attributes of the Row, `choices` of the Mapping."""
    row = Row(cells)
    for name, value in (marks or {}).items():
        setattr(row, name, value)
    mapping = Mapping("treaties", columns={rule.target: rule for rule in columns}, **choices)
    return Translator(mapping, HEADINGS, Titled()).row(row)


def told(found):
    return [(column, message) for column, _value, message in found]


class TestMergedCells:
    from_above = {"merged": {2: Merged("C2:C4", True, "France")}}
    beside = {"merged": {2: Merged("B2:C2", False, "Accord B")}}

    def test_without_a_choice_they_are_an_error_that_names_the_cells(self):
        row = translated(WITHOUT_PARTNER, self.from_above)
        [(column, message)] = told(row.errors)
        assert column == "Partner"
        assert "C2:C4" in message
        assert "“France”" in message
        assert row.seen == {"merged"}

    def test_the_value_stands_for_each_row(self):
        row = translated(WITHOUT_PARTNER, self.from_above, merged="fill")
        assert (row.errors, row.cells["parties"]) == ([], "FR")
        assert told(row.notes) == [("Partner", "Merged with the cells above (C2:C4).")]

    def test_the_value_stands_for_the_first_row_only(self):
        row = translated(WITHOUT_PARTNER, self.from_above, merged="blank")
        assert (row.errors, row.cells["parties"]) == ([], "")
        assert "Left empty" in row.notes[0][2]

    def test_what_is_merged_with_cells_beside_it_is_never_filled(self):
        row = translated(WITHOUT_PARTNER, self.beside, merged="fill")
        assert "Split them" in row.errors[0][2]
        assert row.cells["parties"] == ""

    @pytest.mark.parametrize("choice", ["", "fill", "blank"])
    def test_what_stands_under_them_is_told(self, choice):
        row = translated(CELLS, {"merged": {2: Merged("C2:C3", True, "")}}, merged=choice)
        assert "“France” stands under merged cells (C2:C3)" in row.errors[0][2]

    def test_cells_beside_are_an_error_whatever_is_chosen(self):
        assert "Split them" in translated(WITHOUT_PARTNER, self.beside, merged="blank").errors[0][2]

    def test_what_is_struck_out_in_the_first_cell_is_so_in_each_row(self):
        marks = {"merged": {2: Merged("C2:C4", True, "Italy; France", Struck("Italy; ", "France"))}}
        row = translated(WITHOUT_PARTNER, marks, merged="fill", struck="leave_out")
        assert (row.cells["parties"], row.errors) == ("FR", [])
        whole = {"merged": {2: Merged("C2:C4", True, "France", Struck("", ""))}}
        row = translated(WITHOUT_PARTNER, whole, merged="fill", struck="leave_out")
        assert row.cells["parties"] == ""
        assert "“France” is struck out" in row.notes[-1][2]

    def test_merged_cells_without_a_value_say_nothing(self):
        row = translated(WITHOUT_PARTNER, {"merged": {2: Merged("C2:C4", True, "")}})
        assert (row.errors, row.notes, row.seen) == ([], [], set())

    def test_the_heading_of_a_section_makes_nothing(self):
        over = dict.fromkeys((1, 2, 3), Merged("A2:D2", False, "AFRICA"))
        row = translated(["AFRICA", "", "", ""], {"merged": over})
        assert "heading of a section" in row.left_out
        assert (row.cells, row.errors) == ({}, [])


class TestHiddenRows:
    @pytest.mark.parametrize("how", ["row", "filter"])
    def test_they_are_read_and_noted(self, how):
        row = translated(marks={"hidden": how})
        assert row.cells["title"] == "Accord B"
        assert ("filter" in row.notes[0][2]) == (how == "filter")

    def test_they_are_left_out_where_that_is_chosen(self):
        row = translated(marks={"hidden": "row"}, hidden="leave_out")
        assert "as was chosen" in row.left_out
        assert not translated(hidden="leave_out").left_out


class TestStruckText:
    part = {"struck": {1: Struck("and sport", "Accord on culture ")}}
    whole = {"struck": dict.fromkeys(range(4), Struck("", ""))}
    cells = ["2", "Accord on culture and sport", "France", ""]

    def test_it_is_read_and_noted(self):
        row = translated(self.cells, self.part)
        assert row.cells["title"] == "Accord on culture and sport"
        assert told(row.notes) == [("Title", "“and sport” is struck out in the file.")]

    def test_it_is_left_out_where_that_is_chosen(self):
        row = translated(self.cells, self.part, struck="leave_out")
        assert row.cells["title"] == "Accord on culture"
        assert "“and sport”" in row.notes[0][2]

    def test_a_cell_that_is_struck_as_a_whole(self):
        one = {"struck": {2: Struck("", "")}}
        assert translated(marks=one).cells["parties"] == "FR"
        assert translated(marks=one, struck="leave_out").cells["parties"] == ""

    def test_half_a_date_or_number_has_to_be_decided(self):
        cells, half = ["2", "Accord", "France", "2001-02-031"], {3: Struck("1", "2001-02-03")}
        row = translated(cells, {"struck": half})
        assert row.errors[0][0] == "Signed"
        assert "choose" in row.errors[0][2]
        row = translated(cells, {"struck": half}, struck="leave_out")
        assert row.cells["signature"] == "2001-02-03"

    def test_a_row_that_is_struck_as_a_whole_is_noted_once(self):
        row = translated(marks=self.whole)
        assert told(row.notes) == [("", "This row is struck out in the file.")]
        assert "as was chosen" in translated(marks=self.whole, struck="leave_out").left_out


class TestTitles:
    def test_a_row_with_other_content_lacks_its_title(self):
        row = translated(["1", "", "France", ""])
        assert (row.untitled, row.left_out) == ("Title", "")

    @pytest.mark.parametrize("cells", [["Total", "", "", ""], ["", "", "", ""]])
    def test_a_row_with_nothing_else_makes_nothing(self, cells):
        row = translated(cells)
        assert "no title" in row.left_out
        assert row.seen == {"untitled"}

    def test_a_row_with_an_error_is_not_left_out(self):
        row = translated(["5", CellError("#NAME?"), "", ""])
        assert (row.untitled, row.left_out) == ("Title", "")
        assert row.errors

    def test_a_title_that_the_mapping_leaves_empty_is_missing(self):
        row = translated(["5", "Treaty", "", ""], columns=[RULES[0], NO_TREATY])
        assert (row.untitled, row.left_out, row.cells["title"]) == ("Title", "", "")

    def test_a_title_alone_is_asked_about(self):
        row = translated(["", "Source: the register of treaties", "", ""])
        assert not row.left_out
        assert "a heading, or a remark" in row.notes[0][2]
        assert not translated(["3", "Accord C", "", ""]).notes


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Accord on cul\u00adture", "Accord on culture"),
        ("\u202bAccord B\u202c", "Accord B"),
        ("\u200b\ufeffAccord C", "Accord C"),
        ("Accord\u2028D", "Accord D"),
        ("Acc\u200dord E", "Accord E"),
        ("नियम\u200dों", "नियम\u200dों"),  # it means something there
        ("Accord d’été", "Accord d’été"),
    ],
)
def test_letters_that_nobody_sees_are_taken_out_and_noted(title, kept):
    row = translated(["2", title, "France", ""])
    assert row.cells["title"] == kept
    assert bool(row.notes) == (title != kept) == ("invisible" in row.seen)


@pytest.mark.parametrize(
    "cell",
    [
        "3-Jul",
        "Jul-24",
        "1-Mär",
        "mars-07",
        datetime.date(2024, 7, 3),
        "07-Mar",
        "17-Mar-24",
        "03. Jul",
        "03.Jul",
    ],
)
def test_a_date_in_place_of_a_number_is_an_error_of_its_cell(cell):
    row = translated([cell, "Accord B", "France", ""])
    assert row.errors[0][0] == "No"
    assert row.seen == {"date"}


@pytest.mark.parametrize("cell", ["#REF!", "3.1996E+282"])
def test_what_a_program_has_spoilt_is_an_error_also_as_text_of_a_workbook(cell):
    row = translated([cell, "Accord B", "France", ""])
    assert row.errors[0][0] == "No"


@pytest.mark.parametrize("cell", ["3/7", "3-abc", "Jul", "A-24", "March 2002", "DEC-09", 12])
def test_what_may_be_a_number_or_a_name_is_left_alone(cell):
    assert not is_made_date(cell)
