"""Addresses of links, as they are pasted, and the numbers in them."""

import pytest

from agreements.filters import RegisterFilter
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.reference.verbs import amend
from culturecoop.search.addresses import is_address, number_in
from culturecoop.search.results import Results
from tests.answering import publish

pytestmark = pytest.mark.django_db

CELEX = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:22011A0514(04)"
ELI = "http://data.europa.eu/eli/dec/2011/265/oj"
UN = "https://treaties.un.org/Pages/showDetails.aspx?objid=0800000280066a3b"


@pytest.fixture
def linked(make_agreement):
    """linked(value="…", address="…") → the address of an agreement with this reference."""

    def make(slug="first", **reference):
        draft = make_agreement(slug, title="Museum", publish=False)
        draft.references.create(**reference)
        publish(draft)
        return f"/agreements/{slug}/"

    return make


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        (UN, UN),
        (UN, f"  {UN} "),
        (UN, UN.replace("https://", "http://www.")),
        (UN, UN.removeprefix("https://")),
        (UN, f"{UN}#top"),
        ("https://example.org/culture/", "https://example.org/culture"),
        (CELEX, CELEX),
        (CELEX, CELEX.replace("/EN/", "/FR/")),
        (CELEX, CELEX.replace(":", "%3A", 2).replace("https%3A", "https:")),
        (CELEX, "https://eur-lex.europa.eu/legal-content/DE/ALL/?uri=celex%3A22011A0514%2804%29"),
        (CELEX, "22011A0514(04)"),
        (CELEX, "CELEX:22011A0514(04)"),
        (ELI, ELI),
        (ELI, "https://eur-lex.europa.eu/eli/dec/2011/265/oj/deu"),
        (ELI, "eli/dec/2011/265/oj"),
        (ELI, "dec/2011/265"),
    ],
)
def test_a_reference_is_found_by_its_address(linked, make_agreement, find, typed, address):
    page = linked(value="OJ L 127", address=address)
    linked("other", value="OJ L 128", address="https://example.org/other/22011A0514(05)")
    assert find(typed) == [page]
    assert [row.slug for row in RegisterFilter({"words": typed}).qs] == ["first"]


def test_a_number_is_found_by_an_address_that_leads_to_it(linked, find):
    page = linked(value="22011A0514(04)")
    assert find(CELEX) == [page]


def test_a_number_that_is_an_address_is_found_by_what_stands_in_it(linked, find):
    page = linked(scheme="eli", value=ELI)
    assert find("https://eur-lex.europa.eu/eli/dec/2011/265/oj") == find("dec/2011/265") == [page]


def test_words_of_an_address_are_no_words_of_the_thing(linked, find):
    linked(value="OJ L 127", address=CELEX)
    assert find("europa") == find("legal content") == []


def test_an_address_that_nothing_has_gives_nothing_like_it(linked, make_agreement, get):
    linked(value="OJ L 127", address=UN)
    make_agreement("eu", title="Legal content", parties=["EU"])
    for address in ("https://eur-lex.europa.eu/legal-content", CELEX, "www.example.org"):
        assert Results(address).count == 0
        assert "Nothing was found." in get(f"/search/?q={address}")
        assert "0 agreements match" in get(f"/agreements/?words={address}")


def test_the_source_of_an_event_a_file_outside_and_a_link_of_a_page(
    make_agreement, make_page, find
):
    draft = make_agreement("first", events=[("signature", "2010-10-06")], publish=False)
    draft.events.update(source_address="https://example.org/source")
    publish(draft)
    document = Document(slug="report", title="Report")
    amend(document)
    publish_file(document.files.create(language="en", address="https://example.org/report.pdf"))
    page = make_page("", publish=False)
    page.strategy_link_set.create(
        region="main", ordering=1, title="There", address="https://example.org/there"
    )
    publish(page)
    assert find("example.org/source") == ["/agreements/first/"]
    assert find("example.org/report.pdf") == ["/documents/report/"]
    assert find("https://example.org/there") == ["/"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("https://a.example/x", True), ("www.example.org", True), ("example.org/a", True),
     ("2008/805/EC", False), ("art/music", False), ("L 127, 14.5.2011", False),
     ("e.g./i.e.", False), ("see https://a.example/x", False), ("", False)],
)  # fmt: skip
def test_what_is_an_address(text, found):
    assert is_address(text) is found


def test_the_number_in_an_address():
    assert number_in(CELEX) == "22011A0514(04)"
    assert number_in(ELI) == "dec/2011/265"
    assert number_in(UN) == ""
