"""A row of the file that makes several of ours, and rules that hold for some rows only."""

import pytest

from culturecoop.mapping import Invalid, Mapping, Translator
from culturecoop.sheets.columns import Column, DateWidget

from .test_translating import Index, SheetResource

HEADINGS = ["ID", "Party", "Signed", "Bound", "Days", "Remark"]
AGREEMENT = {"agreement": {"sources": ["ID"]}}
SIGNED = {"kind": {"value": "signature"}, "date": {"sources": ["Signed"], "notation": "words"}}
BOUND = {
    "date": {"sources": ["Bound"], "notation": "lettered"},
    "kind": {"sources": ["Bound"], "take": "letter", "values": {"a": "accession", "A": "accept"}},
}
ENTRY = {
    "kind": {"value": "entry"},
    "party": {"sources": ["party"]},
    "date": {"sources": ["from"], "notation": "words"},
}


class Events(SheetResource):
    """A sheet of events."""

    name = "events"
    keys = required = ("agreement",)
    agreement = Column("agreement")
    kind = Column("kind")
    party = Column("party")
    date = Column("date", DateWidget())
    end = Column("end", DateWidget())

    def __init__(self):
        super().__init__()
        self.index = Index()

    def names(self, target):
        return self.index if target == "party" else None


def rows(cells, *tables, columns=None, is_further=False, **more):
    """What a row of the file makes; `cells` are {heading: text}."""
    content = {"resource": "events", "columns": AGREEMENT | (columns or {}), "rows": tables, **more}
    mapping = Mapping.from_dict(content)
    mapping.is_further = is_further
    return Translator(mapping, HEADINGS, Events()).rows([cells.get(h, "") for h in HEADINGS])


def told(made):
    names = ("kind", "party", "date")
    return [tuple(row.cells.get(name, "") for name in names) for row in made]


def test_a_row_for_each_date():
    party = {"party": {"sources": ["Party"]}}
    cells = {"ID": "x", "Party": "France", "Signed": "1 May 2004", "Bound": "2 May 2005 A"}
    made = rows(cells, {"columns": SIGNED}, {"columns": BOUND}, columns=party)
    assert told(made) == [("signature", "FR", "2004-05-01"), ("accept", "FR", "2005-05-02")]
    assert [row.cells["agreement"] for row in made] == ["x", "x"]
    assert made[1].sources["kind"] == made[1].sources["date"] == "Bound"


def test_a_row_without_dates_is_there_once():
    [row] = rows({"ID": "x"}, {"columns": SIGNED}, {"columns": BOUND})
    assert row.left_out
    assert row.errors == []
    assert rows({"ID": "x"}, {"columns": SIGNED}, is_further=True) == []


def test_a_date_that_is_wrong_is_told_beside_those_that_are_right():
    cells = {"ID": "x", "Signed": "31 June 2004", "Bound": "2 May 2005 a"}
    wrong, right = rows(cells, {"columns": SIGNED}, {"columns": BOUND})
    assert [fault[:2] for fault in wrong.errors] == [["Signed", "31 June 2004"]]
    assert not wrong.left_out
    assert right.errors == []


def test_a_date_without_a_letter_where_each_has_one():
    [row] = rows({"ID": "x", "Bound": "2 May 2005"}, {"columns": BOUND})
    assert "No letter stands behind the date" in row.errors[0][2]


def test_the_pieces_of_a_cell():
    cells = {"Days": "France(01-May-2004 - ); Korea, Republic of( - 2-Jun-2010); FR(2001 - 2002)"}
    exit_ = ENTRY | {"date": {"sources": ["until"]}, "kind": {"value": "exit"}}
    made = rows(cells, {"spans": "days", "columns": ENTRY}, {"spans": "Days", "columns": exit_})
    assert told(made) == [
        ("entry", "FR", "2004-05-01"),
        ("entry", "FR", "2001"),
        ("exit", "KR", "2010-06-02"),
        ("exit", "FR", "2002"),
    ]


def test_a_piece_that_cannot_be_read_is_told():
    cells = {"Days": "France(01-May-2004 - ); Korea since 2010; Atlantis(2001 - )"}
    exit_ = ENTRY | {"date": {"sources": ["until"]}}
    tables = [{"spans": "Days", "columns": columns} for columns in (ENTRY, exit_)]
    first, second, third = rows(cells, *tables)
    assert told([first]) == [("entry", "FR", "2004-05-01")]
    assert second.errors[0][:2] == ["Days", "Atlantis"]
    assert second.unknown == ["Atlantis"]
    assert third.errors[0][:2] == ["Days", "Korea since 2010"]


