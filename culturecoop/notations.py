"""Dates as people write them, read as partial dates (ISO 8601 with EDTF's ? ~ %).

A date is read only where it can mean one thing. What a real date in a workbook becomes (ISO, also
with a time of 00:00:00) is right in every notation, and so is a month in words or the year first.
Only “2005-06” is a month or two years: a month in ISO, but not where years alone are expected.
"""

import datetime
import re
from collections.abc import Iterable
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import months
from .dates import PartialDate

NOTATIONS = {
    "iso": gettext_lazy("year first: 2007-12-16"),
    "day_first": gettext_lazy("day first: 16/12/2007, 16.12.2007"),
    "month_first": gettext_lazy("month first: 12/16/2007"),
    "year": gettext_lazy("year only: 2007"),
    "words": gettext_lazy("month in words: 16 December 2007"),
    "lettered": gettext_lazy("month in words, a letter behind it: 16 December 2007 a"),
}
EXPECTED = {
    "day_first": gettext_lazy("Expected day, month and year, such as 16/12/2007."),
    "month_first": gettext_lazy("Expected month, day and year, such as 12/16/2007."),
    "year": gettext_lazy("Expected a year, such as 2007."),
    "words": gettext_lazy("Expected a date in words, such as 16 December 2007."),
    "lettered": gettext_lazy(
        "Expected a date in words, such as 16 December 2007 or with a letter."
    ),
    "iso": gettext_lazy("Expected a year (2007), a month (2007-12) or a day (2007-12-16)."),
}
# From this year on a date stands for “no end”.
ENDLESS = 2200
# Years before this one are years of two or three digits with zeros before them.
EARLIEST = 1000
Parts: TypeAlias = tuple[int, int | None, int | None, str]

