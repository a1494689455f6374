"""The queries of readers beside hundreds of agreements with all countries of the world."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import translation

from agreements.filters import RegisterFilter
from agreements.models import AgreementEdition, Membership, Party
from bench import content
from bench.variety import Varied
from culturecoop.reference.verbs import amend
from culturecoop.search.query import Query
from culturecoop.search.results import Results

from .test_forty_queries import KOREA, QUERIES

pytestmark = pytest.mark.django_db
#: Of forty. Before the others stand agreements with a member itself, which were not there.
FIRST = 36


def fill():
    content.make_register(200, Varied())
    call_command("rebuild_search", verbosity=0)


@pytest.fixture
def filled(made_once):
    return made_once(fill)


def first_ten(text, language):
    """Return the addresses of the first results, without their language."""
    with translation.override(language):
        rows = Results(text).rows[:10]
    return [row.result.url.removeprefix(f"/{language}") for row in rows]


def test_what_stands_first_in_a_small_register_is_found_here(filled):
    places = []
    for language, text, address in QUERIES:
        found = first_ten(text, language)
        assert address.removeprefix(f"/{language}") in found, text
        places.append(found.index(address.removeprefix(f"/{language}")))
    assert places.count(0) >= FIRST


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("de", "Republik Korea"),
        ("de", "Korea Republik"),
        ("fr", "République de Corée"),
        ("de", "Protokoll mit dem Königreich Korea"),
        ("en", "co\u00adoperation protocol ko\u200brea"),
        ("en", "No 22011A0514(04)"),
        ("en", "Reg. No. 22011A0514"),
        ("fr", "protocole UE-Corée"),
        ("en", "EU-Koera protocol"),
        ("de", "Übereinkommen über Straßen und Kooperation (EU – Republik Korea)"),
    ],
)
def test_what_tells_most_is_kept(filled, language, typed):
    assert KOREA in first_ten(typed, language)


@pytest.mark.parametrize(
    ("language", "typed", "offered"),
    [
        ("de", "Königreich Marokko", ["Marokko"]),
        ("fr", "UE", ["Union européenne"]),
        ("en", "Arab agreement", []),  # a third of United Arab Emirates
        ("en", "Republic agreement", []),
        ("en", "islands agreement", []),  # half of the names of a dozen
        ("en", "NO 1975", ["Norway"]),
    ],
)
def test_what_is_named_is_offered(filled, language, typed, offered):
    with translation.override(language):
        assert [offer.label for offer in Results(typed).offers] == offered


@pytest.mark.parametrize("typed", ["Guinea", "Guinée", "GN"])
def test_a_whole_name_names_no_other_party_that_has_it_in_its_own(filled, typed):
    guinea = Party.objects.get(code="GN")
    assert Query(typed).topics == {f"party{guinea.pk}"}


def test_members_are_those_of_the_day(filled):
    grouping, member = Party.objects.get(code="CARIFORUM"), Party.objects.get(code="KR")
    amend(Membership(grouping=grouping, member=member, since=datetime.date(2020, 1, 1)))
    cariforum = set(AgreementEdition.objects.live().filter(parties__party=grouping))

    def found(day):
        rows = RegisterFilter({"words": "Korea", "on": day}).qs
        return {row.edition for row in rows if row.edition in cariforum}

    assert found("2019-12-31") == set()
    assert found("2020-01-01") == cariforum
