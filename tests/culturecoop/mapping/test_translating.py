"""Rows of foreign sheets become rows of ours."""

import datetime
import re

import pytest

from culturecoop.mapping import Invalid, Mapping, Rule, Translator
from culturecoop.sheets.columns import Column, DateWidget
from culturecoop.sheets.resources import SheetResource
from culturecoop.tabular.reading import CellError

DAY = datetime.datetime(2007, 12, 16)


class Index:
    """Names of two parties, and what it was taught."""

    def __init__(self):
        self.known = {"France": ("FR",), "Korea, Republic of": ("KR",), "FR": ("FR",)}
        self.asked = []

    def find(self, name, date=""):
        self.asked.append(name)
        return self.known.get(name)

    def is_dated(self, name):
        return False

    def teach(self, names=None, new=None):
        self.known |= {name: tuple(codes) for name, codes in (names or {}).items()}


class Treaties(SheetResource):
    """A sheet with a column of each kind."""

    name = "treaties"
    keys = required = ("slug",)
    slug = Column("slug")
    title = Column("title")
    note = Column("note")
    signature = Column("signature", DateWidget())
    force = Column("force", DateWidget())
    parties = Column("parties")

    def __init__(self):
        super().__init__()
        self.index = Index()

    def names(self, target):
        return self.index if target == "parties" else None


HEADINGS = ["ID", "Name", "Signed (G)", "Signed (S)", "Parties", "Remark"]
PARTS = {"slug": Rule("slug", ("ID",), combine="slug", prefix="t")}


def translator(*rules, headings=HEADINGS, **mapping):
    columns = PARTS | {rule.target: rule for rule in rules}
    return Translator(Mapping("treaties", columns=columns, **mapping), headings, Treaties())


def row(**cells):
    """A row under HEADINGS from the first letters of their names."""
    names = ["id", "name", "goods", "services", "parties", "remark"]
    return [cells.get(name, "") for name in names]


def test_slugs():
    translate = translator(Rule("slug", ("ID", "Name"), combine="slug", prefix="t"))
    first = translate.row(row(id=12, name="Élan  & Co")).cells["slug"]
    assert first == "t-12-elan-co"
    assert translate.row(row()).cells["slug"] == ""
    assert re.fullmatch("t-1-[0-9a-f]{8}", translate.row(row(id=1, name="Συνθήκη")).cells["slug"])
    long = [translate.row(row(id=1, name="word " * 60 + end)).cells["slug"] for end in "ab"]
    assert [len(slug) <= 150 for slug in long] == [True, True]
    assert long[0] != long[1]
    assert re.fullmatch(r"t-1-word.*-[0-9a-f]{8}", long[0])


@pytest.mark.parametrize(
    ("combine", "cell"),
    [
        ("first", "A\nb"), ("join", "A\nb x y"), ("lines", "A\nb\nx y"),
        ("labelled", "Name: A\nb\nRemark: x y"),
    ],
)  # fmt: skip
def test_texts_of_several_columns(combine, cell):
    translate = translator(Rule("note", ("Name", "Signed (G)", "Remark"), combine=combine))
    assert translate.row(row(name=" A\r\nb ", remark="x y")).cells["note"] == cell
    assert translate.row(row()).cells["note"] == ""


def test_the_value_stands_for_what_is_empty():
    translate = translator(Rule("title", value="Treaty"), Rule("note", ("Remark",), value="none"))
    assert translate.row(row(remark="x")).cells["note"] == "x"
    assert translate.row(row()).cells == {"slug": "", "title": "Treaty", "note": "none"}


def test_texts_that_mean_nothing():
    translate = translator(Rule("note", ("Remark", "Name")), empty=("NA", "n / a"))
    for nothing in ("NA", "na ", "N/A", " n/ a"):
        assert translate.row(row(remark=nothing, name="x")).cells["note"] == "x"
    assert translate.row(row(remark="NA 1")).cells["note"] == "NA 1"


def test_long_texts_are_cut_at_a_word():
    translate = translator(Rule("title", ("Name",), shorten=12))
    assert translate.row(row(name="Twelve signs")).cells["title"] == "Twelve signs"
    assert translate.row(row(name="Twelve signs, more")).cells["title"] == "Twelve…"
    assert translate.row(row(name="Twelve of signs")).cells["title"] == "Twelve of…"
    assert translate.row(row(name="Unbreakable-text")).cells["title"] == "Unbreakable…"


def test_dates():
    sources = ("Signed (G)", "Signed (S)")
    translate = translator(
        Rule("signature", sources, combine="earliest", notation="day_first"),
        Rule("force", sources, combine="latest", notation="day_first"),
    )
    cells = translate.row(row(goods=DAY, services="01/02/2006")).cells
    assert (cells["signature"], cells["force"]) == ("2006-02-01", "2007-12-16")
    cells = translate.row(row(goods=2007, services="9999-12-31")).cells
    assert (cells["signature"], cells["force"]) == ("2007", "2007")


def test_sentinels_are_notes_and_other_bad_dates_faults():
    translate = translator(Rule("signature", ("Signed (G)", "Signed (S)")))
    done = translate.row(row(goods="31.12.9999", services="16 May 2001"))
    assert done.cells["signature"] == "2001-05-16"
    assert [(heading, value) for heading, value, _m in done.notes] == [("Signed (G)", "31.12.9999")]
    assert done.errors == []
    done = translate.row(row(goods="05/06/2003"))
    assert done.cells["signature"] == ""
    assert [(heading, value) for heading, value, _m in done.errors] == [
        ("Signed (G)", "05/06/2003")
    ]


