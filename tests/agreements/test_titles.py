"""Titles that tell agreements apart."""

import pytest

from agreements.models import Party, PartyName
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
        # As the source page and EUR-Lex name these sides.
        (PROTOCOL, ["EU", "KR"], f"{PROTOCOL} (EU – Republic of Korea)"),
        (PROTOCOL, ["EU", "PE", "CO"], f"{PROTOCOL} (EU – Peru, Colombia)"),
        (PROTOCOL, ["EU", "CO", "PE", "EC", "BO"], f"{PROTOCOL} (EU – Colombia and 3 others)"),
        (PROTOCOL, ["CO", "PE"], f"{PROTOCOL} (Colombia, Peru)"),
        (PROTOCOL, ["EU"], PROTOCOL),
        (PROTOCOL, [], PROTOCOL),
        ("Agreement with the Republic of Korea", ["EU", "KR"], None),
        ("Agreement with Peru", ["EU", "CO", "PE"], "Agreement with Peru (EU – Colombia, Peru)"),
        ("AGREEMENT WITH PÉRU", ["EU", "PE"], None),
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


def test_a_grouping_stands_for_its_members(titled):
    Party.objects.create(code="ANDEAN", kind="grouping", name="Andean Community")
    shown = titled(PROTOCOL, ["EU", "ANDEAN", "CO", "PE", "EC", "BO"])
    assert shown == f"{PROTOCOL} (EU – Andean Community)"
