"""Dates as editors type them. The witness is CLDR: how its languages write a day is read back."""

import datetime

import pytest
from babel.dates import format_date, format_skeleton
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from culturecoop import typeddates
from culturecoop.dates import PartialDate
from culturecoop.languages import EU_LANGUAGES
from culturecoop.notations import ENDLESS

SITE_LANGUAGES = [code for code, _name in settings.LANGUAGES]
days = st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31))
marks = st.sampled_from(["", "?", "~", "%"])
#: What month these are depends on the language.
TWO_MONTHS = {"lip", "srp", "lis", "listopad", "listopada"}


@given(days, st.sampled_from(SITE_LANGUAGES), st.sampled_from(["medium", "long", "full"]), marks)
def test_every_day_that_cldr_writes_in_a_language_of_the_site_is_read(day, language, length, mark):
    written = format_date(day, length, locale=language) + mark
    assert str(typeddates.read(written)) == day.isoformat() + mark


@given(days, st.sampled_from(SITE_LANGUAGES), st.sampled_from(["yMMMM", "yMMM"]))
def test_every_month_that_cldr_writes_in_a_language_of_the_site_is_read(day, language, skeleton):
    written = format_skeleton(skeleton, day, locale=language)
    assert str(typeddates.read(written)) == day.isoformat()[:7]


@given(days, st.sampled_from(EU_LANGUAGES), st.sampled_from(["medium", "long"]))
def test_days_in_all_languages_of_the_union_are_read_but_for_months_of_two_names(
    day, language, length
):
    written = format_date(day, length, locale=language)
    if TWO_MONTHS.isdisjoint(written.split()):
        assert str(typeddates.read(written)) == day.isoformat()
    else:
        with pytest.raises(ValidationError, match="as a number"):
            typeddates.read(written)


@given(days, st.integers(1, 3), marks)
def test_what_is_stored_is_read_as_it_is(day, precision, mark):
    date = PartialDate(*(day.year, day.month, day.day)[:precision], mark=mark)
    assert typeddates.read(str(date)) == date


@given(days, st.integers(1, 3), st.sampled_from(SITE_LANGUAGES))
def test_what_readers_see_can_be_typed(day, precision, language):
    date = PartialDate(*(day.year, day.month, day.day)[:precision])
    with translation.override(language):
        assert typeddates.read(date.display()) == date


@given(days, st.sampled_from("./- "))
def test_the_day_stands_first_unless_it_cannot(day, sign):
    written = sign.join([str(day.day), f"{day.month:02}", str(day.year)])
    assert str(typeddates.read(written)) == day.isoformat()
    if day.day > 12 and day.year < ENDLESS:
        american = sign.join([str(day.month), str(day.day), str(day.year)])
        assert str(typeddates.read(american)) == day.isoformat()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("16. 12. 2007", "2007-12-16"), ("3/4/2009", "2009-04-03"), ("12/16/2007", "2007-12-16"),
        ("12/2008", "2008-12"), ("12.2008", "2008-12"), ("Mar. 2009", "2009-03"),
        ("December 16, 2007", "2007-12-16"), ("1er mars 2009", "2009-03-01"),
        ("le 16 décembre 2007", "2007-12-16"), ("1st of March 2009", "2009-03-01"),
        ("16.12.2007 г.", "2007-12-16"), ("2007-12-16 00:00:00", "2007-12-16"),
        ("  16   December\u00a02007 ", "2007-12-16"), ("March 2009?", "2009-03?"),
        ("circa 2007", "2007~"), ("ca. 2007", "2007~"), ("c.2007", "2007~"), ("um 2007", "2007~"),
        ("vers mars 2009", "2009-03~"), ("around 2007?", "2007%"), ("ca. 2007~", "2007~"),
    ],
)  # fmt: skip
def test_what_people_type(typed, stored):
    assert str(typeddates.read(typed)) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("30 February 2009", "There is no such day: February 2009 has 28 days."),
        ("31.04.2010", "There is no such day: April 2010 has 30 days."),
        ("02/30/2008", "There is no such day: February 2008 has 29 days."),
        ("13/13/2009", "There is no month 13."),
        ("16.12.07", "four digits"), ("12/07", "four digits"), ("16 Dec 07", "four digits"),
        ("'07", "four digits"), ("16.12.0098", "four digits"), ("December 16", "four digits"),
        ("14 listopad 2000", "as a number"), ("2005/06", "two years"),
        ("2007-12-16 10:30", "time of day"), ("some day", "“some day” cannot be read"),
        ("16 December 2007 a", "cannot be read"), ("2007-2008", "cannot be read"),
        ("20071216", "cannot be read"), ("circa", "cannot be read"), ("", "cannot be read"),
        ("9" * 1000, "“9{60}…” cannot be read"), ("around " * 100, "cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(typed, why):
    with pytest.raises(ValidationError, match=why):
        typeddates.read(typed)


@given(st.text(max_size=80))
def test_any_text_is_understood_or_refused_in_words(text):
    sentence, _understood = typeddates.said(text)
    assert sentence
