import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.datefields import PartialDateField, PartialDateFormField
from culturecoop.dates import PartialDate

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


@pytest.mark.parametrize(
    "text", ["", "07", "2007-13", "2007-02-30", "2007-1-1", "16.12.2007", "2007??", "0000", "٢٠٠٧"]
)
def test_anything_else_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError):  # noqa: PT011 (the field below has the message)
        PartialDate.parse(text)
    if text:
        with pytest.raises(ValidationError, match="2009-12"):
            PartialDateField().to_python(text)


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


def test_form_field_gives_a_date_or_nothing():
    field = PartialDateFormField(required=False)
    assert field.clean(" 2007-12 ") == PartialDate(2007, 12)
    assert field.clean("") is None
    assert not field.has_changed(PartialDate(2007), "2007")
    assert field.has_changed(PartialDate(2007), "2007?")
