"""Names that meant another state at another time: the date of the agreement tells which."""

import pytest

from agreements.models import Party
from agreements.names import PartyNames
from culturecoop.countrynames.aliases import holds_everywhere
from culturecoop.countrynames.builtin import builtin
from culturecoop.countrynames.keys import key
from culturecoop.languages import EU_LANGUAGES, country_name
from culturecoop.mapping import Mapping, Rule, Translator
from culturecoop.sheets import registry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "date", "codes"),
    [
        ("Yugoslavia", "1968-05-01", ("YUCS",)), ("Jugoslawien", "1992-04-26", ("YUCS",)),
        ("Yugoslavia", "1992-04-27", ("CSXX",)), ("Yougoslavie", "2003-02-03", ("CSXX",)),
        ("Yugoslavia", "1992", None), ("Yugoslavia", "2003-02-04", None),
        ("Vietnam", "1968", None), ("Vietnam", "1976-07-02", ("VN",)),
        ("Wietnam", "2001?", ("VN",)),
        ("Viet Nam", "1947-03", ("VDVN",)), ("Vietnam", "1900", None),
        ("Yemen", "1965", ("YEMEN-ARAB-REPUBLIC",)), ("Jemen", "1975", None),
        ("Yémen", "1990-05-22", ("YE",)), ("Congo", "1985-11-03", ("CG",)),
        ("Republic of the Congo", "1962", None), ("République du Congo", "1970", ("CG",)),
        ("Congo (Republic of the)", "1963-05-05", None), ("Republik Kongo", "2001", ("CG",)),
        ("Kongo", "1965-11-03", None), ("Congo", "1998", None), ("Congo", "1971", None),
        ("Republic of China", "1930", ("CN",)), ("Republic of China", "1960", ("TW",)),
        ("Rhodesia", "1970", ("ZW",)), ("Rhodesia", "1960", None),
        ("Korea", "1990", None), ("Germany", "1970", ("DE",)), ("France", "1970", ("FR",)),
    ],
)  # fmt: skip
def test_the_date_decides_where_one_state_was_called_so(name, date, codes):
    assert PartyNames().find(name, date) == codes


def test_without_a_date_a_name_means_what_it_usually_does():
    names = PartyNames()
    assert names.find("Vietnam") == ("VN",)
    assert names.find("Yugoslavia") == ("YUCS",)
    assert names.find("Congo") is None


@pytest.mark.parametrize("code", ["VN", "YE"])
def test_in_every_language(code):
    names = [country_name(code, language) for language in EU_LANGUAGES]
    assert [name for name in names if key(name) not in builtin().meanings] == []


def test_an_answer_counts_as_long_as_there_was_the_state():
    names = PartyNames()
    names.teach({"Vietnam": ["VDVN"], "Congo": ["CD"], "Yemen": ["YE"], "Yugoslavia": []})
    assert names.find("Vietnam", "1968-01-01") == ("VDVN",)
    assert names.find("Vietnam", "1990-01-01") == ("VN",)
    assert names.find("Congo", "1985-01-01") == ("CD",)
    assert names.find("Yemen", "1975-01-01") == ("YE",)
    assert names.find("Yugoslavia", "1975-01-01") == ()


def test_a_party_of_the_register_with_such_a_name():
    Party.objects.create(code="YUCS", name="Yugoslavia", kind="former_country")
    names = PartyNames()
    assert names.find("Yugoslavia", "1999") == ("CSXX",)
    Party.objects.create(code="CONGO", name="Congo", kind="former_country")
    assert PartyNames().find("Congo", "1985") == ("CONGO",)


def test_what_the_date_decides_is_no_alias():
    assert not holds_everywhere("Vietnam", "VN")
    assert not holds_everywhere("Yugoslavia", "YUCS")


@pytest.fixture
def translated():
    def of(*rows, date="signature", **more):
        columns = {
            "slug": Rule("slug", ("No",), combine="slug"),
            "parties": Rule("parties", ("Parties",), separator=";"),
            date: Rule(date, ("Signed",), notation="day_first"),
        }
        resource, headings = registry.find("agreements")(), ["No", "Parties", "Signed"]
        mapping = Mapping("agreements", columns=columns, **more)
        assert Mapping.from_dict(mapping.to_dict()) == mapping
        translator = Translator(mapping, headings, resource)
        return translator, [translator.row(list(row), n) for n, row in enumerate(rows, 2)]

    return of


def test_rows_of_one_file_mean_different_states(translated):
    translator, rows = translated(
        ["1", "France; Yugoslavia", "16/05/1968"],
        ["2", "France; Yugoslavia", "16/05/1999"],
        ["3", "Vietnam", "16/05/1968"],
        ["4", "Vietnam", "16/05/1988"],
        ["5", "Yugoslavia", ""],
        ["6", "Yugoslavia", "no day"],
    )
    assert [row.cells["parties"] for row in rows] == [
        "FR; YUCS", "FR; CSXX", "", "VN", "YUCS", "YUCS",
    ]  # fmt: skip
    assert list(rows[0].cells) == ["slug", "parties", "signature"]
    assert translator.unmatched == {"Vietnam": 1}
    assert translator.places["Vietnam"] == 4
    assert translator.codes == {"FR", "YUCS", "CSXX", "VN"}


def test_a_state_that_no_row_means_is_not_added(translated):
    translator, _rows = translated(["1", "Vietnam", "16/05/1947"])
    assert translator.codes == {"VDVN"}


def test_a_date_that_tells_no_signature_decides_nothing(translated):
    _translator, [row] = translated(["1", "Yugoslavia", "16/05/1999"], date="entry_into_force")
    assert row.cells["parties"] == "YUCS"


def test_what_was_answered_for_a_row_goes_first(translated):
    answers = {
        "korea": {"a-1": ["KP"], "a-3": []},
        "Yugoslavia": {"a-2": ["CSXX", "ME"]},
        "France": {"a-2": ["ZZ"]},
    }
    translator, rows = translated(
        ["A 1", "Peru; Korea", ""],
        ["A 2", "Yugoslavia; France", "16/05/1968"],
        ["A 3", "Peru; Korea", ""],
        ["A 4", "Peru; Korea; Yugoslavia", "16/05/1968"],
        names={"Korea": ["KR"]},
        row_names=answers,
    )
    found = [row.cells["parties"] for row in rows]
    assert found == ["PE; KP", "CSXX; ME", "PE", "PE; KR; YUCS"]
    assert translator.unmatched == {"France": 1}  # the answer is a code of nobody
