"""Numbers as a machine or a hand spoils them."""

import datetime

import pytest

from agreements.filters import RegisterFilter
from culturecoop.search.matching import TITLE, Matches, Phrase
from culturecoop.search.models import SearchDocument
from culturecoop.search.numbers import alike, has_look, whole
from culturecoop.search.query import Query
from culturecoop.search.ranking import hits
from culturecoop.search.results import Results
from tests.answering import publish

pytestmark = pytest.mark.django_db
START = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)


@pytest.fixture
def numbered(make_agreement):
    """numbered("I-30822") → the address of an agreement that has the number."""

    def make(value, slug="first"):
        draft = make_agreement(slug, title="Museum", publish=False)
        draft.references.create(value=value)
        publish(draft)
        return f"/agreements/{slug}/"

    return make


@pytest.mark.parametrize(
    ("number", "typed"),
    [
        ("I-30822", "I30822"),
        ("I-30822", "i 30822"),
        ("I-30822", "l-30822"),
        ("I-30822", "1-30822"),
        ("I-30822", "I-3O822"),
        ("I-30822", "I-3OB22"),
        ("I-30822", "No. I30822"),
        ("UNTS vol. 1771, No. I-30822", "I30822"),
        ("UNTS vol. 1771, No. I-30822", "l30822"),
        ("UNTS vol. 1771, No. I-30822", "museum I30822"),
        ("22011A0514(04)", "2201lA0514(04)"),
        ("22011A0514(04)", "22O11A0514(O4)"),
        ("22011A0514(04)", "22011 A 0514 (04)"),
        ("22011A0514(04)", "CELEX:22O11A0514(04)"),
        ("32008D0805", "320O8D08O5"),
    ],
)
def test_a_spoilt_number_finds_the_number(numbered, find, number, typed):
    page = numbered(number)
    numbered("I-30823", "second")
    numbered("22011A0514(05)", "third")
    assert find(typed) == [page]
    assert Results(typed).spelled == ""
    assert [row.slug for row in RegisterFilter({"words": typed}).qs] == ["first"]


def test_the_very_number_goes_before_one_that_looks_like_it(numbered, find):
    first, second = numbered("I-3O822"), numbered("I-30822", "second")
    assert find("I-30822") == [second, first]
    assert find("I-3O822") == [first, second]


@pytest.mark.parametrize("typed", ["I-30823", "30822I", "1-3082"])
def test_another_number_is_another_one(numbered, typed):
    numbered("I-30822")
    assert hits(Query(typed)) == []


def test_what_stands_for_a_whole_is_one_word_to_both_databases():
    titles = [f"Protocol {number}" for number in range(100)]
    forms = [whole(title.split()) for title in titles]
    assert all(form[0] == "0" and form[1:].isalpha() for form in forms)
    rows = [
        SearchDocument(
            kind="agreement", object_id=n, identity_id=n, live_from=START, title=form, words="x"
        )
        for n, form in enumerate(forms)
    ]  # fmt: skip
    SearchDocument.objects.bulk_create(rows)
    for number, form in enumerate(forms):
        found = SearchDocument.objects.filter(Matches(Phrase((form,), (TITLE,))))
        assert [row.object_id for row in found] == [number]


def test_years_and_words_have_no_look():
    assert not has_look("2008")
    assert not has_look("solis")
    assert has_look("i30822")
    assert alike("i3o822") == alike("130822") != alike("130823")
