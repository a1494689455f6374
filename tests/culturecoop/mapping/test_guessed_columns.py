"""Columns that belong together, and which of several that could be meant is proposed."""

import pytest

from culturecoop.mapping import Mapping, Rule, Translator, guessing
from culturecoop.mapping.errors import Invalid
from culturecoop.sheets import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource():
    return registry.find("agreements")()


@pytest.fixture
def proposed(resource):
    """The mapping that is proposed, and what becomes of the parties of its rows."""

    def of(headings, *rows):
        mapping = guessing.guess(resource, headings, rows)
        if not mapping.columns:
            return mapping, []
        mapping.columns.setdefault("slug", Rule("slug", value="one"))
        translator = Translator(mapping, headings, resource)
        return mapping, [translator.row(list(row)).cells.get("parties") for row in rows]

    return of


@pytest.mark.parametrize(
    "headings",
    [
        ["Party 1", "Party 2", "Party 3"], ["Partner1", "Partner2", "Partner3"],
        ["Partei (1)", "Partei (2)", "Partei (3)"], ["Country.x", "Country.y", "Country.z"],
        ["State A", "State B", "State C"], ["c1", "c2", "c3"], ["Страна 1", "Страна 2", "Страна 3"],
    ],
)  # fmt: skip
def test_a_column_for_each_party(proposed, headings):
    rows = [["A", "France", "Japan", ""], ["B", "Spain", "", "NA"], ["C", "Italy", "Peru", "Chile"]]
    mapping, parties = proposed(["Title", *headings], *rows)
    assert mapping.columns["parties"].sources == tuple(headings)
    assert parties == ["FR; JP", "ES", "IT; PE; CL"]


@pytest.mark.parametrize("zeros", [False, True])
def test_numbers_of_iso_3166(proposed, zeros):
    numbers = [[4, 356], [12, 250], [891, ""], [68, 152]]
    rows = [[f"T{n}", *([f"{c:03}" if zeros and c else c for c in row])]
            for n, row in enumerate(numbers)]  # fmt: skip
    mapping, parties = proposed(["name", "c1", "c2"], *rows)
    rule = Rule("parties", ("c1", "c2"), combine="join", notation="numeric")
    assert mapping.columns["parties"] == rule
    assert parties == ["AF; IN", "DZ; FR", "CSXX", "BO; CL"]
    assert Mapping.from_dict(mapping.to_dict()) == mapping


def test_one_column_of_numbers(proposed):
    mapping, parties = proposed(["Title", "Country"], ["A", "004"], ["B", "250"])
    assert mapping.columns["parties"].notation == "numeric"
    assert parties == ["AF", "FR"]


def test_how_many_parties_there_are_is_no_party(proposed):
    counts = [["A", 4], ["B", 8], ["C", 2], ["D", 12], ["E", 3]]
    mapping, _parties = proposed(["Title", "Parties"], *counts)
    assert "parties" not in mapping.columns


def test_columns_numbered_alike_that_name_nobody(proposed):
    rows = [["A", "yes", "no"], ["B", "no", "France"]]
    assert "parties" not in proposed(["Title", "q1", "q2"], *rows)[0].columns


def test_numbers_are_names_unless_the_mapping_says_so(resource):
    rules = {"slug": Rule("slug", ("No",), combine="slug"), "parties": Rule("parties", ("P",))}
    translator = Translator(Mapping("agreements", columns=rules), ["No", "P"], resource)
    assert translator.row(["1", "250"]).cells["parties"] == ""
    assert translator.unmatched == {"250": 1}


def test_unknown_numbers_are_asked_and_answered(resource):
    rules = {
        "slug": Rule("slug", ("No",), combine="slug"),
        "parties": Rule("parties", ("P",), notation="numeric"),
    }
    mapping = Mapping("agreements", columns=rules, names={"900": ["XK"]})
    translator = Translator(mapping, ["No", "P"], resource)
    assert [translator.row(["1", text]).cells["parties"] for text in ("900", "901", "Peru")] == [
        "XK", "", "PE",
    ]  # fmt: skip
    assert translator.unmatched == {"901": 1}


def test_dates_are_no_numbers_of_countries(resource):
    rules = {
        "slug": Rule("slug", ("No",), combine="slug"),
        "signature": Rule("signature", ("D",), notation="numeric"),
    }
    with pytest.raises(Invalid, match=r"columns\.signature"):
        Translator(Mapping("agreements", columns=rules), ["No", "D"], resource)


