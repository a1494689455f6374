import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.dates import PartialDate, validated

days = st.dates(min_value=datetime.date(1, 1, 1))
marks = st.sampled_from(["", "?", "~", "%"])


@st.composite
def partial_dates(draw):
    day, precision = draw(days), draw(st.integers(1, 3))
    parts = (day.year, day.month, day.day)[:precision]
    return PartialDate(*parts, mark=draw(marks))


@given(partial_dates())
def test_text_and_date_are_the_same_thing(date):
    assert PartialDate.parse(str(date)) == date
    assert date.first <= date.last


@given(partial_dates(), partial_dates())
def test_dates_sort_by_first_day_and_texts_by_year(a, b):
    if a.first != b.first:
        assert (a < b) == (a.first < b.first)
    if a.year != b.year:
        assert (str(a) < str(b)) == (a < b)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2007", (2007, 1, 1), (2007, 12, 31)),
        ("2008-02", (2008, 2, 1), (2008, 2, 29)),
        ("2007-12-16?", (2007, 12, 16), (2007, 12, 16)),
        ("1899~", (1899, 1, 1), (1899, 12, 31)),
    ],
)
def test_first_and_last_day(text, first, last):
    date = PartialDate.parse(text)
    assert (date.first, date.last) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize("text", ["", "07", "2007-1-1", "16.12.2007", "2007??", "٢٠٠٧"])
def test_anything_else_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError, match="ISO 8601"):
        PartialDate.parse(text)
    with pytest.raises(ValidationError, match="2009-12"):
        validated(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2009-02-30", "There is no such day: February 2009 has 28 days."),
        ("2010-04-31", "There is no such day: April 2010 has 30 days."),
        ("2007-12-00", "There is no such day: December 2007 has 31 days."),
        ("2007-13", "There is no month 13."),
        ("2007-00-05", "There is no month 0."),
        ("0000", "There is no year 0."),
    ],
)
def test_a_day_that_does_not_exist_is_told_as_that(text, why):
    with pytest.raises(ValueError):  # noqa: PT011 (the words are those of the calendar)
        PartialDate.parse(text)
    with pytest.raises(ValidationError) as refusal:
        validated(text)
    assert refusal.value.messages == [why]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2007", "2007"),
        ("2009-12", "December 2009"),
        ("2007-12-16", "16 December 2007"),
        ("2007~", "around 2007"),
        ("2007%", "around 2007 (uncertain)"),
    ],
)
def test_shown_as_it_is_known(text, shown):
    assert PartialDate.parse(text).display() == shown


def test_shown_in_the_readers_language():
    with translation.override("de"):
        assert PartialDate.parse("2007-12-16").display() == "16. Dezember 2007"
