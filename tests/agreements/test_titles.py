"""Titles that tell agreements apart."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agreements.models import AgreementEdition, Party, PartyAlias, PartyName
from agreements.titles import full_title
from agreements.vocabulary import Form
from culturecoop.reference.verbs import amend
from culturecoop.search.topics import rebuild_names

pytestmark = pytest.mark.django_db

PROTOCOL = "Protocol on Cultural Cooperation"


@pytest.fixture
def titled(make_agreement):
    """titled("Protocol", ["EU", "KR"]) → the title with its sides, in English."""
    Party.objects.create(code="KR", name="Republic of Korea")
    Party.objects.create(code="EU")
    for code in ("CO", "PE", "EC", "BO"):
        Party.objects.create(code=code)

    def title(title, parties, language="en", beside="", **fields):
        edition = make_agreement("a", title=title, parties=parties, publish=False, **fields)
        return full_title(edition, title, language, beside)

    return title


@pytest.mark.parametrize(
    ("title", "parties", "shown"),
    [
        (PROTOCOL, ["EU", "KR"], f"{PROTOCOL} (EU – Republic of Korea)"),
        (PROTOCOL, ["EU", "PE", "CO"], f"{PROTOCOL} (EU – Peru, Colombia)"),
        (PROTOCOL, ["EU", "CO", "PE", "EC", "BO"], f"{PROTOCOL} (EU – Colombia and 3 others)"),
        (PROTOCOL, ["CO", "PE"], f"{PROTOCOL} (Colombia, Peru)"),
        (PROTOCOL, ["EU"], PROTOCOL),
        (PROTOCOL, [], PROTOCOL),
        ("Agreement with the Republic of Korea", ["EU", "KR"], None),
        ("Agreement with Peru", ["EU", "CO", "PE"], "Agreement with Peru (EU – Colombia, Peru)"),
        ("AGREEMENT WITH PÉRU", ["EU", "PE"], None),
        ("EU–Peru Agreement", ["EU", "PE"], None),
        ("Peruvian films", ["EU", "PE"], "Peruvian films (EU – Peru)"),
    ],
)
def test_the_sides_follow_a_title_that_does_not_name_the_partners(titled, title, parties, shown):
    assert titled(title, parties) == (shown or title)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Agreement with Turkey", "TR"),  # its former name
        ("Abkommen mit der Türkei", "TR"),
        ("Accord avec la Turquie", "TR"),
        ("AGREEMENT WITH TURKEY", "TR"),
        ("Agreement with Upper Volta", "BF"),
        ("Accord avec la Côte-d’Ivoire", "CI"),
        ("Agreement with the People’s Republic of the Congo", "CG"),
        ("Agreement with the U.K.", "GB"),
        ("Agreement with Tur\u00adkey", "TR"),
        ("EU–Turkey Agreement", "TR"),
        ("Agreement with Goryeo", "KR"),  # an alias
        ("Protocole avec la Corée méridionale", "KR"),  # a name of its own in French
    ],
)
def test_a_partner_is_named_by_any_of_its_names(titled, title, code):
    party = Party.objects.get_or_create(code=code)[0]
    if code == "KR":
        PartyAlias.objects.create(party=party, alias="Goryeo")
        PartyName.objects.create(party=party, language="fr", name="Corée méridionale")
    rebuild_names()
    assert titled(title, ["EU", code]) == title


@pytest.mark.parametrize(
    ("title", "code", "partner"),
    [
        ("Turkeys and other birds", "TR", "Türkiye"),
        ("Protocol on island states", "IS", "Iceland"),  # its German name is "Island"
        ("On Upper and Lower Volta", "BF", "Burkina Faso"),
        ("Agreement with Korea", "KR", "Republic of Korea"),  # there are two
    ],
)
def test_a_part_of_a_name_or_of_a_word_names_nobody(titled, title, code, partner):
    Party.objects.get_or_create(code=code)
    rebuild_names()
    assert titled(title, ["EU", code]) == f"{title} (EU – {partner})"


def test_what_is_called_for_short_is_named_by_it(titled):
    Party.objects.create(code="GCC", kind="organisation", name="Gulf Cooperation Council")
    assert titled("Agreement with the GCC", ["EU", "GCC"]) == "Agreement with the GCC"


def test_a_part_of_the_name_of_a_body_does_not_name_it(titled):
    Party.objects.create(code="GCC", kind="organisation", name="Gulf Cooperation Council")
    shown = titled("Agreement with the Gulf", ["EU", "GCC"])
    assert shown == "Agreement with the Gulf (EU – Gulf Cooperation Council)"


def test_names_are_read_once_for_all_titles_of_a_page(make_agreement, client):
    for number, code in enumerate(["TR", "BF", "CI", "GB"]):
        amend(Party(code=code))
        make_agreement(f"a{number}", title=f"Protocol {number}", parties=[code])
    for address in ("/agreements/", "/search/?q=protocol"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        asked = [query for query in captured if "partyalias" in query["sql"]]
        assert len(asked) <= 1, asked


def test_an_amended_alias_is_known_at_once(make_agreement, get):
    amend(Party(code="TR"))
    make_agreement("first", title="Agreement with Rumelia", parties=["TR"])
    assert "Agreement with Rumelia (Türkiye)" in get("/agreements/first/")
    amend(PartyAlias(party=Party.objects.get(code="TR"), alias="Rumelia"))
    assert "Agreement with Rumelia (" not in get("/agreements/first/")


def test_the_sides_are_in_the_language_of_the_title(titled):
    PartyName.objects.create(party=Party.objects.get(code="KR"), language="fr", name="Corée")
    shown = titled("Protocole", ["EU", "KR"], language="fr")
    assert shown == "Protocole (UE – Corée)"


def test_a_convention_open_to_many_needs_no_sides(titled):
    parties = ["EU", "CO", "PE"]
    assert titled("Convention", parties, form=Form.MULTILATERAL) == "Convention"


def test_words_beside_the_title_can_name_the_partners(titled):
    line = "is concluded with Peru and Colombia"
    assert titled(PROTOCOL, ["EU", "CO", "PE"], beside=line) == PROTOCOL


def test_a_grouping_stands_before_its_members_and_nobody_is_left_out(titled):
    Party.objects.create(code="ANDEAN", kind="grouping", name="Andean Community")
    shown = titled(PROTOCOL, ["EU", "CO", "PE", "EC", "BO", "ANDEAN"])
    assert shown == f"{PROTOCOL} (EU – Andean Community and 4 others)"


def test_a_title_that_names_the_grouping_needs_no_sides(titled):
    Party.objects.create(code="ANDEAN", kind="grouping", name="Andean Community")
    title = "Protocol with the Andean Community"
    assert titled(title, ["EU", "ANDEAN", "CO", "PE"]) == title


@pytest.mark.parametrize(
    ("slug", "registered"),
    [
        ("korea-protocol-cultural-cooperation", "EU - Korea, Republic of"),
        ("central-america-protocol-cultural-cooperation", "EU - Central America"),
        ("cariforum-protocol-cultural-cooperation", "EU - CARIFORUM States"),
    ],
)
def test_the_sides_are_those_that_the_wto_registers(shared, demonstration, slug, registered):
    workbook = load_workbook(shared / "data/agreements/wto_rta/AllRTAs.xlsx", read_only=True)
    names = {str(row[1]).strip() for sheet in workbook for row in sheet.values if len(row) > 1}
    assert registered in names

    edition = AgreementEdition.objects.live().get(agreement__slug=slug)
    sides = edition.public_title.rpartition("(")[2].rstrip(")")
    assert words(sides) == words(registered) - {"states"}


def words(text):
    return set(re.findall(r"\w+", text.casefold()))