def test_our_side_and_the_other(proposed):
    rows = [["A", "Morocco", "France"], ["B", "Morocco", "Japan"]]
    mapping, parties = proposed(["Title", "Country", "Partner"], *rows)
    assert mapping.columns["parties"].sources == ("Country", "Partner")
    assert parties == ["MA; FR", "MA; JP"]


def test_a_side_with_names_that_have_to_be_asked(proposed):
    rows = [["A", "Germany", "Korea"], ["B", "Germany", "Kongo"], ["C", "Germany", "Ruritania"]]
    mapping, parties = proposed(["Titel", "Staat", "Vertragspartner"], *rows)
    assert mapping.columns["parties"].sources == ("Staat", "Vertragspartner")
    assert parties == ["DE", "DE", "DE"]


def test_where_it_was_signed_is_no_side(proposed):
    rows = [["A", "France", "Morocco"], ["B", "Japan", "Morocco"]]
    mapping, _parties = proposed(["Title", "Partner", "Country of signature"], *rows)
    assert mapping.columns["parties"].sources == ("Partner",)


def test_titles_go_to_the_language_that_their_headings_name(proposed):
    headings = ["Title_fr", "Titel (DE)", "Title in English", "Signature"]
    mapping, _parties = proposed(headings, ["A", "B", "C", "2003"], ["D", "E", "F", "2004"])
    found = {name: r.sources for name, r in mapping.columns.items() if name.startswith("title")}
    assert found == {
        "title_fr": ("Title_fr",),
        "title_de": ("Titel (DE)",),
        "title_en": ("Title in English",),
    }


def test_a_filled_column_goes_before_an_empty_one(proposed):
    headings = ["Title", "Signature", "Date of signature", "Date signed"]
    mapping, _parties = proposed(headings, ["A", "", "NA", "2003-01-05"], ["B", "", "", "2004"])
    assert mapping.columns["signature"].sources == ("Date signed",)


def test_a_date_alone_is_no_slug(proposed):
    mapping, _parties = proposed(["Signature", "Notes"], ["2003-01-05", "x"], ["2004-01-05", "y"])
    assert mapping.columns["slug"] == Rule("slug", value="one")
    mapping, _parties = proposed(["Signature", "Country"], ["2003", "France"], ["2003", "Peru"])
    assert mapping.columns["slug"].sources == ("Signature", "Country")


def test_the_order_that_one_column_proves_holds_for_its_siblings(proposed):
    headings = ["Title", "Signature", "Entry into force", "Termination"]
    rows = [["A", "13/02/2003", "01/03/2004", ""], ["B", "14/02/2003", "02/03/2004", ""]]
    mapping, _parties = proposed(headings, *rows)
    found = {name: mapping.columns[name].notation for name in ("signature", "entry_into_force")}
    assert found == {"signature": "day_first", "entry_into_force": "day_first"}


def test_columns_that_prove_two_orders_prove_nothing(proposed):
    headings = ["Title", "Signature", "Entry into force", "Termination"]
    rows = [["A", "13/02/2003", "03/14/2004", "01/02/2005"], ["B", "14/02/2003", "", "01/02/2006"]]
    mapping, _parties = proposed(headings, *rows)
    assert mapping.columns["termination"].notation == ""


def test_a_column_that_contradicts_itself_keeps_its_question(proposed):
    headings = ["Title", "Signature", "Entry into force"]
    rows = [["A", "13/02/2003", "13/03/2004"], ["B", "14/02/2003", "03/14/2004"]]
    mapping, _parties = proposed(headings, *rows)
    assert mapping.columns["entry_into_force"].notation == ""


def test_a_language_is_proposed_where_all_of_them_are_known(proposed):
    rows = [["A", "French"], ["B", "English"]]
    assert proposed(["Title", "Language"], *rows)[0].columns["source_language"].values == {
        "French": "fr", "English": "en",
    }  # fmt: skip
    mapping, _parties = proposed(["Title", "Language"], *rows, ["C", "English; French"])
    assert mapping.columns["source_language"] == Rule("source_language", value="en")


def test_other_words_for_a_status_mean_nothing(proposed):
    rows = [["A", "In force"], ["B", "Hidden"]]
    assert proposed(["Title", "Status"], *rows)[0].columns["status"].values == {
        "In force": "in_force", "*": "",
    }  # fmt: skip
