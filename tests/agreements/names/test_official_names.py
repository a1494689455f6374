"""What states are called in full, in the languages of the European Union."""

from pathlib import Path

import pytest

from agreements.names import PartyNames
from culturecoop.countrynames.builtin import builtin
from culturecoop.countrynames.keys import key
from culturecoop.countrynames.translated import translated_names
from culturecoop.languages import EU_LANGUAGES, country_names

NAMES = Path(__file__).with_name("official_names.txt")


def official_names():
    """Return [(language, code, name)] of the table."""
    lines = [line for line in NAMES.read_text().splitlines() if not line.startswith("#")]
    return [
        (language, *named.split(" ", 1))
        for language, _colon, rest in (line.partition(": ") for line in lines)
        for named in rest.split("; ")
    ]


def test_official_names_are_known(db):
    names = PartyNames()
    found = [(language, name, names.find(name)) for language, _code, name in official_names()]
    expected = [(language, name, (code,)) for language, code, name in official_names()]
    assert len({language for language, _code, _name in official_names()}) > 20
    assert found == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Cote d Ivoire", "CI"), ("Cote dIvoire", "CI"), ("Coree du Sud", "KR"),
        ("Turkei", "TR"), ("Tuerkei", "TR"), ("Turkey", "TR"), ("Türkiye", "TR"),
        ("Tchequie", "CZ"), ("Oesterreich", "AT"), ("Aegypten", "EG"), ("Faeroeerne", "FO"),
        ("BRD", "DE"), ("RFA", "DE"), ("NRD", "DDDE"), ("Československo", "CSHH"),
        ("Spojené štáty americké", "US"), ("Deutsche Demokratische Republik", "DDDE"),
        ("Neuvostoliitto", "SUHH"), ("EE.UU.", "US"), ("REPUBLICA DE COREA", "KR"),
        ("República Popular Democrática de Corea", "KP"), ("Repubblica del Congo", "CG"),
        ("Demokratische Republik Kongo", "CD"), ("Repubblica democratica del Congo", "CD"),
    ],
)  # fmt: skip
def test_usual_forms_in_other_letters(db, name, code):
    assert PartyNames().find(name) == (code,)


@pytest.mark.parametrize(
    "name",
    ["Republik China", "Repubblica di Cina", "République de Chine", "Kongo", "Kongó", "Konžská",
     "Corea", "Korea", "Hiina Vabariik", "Κορέα", "Κονγκό", "Конго", "Корея"],
)  # fmt: skip
def test_what_two_states_are_called_is_asked_in_any_language(db, name):
    assert PartyNames().find(name) is None


@pytest.mark.parametrize("name", ["Slovenčina", "Domov"])
def test_words_that_stand_in_the_place_of_a_translation(db, name):
    assert PartyNames().find(name) is None


def test_no_translation_takes_a_name_from_cldr():
    for language in EU_LANGUAGES:
        for code, name in country_names(language).items():
            found = builtin().keys.get(key(name), code)
            assert found == code, name


def test_every_language_of_the_union_has_translations():
    for language in EU_LANGUAGES:
        count = sum(1 for _name in translated_names([language]))
        assert count > 150 or language == "en", language
