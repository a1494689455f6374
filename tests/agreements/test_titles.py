"""Titles that tell agreements apart."""

import re

import pytest
from openpyxl import load_workbook

from agreements.models import AgreementEdition, Party, PartyName
from agreements.titles import full_title
from agreements.vocabulary import Form

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