def test_a_day_that_stands_for_none_is_told():
    [row] = rows({"Days": "France(01-Jan-9999 - )"}, {"spans": "Days", "columns": ENTRY})
    assert row.left_out
    assert "no date" in row.notes[0][2]


def test_a_question_is_put_with_its_row():
    asked = {"spans": "Days", "question": "Which act?", "columns": ENTRY}
    [row] = rows({"Days": "France(2004 - )"}, asked)
    assert (row.question, row.cells["party"], row.cells["date"]) == ("Which act?", "FR", "2004")


@pytest.mark.parametrize(
    ("remark", "kinds", "notes"),
    [
        ("", ["entry"], 0),
        ("Provisional  Application: see", ["applied"], 0),
        ("provisional application since\n2004, suspended", [], 1),
        ("Suspended", ["entry"], 0),
    ],
)
def test_conditions(remark, kinds, notes):
    """What no rule takes is told, also where it is made of a piece."""
    entry = {"spans": "Days", "columns": ENTRY, "unless": {"Remark": "provisional application"}}
    where = {"Remark": ["provisionally applied", "provisional application"]}
    applied = entry | {"where": where, "unless": {"Remark": ["suspended"]}}
    applied["columns"] = ENTRY | {"kind": {"value": "applied"}}
    made = rows({"Days": "France(2004 - )", "Remark": remark}, entry, applied)
    assert [row.cells["kind"] for row in made if not row.left_out] == kinds
    found = [note for row in made for note in row.notes]
    assert [note[:2] for note in found] == [["Days", "2004"]] * notes
    further = rows({"Days": "France(2004 - )", "Remark": remark}, entry, applied, is_further=True)
    assert len(further) == len(made)


def test_conditions_of_columns():
    columns = {
        "date": {"sources": ["Signed"], "where": {"Remark": "signed"}},
        "end": {"sources": ["Signed"], "where": {"Remark": []}, "unless": {"Remark": "signed"}},
    }
    for remark, date, end, notes in [("Signed.", 1, 0, 0), ("over", 0, 1, 0), ("", 0, 0, 1)]:
        [row] = rows({"Signed": "2004", "Remark": remark}, columns=columns)
        assert (bool(row.cells["date"]), bool(row.cells["end"])) == (bool(date), bool(end))
        assert len(row.notes) == notes


def test_questions_of_a_row():
    question = {"text": "Look.", "where": {"Remark": ["signed"]}, "unless": {"Signed": []}}
    [row] = rows({"Remark": "Signed on Monday"}, questions=[question])
    assert row.notes == [["Remark", "Signed on Monday", "Look."]]
    [row] = rows({"Remark": "Signed on Monday", "Signed": "2004"}, questions=[question])
    assert row.notes == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"rows": [{"columns": {"kind": {"value": "x"}}}]}, "rows.1: A row needs a date"),
        ({"rows": [{"columns": {"date": {"value": "2004"}}}]}, "rows.1: A row needs a date"),
        ({"rows": {}}, "rows: Expected a list"),
        ({"rows": [{"colums": {}}]}, "rows.1.colums: Unknown"),
        ({"rows": [{"columns": {"date": {"take": "x"}}}]}, "rows.1.columns.date.take"),
        ({"rows": [{"spans": "Nowhere", "columns": ENTRY}]}, "lacks the columns “Nowhere”"),
        ({"rows": [{"columns": SIGNED, "where": {"Nowhere": "x"}}]}, "lacks the columns “Nowhere”"),
        ({"rows": [{"columns": SIGNED, "where": ["x"]}]}, "rows.1.where: Expected a table"),
        ({"rows": [{"columns": ENTRY}]}, "lacks the columns “from”"),
        ({"questions": [{"text": "Look."}]}, "questions.1.where: This has to be given"),
        ({"further": [{"resource": "events"}]}, "further.1.columns: This has to be given"),
        (
            {"rows": [{"columns": {"date": {"sources": ["Bound"], "notation": "lettered"}}}]},
            "rows.1.date.notation: It needs a column",
        ),
    ],
)
def test_what_cannot_be_used_is_told(content, message):
    with pytest.raises(Invalid, match=message):
        Translator(
            Mapping.from_dict({"resource": "events", "columns": AGREEMENT, **content}),
            HEADINGS,
            Events(),
        )