def test_words_of_ours_for_theirs():
    values = {"Customs Union": "agreement", "MoU": "memorandum", "-": ""}
    translate = translator(Rule("note", ("Remark",), values=values, value="other"))
    assert translate.row(row(remark=" customs  union")).cells["note"] == "agreement"
    assert translate.row(row(remark="agreement")).cells["note"] == "agreement"
    assert translate.row(row(remark="-")).cells["note"] == "other"
    [[heading, value, message]] = translate.row(row(remark="Pact")).errors
    assert (heading, value) == ("Remark", "Pact")
    assert "“Customs Union”" in message
    translate = translator(Rule("note", ("Remark",), values=values | {"*": "rest"}))
    assert translate.row(row(remark="Pact")).cells["note"] == "rest"


def test_several_words_in_a_cell():
    rule = Rule("note", ("Remark",), separator=";", values={"A": "a", "B": "a", "C": "c"})
    assert translator(rule).row(row(remark="C; a; B")).cells["note"] == "c; a"


def test_names_of_parties():
    rule = Rule("parties", ("Parties",), separator=",")
    translate = translator(rule, names={"La France": ["FR"], "Both": ["FR", "KR"], "Nobody": []})
    done = translate.row(row(parties="Korea, Republic of, La France, France, Nobody"))
    assert done.cells["parties"] == "KR; FR"
    assert translate.row(row(parties="Both")).cells["parties"] == "FR; KR"
    assert done.errors == []
    for _time in range(2):
        done = translate.row(row(parties="France, Atlantis, Atlantis"))
    assert [fault[:2] for fault in done.errors] == [["Parties", "Atlantis"]]
    assert translate.unmatched == {"Atlantis": 2}
    assert translate.codes == {"FR", "KR"}


def test_parties_of_every_row():
    rule = Rule("parties", ("Parties",), value="KR", always=("La France",))
    translate = translator(rule, names={"La France": ["FR"]})
    found = [translate.row(row(parties=name)).cells["parties"] for name in ("KR", "France", "")]
    assert found == ["FR; KR", "FR", "FR; KR"]
    assert translate.codes == {"FR"}
    assert translate.row(row(parties="Atlantis")).errors
    translate = translator(Rule("parties", value="FR", always=("FR",)))
    assert translate.row(row()).cells["parties"] == "FR"


@pytest.mark.parametrize(
    "rule",
    [
        Rule("parties", ("Parties",), always=("Atlantis",)),
        Rule("parties", ("Parties",), always=("FR",), combine="same"),
        Rule("title", ("Name",), always=("FR",)),
    ],
)
def test_only_parties_that_are_known_are_in_every_row(rule):
    with pytest.raises(Invalid, match=rf"columns\.{rule.target}.*always"):
        translator(rule)


def test_names_in_several_columns():
    translate = translator(Rule("parties", ("Name", "Parties"), combine="join"))
    assert translate.row(row(name="France", parties="FR")).cells["parties"] == "FR"
    assert translate.row(row(parties="Korea, Republic of")).cells["parties"] == "KR"


def test_cells_that_hold_no_usable_value():
    translate = translator(Rule("title", ("Name",)))
    done = translate.row(
        [*row(id=1, name=CellError("#REF!"), remark=CellError("#N/A")), "", "stray"]
    )
    assert done.cells["title"] == ""
    assert [fault[:2] for fault in done.errors] == [["Name", "#REF!"], ["H", "stray"]]
    assert [f[:2] for f in translate.row(row(name="a\0b")).errors] == [["Name", "a␀b"]]


def test_a_short_row_is_empty_at_its_end():
    assert translator(Rule("note", ("Remark",))).row([1]).cells == {"slug": "t-1", "note": ""}


def test_a_sheet_of_our_own_is_not_changed():
    headings = ["slug", "signature", "parties"]
    mapping = Mapping.for_resource_sheet("treaties", headings)
    translate = Translator(mapping, headings, Treaties())
    cells = translate.row(["x ", "5.6.2003", "Atlantis\r\n"])
    assert cells.cells == {"slug": "x ", "signature": "5.6.2003", "parties": "Atlantis\n"}
    assert (cells.errors, cells.notes) == ([], [])


def test_headings_are_found_whatever_their_case_and_blanks():
    translate = translator(Rule("title", ("name  OF it",)), headings=["ID", "Name of It"])
    assert translate.row([1, "x"]).cells["title"] == "x"
    assert translate.source_of("title") == "Name of It"
    assert translate.source_of("force") == "force"


def test_columns_that_the_sheet_lacks_are_named_with_those_it_has():
    with pytest.raises(Invalid, match=r"“Nom”.*“ID”, “Name”"):
        translator(Rule("title", ("Nom",)))


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"slug": PARTS["slug"], "nom": Rule("nom", ("Name",))}, "nom"),
        ({"title": Rule("title", ("Name",))}, "slug"),
        ({"slug": PARTS["slug"], "force": Rule("force", ("Name",), combine="lines")}, "force"),
    ],
)  # fmt: skip
def test_rules_that_do_not_fit_the_resource_are_refused(rules, named):
    with pytest.raises(Invalid, match=named):
        Translator(Mapping("treaties", columns=rules), HEADINGS, Treaties())


def test_a_mapping_for_a_file_of_many_columns_is_refused_in_few_words():
    headings = [f"Heading {number}" for number in range(116)]
    with pytest.raises(Invalid) as caught:
        translator(headings=headings)
    message = str(caught.value)
    assert "“ID”" in message
    assert "“Heading 0”" in message
    assert "“Heading 9”" in message
    assert "“Heading 10”" not in message
    assert "106 more" in message
