"""A first mapping from the headings, the first rows and earlier mappings."""

import datetime

import pytest

from culturecoop.mapping import Mapping, Rule, Translator, guessing
from culturecoop.sheets import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource():
    return registry.find("agreements")()


def guess(resource, headings, *samples, earlier=()):
    return guessing.guess(resource, headings, samples, earlier)


def test_pairs_of_dates_and_names_with_separators(resource):
    headings = ["RTA ID", "RTA Name", "Type", "Date of Signature (G)", "Date of Signature (S)",
                "Current signatories", "Remarks"]  # fmt: skip
    day = datetime.datetime(2007, 12, 16)
    samples = [
        [1, "France - Korea", "FTA", day, "", "France; Korea, Republic of", "n/a"],
        [2, "France - Chile", "FTA", day, day, "France; Chile", "n/a"],
    ]
    mapping = guess(resource, headings, *samples)
    assert mapping.columns["signature"] == Rule(
        "signature",
        ("Date of Signature (G)", "Date of Signature (S)"),
        combine="earliest",
        notation="iso",
    )
    assert mapping.columns["slug"] == Rule("slug", ("RTA ID",), combine="slug")
    assert mapping.columns["title_en"].sources == ("RTA Name",)
    assert mapping.columns["parties"].separator == ";"
    assert mapping.columns["internal_note"].sources == ("Remarks",)
    assert "kind" not in mapping.columns
    assert mapping.empty == ("n/a",)
    assert Mapping.from_dict(mapping.to_dict()) == mapping
    Translator(mapping, headings, resource)


def test_headings_in_portuguese(resource):
    headings = ["titulo", "parceiro", "data", "status", "vigor_int_em", "expirou_em"]
    mapping = guess(
        resource, headings,
        ["Acordo", "Japão", "27/10/2020", "Em Vigor", "NA", "NA"],
        ["Ajuste", "França", "08/01/2021", "Em Vigor", "01/02/2021", "NA"],
    )  # fmt: skip
    assert mapping.columns["title_pt"].sources == ("titulo",)
    assert mapping.columns["source_language"].value == "pt"
    assert mapping.columns["parties"].sources == ("parceiro",)
    assert mapping.columns["signature"].notation == "day_first"
    assert mapping.columns["entry_into_force"].sources == ("vigor_int_em",)
    assert mapping.columns["entry_into_force"].notation == "day_first"  # as the signature proves
    assert mapping.columns["slug"] == Rule("slug", ("titulo",), combine="slug")


@pytest.mark.parametrize(
    ("headings", "title", "signature"),
    [
        (["Intitulé", "Date de signature", "Pays"], "title_fr", "Date de signature"),
        (["Titel", "Datum der Unterzeichnung", "Länder"], "title_de", "Datum der Unterzeichnung"),
        (["Título", "Fecha de firma", "Países"], "title_es", "Fecha de firma"),
        (["Treaty.Name", "dateOfSignature", "Parties"], "title_en", "dateOfSignature"),
    ],
)  # fmt: skip
def test_headings_in_other_languages(resource, headings, title, signature):
    mapping = guess(resource, headings, ["A", "13/02/2003", "France"])
    assert mapping.columns[title].sources == (headings[0],)
    assert mapping.columns["signature"].sources == (signature,)
    assert mapping.columns["signature"].notation == "day_first"


def test_titles_that_are_doubled_need_more_for_their_slugs(resource):
    headings = ["Title", "Signature", "Parties"]
    samples = [["A", "13/02/2003", "France"], ["A", "14/02/2003", "France"]]
    assert guess(resource, headings, *samples).columns["slug"].sources == ("Title", "Signature")
    samples.append(["A", "14/02/2003", "Spain"])
    assert guess(resource, headings, *samples).columns["slug"].sources == tuple(headings)


def test_what_the_samples_speak_against_is_left_out(resource):
    mapping = guess(resource, ["Title", "Signature", "Parties"], ["A", "by hand", "nobody knows"])
    assert set(mapping.columns) == {"slug", "title_en", "source_language"}


def test_words_of_choices_that_are_ours(resource):
    mapping = guess(resource, ["Title", "Type"], ["A", "Protocol"], ["B", "Agreement"])
    assert mapping.columns["kind"].values == {"Protocol": "protocol", "Agreement": "agreement"}


def test_the_earlier_mapping_whose_columns_are_there_is_taken(resource):
    rule = Rule("slug", ("Ref",), combine="slug")
    fits = Mapping("agreements", sheet="Old", columns={"slug": rule}, names={"F": ["FR"]})
    more = Mapping("agreements", columns={"slug": Rule("slug", ("Ref", "Other"), combine="slug")})
    found = guess(resource, ["Ref", "Title"], earlier=[more, fits])
    assert (found.columns, found.names, found.sheet) == (fits.columns, fits.names, "")


def test_a_sheet_of_our_own_needs_no_guess(resource):
    headings = ["slug", "kind", "title_en"]
    assert guess(resource, headings) == Mapping.for_resource_sheet(resource.name, headings)


def test_a_sheet_that_is_like_nothing(resource):
    assert guess(resource, ["x", "y"], [1, 2]).columns == {}
    assert guess(resource, []).columns == {}