# What stands between the parts, twice the same: “2000-11/12” is November or December.
_FIRST, _SECOND = r"\s*(?P<sign>[-./\s])\s*", r"\s*(?P=sign)\s*"
_SEPARATOR = r"\s*[-./\s]\s*"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?:{_FIRST}(?P<month>\d{{1,2}}){_SECOND}(?P<day>\d{{1,2}}|XX))?\.?",
    re.ASCII,
)
# June 2005, or the years 2005 and 2006: only ISO decides.
_MONTH_OR_YEARS = re.compile(r"(\d{4})\s*[-/]\s*(\d{1,2})\.?", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_UNKNOWN_MONTH = re.compile(r"(\d{4})-XX(?:-XX)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR_LAST = re.compile(
    rf"(?:(?P<one>\d{{1,2}}){_FIRST}(?P<two>\d{{1,2}}){_SECOND}|(?P<month>\d{{1,2}})\s*[-./]\s*)"
    r"(?P<year>\d{4})(?:\s*г)?\.?",  # in Bulgarian “г.” is the word for year
    re.ASCII,
)
#: What programs write in place of a hyphen. A single dash can stand between two years.
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2212"), "-")
_DASHES = re.compile(r"(\d\s*)[\u2012\u2013\u2014](\s*\w+\s*)[\u2012\u2013\u2014](?=\s*\d)")
# “24 Jan 1983 a”: the letter stands for the act. In Polish “r” is the word for year.
_LETTER = re.compile(r"(.*\d{4})\s+(?!r$)([A-Za-z]{1,3})", re.ASCII)
# “14.02 2005”
_POINT_LEFT_OUT = re.compile(r"(?<=\.\d\d) (?=\d{4})")
_SHORT_YEAR = re.compile(rf"\d{{1,2}}{_SEPARATOR}(?:\d{{1,2}}|\w+\.?){_SEPARATOR}'?\d\d\.?")
_MIDNIGHT = re.compile(
    r"[T\s]\s*(?:0?0:00(?::00(?:[.,]0+)?)?|12:00(?::00)?\s*AM)\s*(?:Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d[T\s]\s*\d{1,2}:\d\d")


class Ambiguous(ValidationError):
    """A date that can be read in two ways."""


class Impossible(ValidationError):
    """A text that is no date in the notation, or a day that never was."""


class Sentinel(ValidationError):
    """A date that means “no date” in its source: 9999-12-31, 0000-00-00 and such."""


def read(text: str, notation: str = "") -> str:
    """Return the partial date in the text: “2007-12-16”, “2007-12” or “2007”, with its mark.

    Raises Ambiguous, Impossible or Sentinel (all ValidationErrors).
    """
    plain, letter = split_letter(text)
    if letter and notation != "lettered":
        raise Impossible(
            _("“%(letter)s” stands behind the date: a mapping can say which act it tells.")
            % {"letter": letter}
        )
    found = parts(plain, notation)
    if found:
        return _date(*found, notation)
    bare, _mark = _bare(plain)
    if _SHORT_YEAR.fullmatch(bare):
        raise Ambiguous(_("The year has two digits: the century is not known."))
    raise Impossible(_unread(bare, notation))


def parts(text: str, notation: str) -> Parts | None:
    """Return (year, month or None, day or None, mark) of a text, None when it has no such form.

    Whether there is such a day is not looked at. Raises Ambiguous or Impossible.
    """
    bare, mark = _bare(text)
    if _TIME.search(bare):
        raise Impossible(_("It holds a time of day, so the day is not certain."))
    for attempt in (_year_first, _year_last, _in_words):
        found = attempt(bare, notation)
        if found:
            year, month, day = found
            return int(year), month and int(month), day and int(day), mark
    return None


def split_letter(text: str) -> tuple[str, str]:
    """Return (the date, the letter behind it); ("24 Jan 1983", "a") of “24 Jan 1983 a”."""
    plain = _hyphenated(" ".join(text.split()))
    match = _LETTER.fullmatch(plain)
    return (match[1], match[2]) if match else (plain, "")


def _hyphenated(text):
    return text if text.isascii() else _DASHES.sub(r"\1-\2-", text.translate(_HYPHENS))


def is_date(text: str) -> bool:
    """Return whether the text looks like a date in any notation, possible or not."""
    try:
        read(text, "lettered" if split_letter(text)[1] else "")
    except (Ambiguous, Sentinel):
        return True
    except Impossible:
        bare, _mark = _bare(text.strip())
        patterns = (_YEAR_LAST, _YEAR_FIRST, _MONTH_OR_YEARS)
        return any(pattern.fullmatch(bare) for pattern in patterns)
    return True


def guess(texts: Iterable[str]) -> str:
    """Return the notation of a column with these texts, "" when that is not clear."""
    texts = {_MIDNIGHT.sub("", _hyphenated(" ".join(text.split()))) for text in texts} - {""}
    numeric = [match for text in texts if (match := _YEAR_LAST.fullmatch(_marked(text)[0]))]
    days = [match for match in numeric if match["one"]]
    day_first = any(int(match["one"]) > 12 for match in days)
    month_first = any(int(match["two"]) > 12 for match in days)
    if day_first != month_first:
        return "day_first" if day_first else "month_first"
    if numeric or not texts:
        return ""
    return _guess_without_order(texts)


def _guess_without_order(texts):
    years = [text for text in texts if re.fullmatch(r"\d{4}[?~%]?", text)]
    if len(years) == len(texts):
        return "year" if all("1000" <= text < "2200" for text in texts) else ""
    bare = [_marked(text)[0] for text in texts]
    dated = [text for text in bare if is_date(text)]
    if not dated or len(dated) * 2 < len(texts):
        return ""
    if all(_is_year_first(text) for text in dated):
        return "iso"
    words = [text for text in dated if not _is_year_first(text)]
    return "" if all(_MONTH_OR_YEARS.fullmatch(text) for text in words) else "words"


def _is_year_first(text):
    patterns = (_YEAR_FIRST, _ISO_MONTH, _UNKNOWN_MONTH)
    return any(pattern.fullmatch(text) for pattern in patterns)


def _bare(text):
    """Return (the text without midnight and without its mark, the mark)."""
    return _marked(_MIDNIGHT.sub("", text))


def _marked(text):
    """Return (the text without its mark, the mark)."""
    text = text.strip()
    if text[-1:] in ("?", "~", "%"):
        return text[:-1].strip(), text[-1]
    return text, ""


def _year_first(text, notation):
    unknown = _UNKNOWN_MONTH.fullmatch(text)
    if unknown:
        return unknown[1], None, None
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        day = match["day"]
        return match["year"], match["month"], None if day == "XX" else day
    match = _MONTH_OR_YEARS.fullmatch(text)
    if match:
        if notation == "year" or not _ISO_MONTH.fullmatch(text):
            expected = EXPECTED["year" if notation == "year" else "iso"]
            raise Ambiguous(
                _("It can be a month, or two years. %(expected)s") % {"expected": expected}
            )
        return *match.groups(), None
    match = _COMPACT.fullmatch(text) if notation == "iso" else None
    return match and match.groups()


def _year_last(text, notation):
    match = _YEAR_LAST.fullmatch(_POINT_LEFT_OUT.sub(".", text))
    if match is None:
        return None
    first, second, only_month, year = match.group("one", "two", "month", "year")
    if only_month:
        return year, only_month, None
    if int(year) >= ENDLESS or not int(year):
        return year, second, first
    if notation not in ("day_first", "month_first"):
        notation = _only_order(int(first), int(second))
    month, day = (first, second) if notation == "month_first" else (second, first)
    return year, month, day


def _only_order(first, second):
    """Return the one notation in which the two numbers are a day and a month; raises Ambiguous."""
    if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
        raise Ambiguous(
            _("It can be read with the day or with the month first: choose the notation.")
        )
    return "month_first" if second > 12 else "day_first"


def _in_words(text, notation):
    """Return (year, month, day or None) of a text with one month in words, or None."""
    found = months.in_words(text)
    if found is None:
        return None
    year, numbers, day = found
    if len(numbers) > 1:
        raise Ambiguous(
            _(
                "The name of the month is that of another one in another language: write the "
                "month as a number."
            )
        )
    return year, str(*numbers), day


def _date(year, month, day, mark, notation):
    numbers = [number for number in (year, month, day) if number is not None]
    is_first = all(number == 1 for number in numbers)
    if numbers[0] >= ENDLESS or not any(numbers) or is_first:
        raise Sentinel(_("This stands for no date. It is left out."))
    if numbers[0] < EARLIEST:
        raise Impossible(_("The year has fewer than four digits: the century is not known."))
    try:
        return str(PartialDate(year, month, day, mark))
    except ValueError:
        expected = EXPECTED.get(notation, EXPECTED["iso"])
        message = _("There is no such day. %(expected)s") % {"expected": expected}
        raise Impossible(message) from None


def _unread(text, notation):
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text, re.ASCII):
        return _("This is a number, not a date: format the column as dates and save the file.")
    expected = EXPECTED.get(notation, EXPECTED["iso"])
    return _("This is no date that can be read. %(expected)s") % {"expected": expected}


def exchangeable(text: str) -> tuple[str, bool] | None:
    """Return (sign, whether day and month can be exchanged) of figures with the year last.

    None for any other text. The sign is what stands between its parts.
    """
    plain = _hyphenated(" ".join(text.split()))
    match = _YEAR_LAST.fullmatch(_marked(_MIDNIGHT.sub("", plain))[0])
    if match is None or match["month"]:
        return None
    first, second = int(match["one"]), int(match["two"])
    return match["sign"], first <= 12 and second <= 12 and first != second


def order(date: str) -> tuple[datetime.date, datetime.date]:
    """Return the key to sort the texts that `read` gives: by the first day, the exact one first."""
    parsed = PartialDate.parse(date)
    return parsed.first, parsed.last
