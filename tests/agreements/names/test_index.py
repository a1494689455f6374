"""Which party a name means."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Party
from agreements.names import PartyNames
from culturecoop.countrynames.builtin import builtin
from culturecoop.countrynames.keys import STOP_WORDS, key
from culturecoop.mapping.names import split


@pytest.fixture
def party(db):
    def make(code, name="", kind="country", aliases=(), **names):
        made = Party.objects.create(code=code, name=name, kind=kind)
        for alias in aliases:
            made.aliases.create(alias=alias)
        for language, translated in names.items():
            made.names.create(language=language, name=translated)
        return made

    return make


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NETHERLANDS THE", "NL"), ("The Netherlands", "NL"), ("Holland", "NL"),
        ("Korea, Republic of", "KR"), ("Republic of Korea", "KR"), ("South Korea", "KR"),
        ("Korea (Republic of)", "KR"), ("Corée du Sud", "KR"), ("KOR", "KR"), ("KR", "KR"),
        ("Korea, Democratic People's Republic of", "KP"), ("North Korea", "KP"),
        ("Korea (Democratic People’s Republic of)", "KP"), ("Coreia do Norte", "KP"),
        ("Congo, Democratic Republic of the", "CD"), ("Congo - Kinshasa", "CD"),
        ("Congo (Brazzaville)", "CG"), ("República do Congo", "CG"), ("Zaire", "CD"),
        ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Guinea Bissau", "GW"),
        ("Equatorial Guinea", "GQ"), ("Papua New Guinea", "PG"), ("Guiné Equatorial", "GQ"),
        ("Ireland", "IE"), ("IRELAND, REPUBLIC OF", "IE"), ("Irlanda", "IE"),
        ("Micronesia (Federated States of)", "FM"), ("Micronesia, Fed. States", "FM"),
        ("Niger", "NE"), ("Nigeria", "NG"), ("Dominica", "DM"), ("Dominican Republic", "DO"),
        ("Sudan", "SD"), ("South Sudan", "SS"), ("Szudán", "SD"), ("Dél-Szudán", "SS"),
        ("Samoa", "WS"), ("American Samoa", "AS"), ("Côte d'Ivoire", "CI"), ("Ivory Coast", "CI"),
        ("UNITED STATES OF AMERICA", "US"), ("U.S.A.", "US"), ("Estados Unidos", "US"),
        ("Great Britain", "GB"), ("Vereinigtes Königreich", "GB"), ("Österreich", "AT"),
        ("GERMANY FEDERAL REPUBLIC", "DE"), ("German Democratic Republic", "DDDE"),
        ("Land Berlin", "DE"), ("Soviet Union", "SUHH"), ("U.S.S.R.", "SUHH"), ("SUN", "SUHH"),
        ("SIAM", "TH"), ("BURMA", "MM"), ("Persia", "IR"), ("CEYLON", "LK"), ("ROUMANIA", "RO"),
        ("Serbia", "RS"), ("MACEDONIA THE FYR OF", "MK"), ("Turkey", "TR"), ("Türkiye", "TR"),
        ("CZECHOSLOVAKIA", "CSHH"), ("Czech Republic", "CZ"), ("Czechia", "CZ"),
        ("Yugoslavia, Federal Republic of", "CSXX"), ("Yugoslavia", "YUCS"),
        ("Hong Kong, China", "HK"), ("Chinese Taipei", "TW"), ("Holy See", "VA"),
        ("St. Kitts and Nevis", "KN"), ("São Tomé e Príncipe", "ST"), ("Ελλάδα", "GR"),
        ("European Union", "EU"), ("  france ", "FR"),
    ],
)  # fmt: skip
def test_names_are_found(db, name, code):
    assert PartyNames().find(name) == (code,)


@pytest.mark.parametrize(
    "name",
    [
        "Congo", "CONGO", "Korea", "Corée", "Virgin Islands", "Northern Ireland",
        "Micronesia Islands",
        "Guinea, Ghana", "Guinea, Guinea-Bissau", "Guinea, Equatorial Guinea", "Serbia, Montenegro",
        "Montenegro; Serbia", "China, Hong Kong", "Sudan, South Sudan", "Serbia - Montenegro",
        "Congo, Congo", "EC", "Atlantis", "", " ", "the", "of the", "NO ANSWER", "n/a", "-", "kr",
    ],
)  # fmt: skip
def test_nothing_is_guessed(db, name):
    assert PartyNames().find(name) is None


def test_what_the_register_says_comes_first(party):
    party("CONGO", "Congo", kind="former_country")
    party("SU", "Soviet Union", kind="former_country")
    party("XG", "Georgia", kind="grouping", aliases=["Transcaucasia"], fr="Transcaucasie")
    names = PartyNames()
    assert names.find("Congo") == ("CONGO",)
    assert names.find("Georgia") == ("XG",)
    assert names.find("TRANSCAUCASIE") == names.find("Transcaucasia") == ("XG",)
    assert names.find("USSR") == names.find("SUHH") == ("SU",)
    assert names.new == {}


def test_a_name_of_two_parties_of_the_register_is_none(party):
    party("A1", "The Union", kind="grouping")
    party("A2", "Union", kind="grouping")
    assert PartyNames().find("Union") is None
    assert PartyNames().find("A2") == ("A2",)


def test_a_code_that_is_also_a_name_is_none(party):
    party("EC")
    assert PartyNames().find("Ecuador") == ("EC",)
    assert PartyNames().find("EC") is None  # the European Community in many lists
    party("EU", aliases=["EC"])
    assert PartyNames().find("EC") == ("EU",)


def test_what_the_register_does_not_have_is_new(party):
    party("DE")
    names = PartyNames()
    for name in ("Germany", "Allemagne", "France", "USSR", "UN", "Kosovo", "Nowhere"):
        names.find(name)
    assert names.new == {
        "FR": {"kind": "country", "name": ""},
        "SUHH": {"kind": "former_country", "name": "Soviet Union"},
        "UN": {"kind": "organisation", "name": "United Nations"},
        "XK": {"kind": "country", "name": ""},
    }


def test_new_parties_can_be_made(db):
    names = PartyNames()
    for name in builtin().keys:
        names.find(name)
    assert len(names.new) > 250
    for code, row in names.new.items():
        Party(code=code, **row).full_clean()


def test_answers_of_the_editor(party):
    party("EFTA", "EFTA", kind="grouping")
    names = PartyNames()
    assert names.find("Congo") is names.find("Benelux") is None
    names.teach(
        {"Congo": ["CG"], "BENELUX ": ["BE", "NL", "BENELUX-1"], "All others": []},
        {
            "BENELUX-1": {"kind": "grouping", "name": "Benelux"},
            "UNUSED": {"kind": "x", "name": "y"},
        },
    )
    assert names.find(" congo") == ("CG",)
    assert names.find("Benelux") == ("BE", "NL", "BENELUX-1")
    assert names.find("all  others") == ()
    assert names.new["BENELUX-1"] == {"kind": "grouping", "name": "Benelux"}
    assert set(names.new) == {"CG", "BE", "NL", "BENELUX-1"}
    assert names.find("BENELUX-1") == ("BENELUX-1",)
    names.teach({}, {"SPICE-ISLANDS": {"kind": "former_country", "name": "Spice Islands"}})
    assert names.find("The Spice Islands") == ("SPICE-ISLANDS",)


def test_an_answer_with_a_code_of_nobody_is_asked_again(party):
    names = PartyNames()
    names.teach({"Ruritanie": ["RUR"], "Les deux": ["FR", "RUR"]})
    assert names.find("Ruritanie") is names.find("Les deux") is None
    assert names.new == {}
    names.teach({}, {"RUR": {"kind": "former_country", "name": "Ruritania"}})
    assert names.find("Les deux") == ("FR", "RUR")


def test_answers_of_the_editor_come_first(party):
    party("GE", "Georgia")
    names = PartyNames()
    names.teach({"Georgia": ["US"]})
    assert names.find("georgia") == ("US",)


WORDS = st.lists(st.text("abcéü", min_size=2, max_size=6), min_size=1, max_size=5)


@given(WORDS, st.randoms(use_true_random=False))
def test_case_order_and_stop_words_make_no_difference(words, random):
    other = [word.upper() for word in words] + random.choices(sorted(STOP_WORDS), k=2)
    random.shuffle(other)
    assert key(", ".join(other)) == key(" ".join(words))


@given(st.text(max_size=60))
def test_any_text_has_a_key(text):
    assert key(text) == key(f" {text} ")


def test_historical_names_are_told_once():
    import tomllib

    from culturecoop.countrynames.builtin import HISTORICAL

    content = tomllib.loads(HISTORICAL.read_text())
    former = content["former"]
    tables = content["names"] | {code: [*r["names"], r["name"]] for code, r in former.items()}
    told = {}
    for code, names in tables.items():
        for name in names:
            assert key(name), name
            assert told.setdefault(key(name), code) == code, name
    assert not set(map(key, content["unclear"])) & set(told)


def test_the_built_in_names_are_collected_once():
    assert builtin() is builtin()


def test_each_name_is_looked_up_once(party, monkeypatch, django_assert_num_queries):
    party("EU", "European Union", kind="organisation", aliases=["Union"], fr="Union européenne")
    looked_up, look_up = Counter(), PartyNames._look_up

    def counted(names, name):
        looked_up[name] += 1
        return look_up(names, name)

    monkeypatch.setattr(PartyNames, "_look_up", counted)
    texts = ["Germany", "Korea, Republic of", "Atlantis", "USSR", "EU", "Union"]
    with django_assert_num_queries(3):  # parties, their names, their aliases
        names = PartyNames()
        for _round in range(100):
            for text in texts:
                names.find(text)
    assert looked_up == dict.fromkeys(texts, 1)


@pytest.mark.parametrize(
    "name",
    ["Germany (Democratic Republic)", "Allemagne (République démocratique)", "Alemania (RDA)",
     "China (Republic of)", "China (ROC)", "Ireland (Northern)", "Georgia (US state)",
     "Sudan (French)", "Guinea (Spanish)", "Cyprus (Northern)", "Yemen (PDR)",
     "UK (on behalf of Hong Kong)", "Netherlands (for Aruba)"],
)  # fmt: skip
def test_brackets_that_may_mean_another_party_are_asked(db, name):
    [(_name, codes)] = split(name, "", PartyNames().find)
    assert codes is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("Korea (Republic of)", "KR"), ("Gambia (The)", "GM"), ("United Kingdom (UK)", "GB"),
     ("Iran (Islamic Republic of)", "IR"), ("France (1992)", "FR"), ("Peru (14 May 1990)", "PE")],
)  # fmt: skip
def test_brackets_that_say_the_same_party(db, name, code):
    [(_name, codes)] = split(name, "", PartyNames().find)
    assert codes == (code,)


def test_a_list_stays_one_when_the_register_has_a_party_of_both(db):
    Party.objects.create(code="AUHU", name="Austria-Hungary", kind="former_country")
    Party.objects.create(code="CSXX", name="Serbia and Montenegro", kind="former_country")
    index = PartyNames()
    assert index.find("Austria, Hungary") is None
    assert index.find("Serbia, Montenegro") is None
    assert index.find("Austria-Hungary") == ("AUHU",)
    assert index.find("Serbia and Montenegro") == ("CSXX",)
