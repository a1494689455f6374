"""Reading dates: the right one or none."""

import datetime

import pytest
from babel.dates import format_date
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from culturecoop import notations
from culturecoop.languages import EU_LANGUAGES
from culturecoop.notations import Ambiguous, Impossible, Sentinel

days = st.dates(datetime.date(1000, 1, 1), datetime.date(2199, 12, 31))
marks = st.sampled_from(["", "?", "~", "%"])
signs = st.sampled_from(["/", ".", "-", " ", " . "])
any_notation = st.sampled_from(["", *notations.NOTATIONS])
WRITTEN = {
    "day_first": lambda day, sign: f"{day.day}{sign}{day.month:02}{sign}{day.year}",
    "month_first": lambda day, sign: f"{day.month:02}{sign}{day.day}{sign}{day.year}",
}


@given(days, signs, marks, st.sampled_from(sorted(WRITTEN)))
def test_a_date_reads_back_in_its_notation(day, sign, mark, notation):
    written = WRITTEN[notation](day, sign) + mark
    assert notations.read(written, notation) == day.isoformat() + mark


@given(days, signs, st.sampled_from(sorted(WRITTEN)), st.sampled_from(["", "iso", "words"]))
def test_without_its_notation_a_date_is_read_right_or_not_at_all(day, sign, order, notation):
    try:
        assert notations.read(WRITTEN[order](day, sign), notation) == day.isoformat()
    except Ambiguous:
        assert day.day <= 12
        assert day.day != day.month


@given(days, any_notation, marks)
def test_iso_is_right_in_every_notation(day, notation, mark):
    for length in (10, 4, *([] if notation == "year" else [7])):
        written = day.isoformat()[:length] + mark
        assert notations.read(written, notation) == written
    assert notations.read(f"{day} 00:00:00", notation) == day.isoformat()
    assert notations.read(f"{day}T00:00:00Z", notation) == day.isoformat()


@given(days, any_notation, st.sampled_from(EU_LANGUAGES), st.sampled_from(["long", "full"]))
def test_dates_in_words_are_read_right_or_not_at_all(day, notation, language, length):
    written = format_date(day, length, locale=language)
    try:
        assert notations.read(written, notation) == day.isoformat()
    except ValidationError:
        assert language in {"hr", "cs", "pl", "eu"} or length == "full"


@pytest.mark.parametrize("language", EU_LANGUAGES)
def test_every_language_of_the_union_has_its_months_read(language):
    read, unclear = 0, 0
    for month in range(1, 13):
        day = datetime.date(2003, month, 14)
        try:
            assert notations.read(format_date(day, "long", locale=language)) == day.isoformat()
            read += 1
        except Ambiguous:
            unclear += 1
    assert read + unclear == 12
    assert unclear <= (2 if language in {"hr", "cs", "pl"} else 0)


@given(st.text(max_size=20), any_notation)
def test_any_text_is_read_or_refused_with_a_message(text, notation):
    try:
        said = notations.read(text, notation)
    except ValidationError as error:
        said = error.messages[0]
    assert said


@pytest.mark.parametrize(
    ("written", "notation", "date"),
    [
        ("16.12.1991.", "day_first", "1991-12-16"),
        ("14.02 2005", "day_first", "2005-02-14"),
        ("1953-05-5", "", "1953-05-05"),
        ("2007/12/16", "month_first", "2007-12-16"),
        ("2007. 12. 16.", "", "2007-12-16"),
        ("06-2000", "day_first", "2000-06"),
        ("06/2000", "", "2000-06"),
        ("12/16/2007 12:00:00 AM", "month_first", "2007-12-16"),
        ("1965-06-16?", "day_first", "1965-06-16?"),
        ("2011-01-01~", "", "2011-01-01~"),
        ("1964-06-XX", "", "1964-06"),
        ("1964-XX-XX", "", "1964"),
        ("20071216", "iso", "2007-12-16"),
        ("14 Dec 2000", "", "2000-12-14"),
        ("22-Apr-2006", "day_first", "2006-04-22"),
        ("14 décembre 2000", "words", "2000-12-14"),
        ("December 14, 2000", "", "2000-12-14"),
        ("1er janvier 1999", "", "1999-01-01"),
        ("1º de março de 1999", "", "1999-03-01"),
        ("2000 m. gruodžio 14 d.", "", "2000-12-14"),
        ("14 Meán Fómhair 2000", "", "2000-09-14"),
        ("May 2000", "", "2000-05"),
    ],
)  # fmt: skip
def test_what_people_write(written, notation, date):
    assert notations.read(written, notation) == date


