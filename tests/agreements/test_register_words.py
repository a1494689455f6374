"""The words of the register's form: what is shown instead where no agreement has them."""

import pytest

pytestmark = pytest.mark.django_db

NOTHING = "Nothing was found for"


def test_what_is_spelled_almost_so_shows_at_once(demonstration, get):
    page = get("/agreements/?words=protocl+jamiaca")
    assert "Nothing was found for “protocl jamiaca”" in page
    assert "These are the results for “Protocol Jamaica”" in page
    assert "1 agreement matches" in page
    assert "cariforum-protocol-cultural-cooperation" in page
    assert 'value="protocl jamiaca"' in page


def test_what_was_left_out_is_no_part_of_what_was_asked_instead(demonstration, get):
    page = get("/agreements/?words=protocl+zebra")
    assert "These are the results for “Protocol”" in page
    assert "<s>zebra</s>" in page


def test_what_was_left_out_is_said(demonstration, get):
    page = get("/agreements/?words=Jamaica+zebra+protocol+umbrella")
    assert "Nothing has all these words." in page
    assert "<s>zebra</s>, <s>umbrella</s>" in page
    assert "1 agreement matches" in page


def test_words_are_understood_the_same_once_they_are_kept(demonstration, get, queries):
    address, usual = "/agreements/?words=council+decison", "/agreements/?words=council+decision"
    first, _read = get(address), get(usual)
    assert "These are the results for “council decision”" in first
    assert get(address) == first
    assert queries(address) == queries(usual)


@pytest.mark.parametrize("language", ["de", "fr"])
def test_it_speaks_the_language_of_the_reader(demonstration, get, language):
    assert NOTHING not in get(f"/{language}/agreements/?words=protocl")
    assert 'class="notice"' in get(f"/{language}/agreements/?words=protocl")


def test_what_only_a_page_says_is_not_near_to_a_word_of_agreements(korea, make_page, get):
    make_page("", title="The quatrain")
    assert NOTHING in get("/search/?q=quatrian")
    assert NOTHING not in get("/agreements/?words=quatrian")
    page = get("/agreements/?words=films+quatrian")
    assert "<s>quatrian</s>" in page
    assert "1 agreement matches" in page


def test_another_filter_that_leaves_nothing_does_not_change_the_words(korea, get):
    for words in ("films", "fimls"):
        page = get(f"/agreements/?words={words}&kind=agreement")
        assert NOTHING not in page
        assert "No agreement matches these filters" in page


def test_the_other_words_go_with_the_other_filters(demonstration, get):
    page = get("/agreements/?words=protocl&party=KR")
    assert "These are the results for “Protocol”" in page
    assert "1 agreement matches" in page


def test_nothing_at_all(korea, get):
    page = get("/agreements/?words=xylophonquartett")
    assert NOTHING not in page
    assert "0 agreements match" in page
