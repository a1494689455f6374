"""Days of events and in texts, found in every way that people write them."""

import pytest
from django.utils import translation

from culturecoop.search.daywords import days_in
from culturecoop.search.query import Query
from culturecoop.search.ranking import hits
from culturecoop.search.results import Results
from tests.answering import publish

WAYS = [
    "16 December 2007", "16. Dezember 2007", "16 décembre 2007", "16 DECEMBRE 2007", "16 Dec. 2007",
    "16th December 2007", "December 16, 2007", "16.12.2007", "16. 12. 2007", "16/12/2007",
    "12/16/2007", "2007-12-16", "16 déc. 2007",
]  # fmt: skip


@pytest.mark.parametrize("typed", WAYS)
def test_a_day_is_one_word_in_every_way_to_write_it(typed):
    (said,) = days_in(f"signed on {typed}, in Lima")
    assert said.forms[0] == ("2007", "12", "16")
    assert {("16", "december", "2007"), ("16", "dezember", "2007"), ("16", "12", "2007")} <= {
        *said.forms
    }


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("December 2007", ("2007", "12")), ("März 2011", ("2011", "03")),
        ("août 2011", ("2011", "08")), ("1er janvier 2011", ("2011", "01", "01")),
        ("5.3.2011", ("2011", "03", "05")),
    ],
)  # fmt: skip
def test_months_and_first_days(typed, forms):
    (said,) = days_in(typed)
    assert said.forms[0] == forms


@pytest.mark.parametrize(
    "text",
    ["Protocol 2007", "2008/805/EC", "No 30822", "32.12.2007", "16.13.2007", "L 127", "22011A0514",
     "1.2.3.2007", "May be 2007", "http://a.example/2007-12-16/x"],
)  # fmt: skip
def test_what_is_no_day(text):
    assert list(days_in(text)) == []


@pytest.mark.django_db
class TestFinding:
    @pytest.fixture
    def signed(self, make_agreement):
        make_agreement("other", title="Museum", events=[("signature", "2007-12-17")])
        make_agreement("numbers", title="Of 12 and 16 films in 2007")
        return make_agreement("first", title="Museum", events=[("signature", "2007-12-16")])

    @pytest.mark.parametrize("typed", WAYS)
    @pytest.mark.parametrize("language", ["en", "de", "fr"])
    def test_an_event_is_found_by_its_day(self, signed, find, typed, language):
        prefix = "" if language == "en" else f"/{language}"
        assert find(typed, language) == [f"{prefix}/agreements/first/"]

    def test_by_its_month_and_with_other_words(self, signed, find):
        assert set(find("December 2007")) == {"/agreements/first/", "/agreements/other/"}
        assert find("museum 16 December 2007") == ["/agreements/first/"]
        assert find("signature 16.12.2007") == ["/agreements/first/"]

    def test_the_last_day_of_an_effect(self, make_agreement, find):
        draft = make_agreement("first", events=[("extension", "2007-12-16")], publish=False)
        draft.events.update(until="2009-01-31")
        publish(draft)
        assert find("31 January 2009") == ["/agreements/first/"]

    def test_a_day_in_a_title_is_found_as_it_is_written_elsewhere(self, make_agreement, find):
        make_agreement("first", title="Decision of 1 March 2011")
        for typed in ("1 March 2011", "1. März 2011", "1er mars 2011", "01.03.2011", "2011-03-01"):
            assert find(typed) == ["/agreements/first/"]

    def test_a_day_in_quotation_marks_is_as_it_is_written(self, signed):
        assert hits(Query('"16 December 2007"')) == []

    def test_the_result_shows_it_in_the_words_of_the_reader(self, signed):
        with translation.override("de"):
            (row,) = Results("2007-12-16").rows
        marked = "<mark>16</mark>. <mark>Dezember</mark> <mark>2007</mark>"
        assert str(row.snippet.html) == f"Unterzeichnung: {marked}"

    def test_an_uncertain_day_is_found(self, make_agreement, find):
        make_agreement("first", events=[("signature", "2007-12-16?"), ("ratification", "2009-12")])
        assert find("16 December 2007") == find("December 2009") == ["/agreements/first/"]
