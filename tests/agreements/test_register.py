"""The register as readers open it."""

import pytest

from culturecoop.reference.verbs import amend

pytestmark = pytest.mark.django_db


def test_the_register_says_how_many_match_and_lists_them(korea, get):
    text = get("/agreements/")

    assert "1 agreement matches" in text
    assert "Protocol on films" in text
    assert "South Korea" in text
    assert "13 December 2015" in text
    assert '<meta name="description" content="With whom, since when' in text


def test_the_register_keeps_the_values_and_offers_a_way_out_of_each(korea, get):
    text = get("/agreements/?words=films&kind=protocol&on=2012-01-01")

    assert 'value="films"' in text
    assert '<option value="protocol" selected>' in text
    assert 'value="2012-01-01"' in text
    assert 'href="/agreements/?kind=protocol&amp;on=2012-01-01"' in text  # without the words


def test_a_text_in_no_language_of_the_reader_or_the_source_is_listed(korea, get):
    korea.agreement.source_language = "fr"
    amend(korea.agreement)

    assert '<a href="/de/agreements/korea/" lang="en">Protocol on films' in get("/de/agreements/")


def test_the_order_is_no_filter_to_be_removed(korea, get):
    assert "remove" not in get("/agreements/?sort=title")


def test_the_days_state_stands_in_the_register_and_its_links_keep_the_day(korea, get):
    text = get("/agreements/?on=2012-01-01")

    assert "Legal state on 1 January 2012" in text
    assert "provisionally applied" in text
    assert 'href="/agreements/korea/?on=2012-01-01"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_fields_that_the_form_sent_empty_leave_the_address(korea, client):
    response = client.get("/de/agreements/?words=a%26b&party=&kind=protocol&sort=")

    assert response["Location"] == "/de/agreements/?words=a%26b&kind=protocol"


def test_only_the_plain_list_is_for_search_engines(korea, get):
    assert "noindex" not in get("/agreements/")
    assert "noindex" in get("/agreements/?words=films")


def test_no_result_has_words(korea, get):
    text = get("/agreements/?words=zebra")

    assert "0 agreements match" in text
    assert "No agreement matches these filters" in text


@pytest.mark.parametrize(
    "query",
    ["on=xx", "status=zz", "kind[]=1", "page=0", "page=abc", "page=999", "page=-1",
     "year_from=1e9", "words=%F0%28", "words=" + "x" * 5000, "party=%27%22", "on=0000-01-01",
     "year_from=99999999999999999999", "page=99999999999999999999", "theme=%C3%28", "on=9999-12-31",
     "on=0001-01-01"],
)  # fmt: skip
def test_no_value_leads_to_an_error_page(korea, get, query):
    get(f"/agreements/?{query}")


def test_further_filters_are_open_when_one_of_them_is_at_fault(korea, get):
    assert '<details class="filters__more" open>' in get("/agreements/?kind=zz")
    assert '<details class="filters__more">' in get("/agreements/?kind=protocol")


def test_a_page_that_there_is_not_is_said(korea, get):
    assert "There is no page “9” of this list; this is page 1." in get("/agreements/?page=9")


def test_the_list_has_pages_that_keep_the_filters(make_many, get):
    make_many(60)

    text = get("/agreements/?sort=title")
    assert 'href="/agreements/?sort=title&amp;page=2"' in text
    assert 'rel="next"' in text
    second = get("/agreements/?sort=title&page=2")
    assert 'aria-current="page">2<' in second
    assert 'rel="prev"' in second


def test_the_register_speaks_the_readers_language(korea, get):
    assert '<html lang="de">' in get("/de/agreements/")
    assert "Südkorea" in get("/de/agreements/")