@pytest.mark.parametrize("notation", ["", *notations.NOTATIONS])
@pytest.mark.parametrize(
    "written",
    ["9999-12-31", "31.12.9999", "12/31/9999", "0001-01-01", "0000-00-00", "00/00/0000",
     "2699-01-01", "2899-06-15", "9999-12-31 00:00:00"],
)  # fmt: skip
def test_sentinels_say_no_date(written, notation):
    with pytest.raises(Sentinel):
        notations.read(written, notation)


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        ("05/13/2003", "day_first"), ("13/05/2003", "month_first"), ("1972-06-31?", ""),
        ("2010-02-29", ""), ("1971-0706", ""), ("1964-XX-16", ""), ("2007-00-00", ""),
        ("13-2000", ""), ("38000", ""), ("2007.5", ""), ("Renouvelé en 2020", ""),
        ("14-16 December 2000", ""), ("2007-12-16 23:00:00", "iso"), ("1351-08-01..", ""),
        ("20071216", "day_first"), ("NA", ""), ("30 February 2001", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_is_no_date_is_impossible(written, notation):
    with pytest.raises(Impossible):
        notations.read(written, notation)


@pytest.mark.parametrize(
    "written", ["05/06/2003", "1.2.2003", "16/12/07", "14 Dec 07", "14 listopad 2000"]
)
def test_what_can_be_read_in_two_ways_is_asked(written):
    with pytest.raises(Ambiguous):
        notations.read(written)


@pytest.mark.parametrize("notation", ["", *notations.NOTATIONS])
@pytest.mark.parametrize(
    "written", ["2005/06", "2001/2", "2001-2", "2005 / 06", "2005 - 06", "1998/99", "2005/06?"]
)
def test_a_month_with_a_stroke_can_be_two_years(written, notation):
    with pytest.raises(Ambiguous, match="two years"):
        notations.read(written, notation)


def test_where_years_are_expected_no_month_is_read():
    assert notations.read("2005-06") == "2005-06"
    with pytest.raises(Ambiguous, match="such as 2007"):
        notations.read("2005-06", "year")


@pytest.mark.parametrize("notation", ["", *notations.NOTATIONS])
@pytest.mark.parametrize(
    "written",
    ["December 2000-1", "December 2000 14", "14 2000 December", "Sept. 2007/8", "5 2007 May",
     "14, 2000 December", "7 1999", "12 2007", "2007 5", "2005.06", "May 2007-", "- May 2007",
     "1-3 May 2007", "5 May/June 2007", "1999-2000", "2007-12-16 - 2008-01-01", "No 5, May 2007",
     "jan-06", "2.II.2007", "2007-XX-16", "XX/06/2007", "200712", "44000.0", "~2007", "50%"],
)  # fmt: skip
def test_what_nobody_writes_for_a_date_is_not_guessed(written, notation):
    with pytest.raises(Impossible):
        notations.read(written, notation)


def test_the_message_says_what_was_expected():
    with pytest.raises(Impossible) as refusal:
        notations.read("05/13/2003", "day_first")
    assert "Expected day, month and year" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("texts", "notation"),
    [
        (["01/02/2003", "13/02/2003"], "day_first"),
        (["01/02/2003", "02/13/2003", "N/A"], "month_first"),
        (["13/02/2003", "02/13/2003"], ""),
        (["01/02/2003", "03/04/2005"], ""),
        (["2003-02-01", "2003", "2003-02-01 00:00:00"], "iso"),
        (["1999", "2000"], "year"),
        (["4015", "4016"], ""),
        (["2004/05", "2005/06"], ""),
        (["2004-05", "1964-XX"], "iso"),
        (["14 Dec 2000", "2001-02-03"], "words"),
        (["Bamako", "Oslo", "2001"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_guessing_needs_evidence(texts, notation):
    assert notations.guess(texts) == notation


@pytest.mark.parametrize(
    "text",
    ["2000-11/12", "2000/11-12", "2000-1 Dec", "2000/01 December", "3-4/2000", "11-12 2000",
     "0098-12-14", "14/12/0098"],
)  # fmt: skip
def test_two_months_two_years_or_a_century_that_is_not_known(text):
    for notation in ("", *notations.NOTATIONS):
        with pytest.raises(ValidationError):
            notations.read(text, notation)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3/1/1889", ("/", True)), ("5/26/1866", ("/", False)), ("16.12.2007", (".", False)),
     ("2/2/1890", ("/", False)), ("12/2007", None), ("2007-12-16", None)],
)  # fmt: skip
def test_whether_day_and_month_can_be_exchanged(text, expected):
    assert notations.exchangeable(text) == expected
