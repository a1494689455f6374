"""Partial dates: a day, a month or a year, perhaps uncertain (`?`) or approximate (`~`).

The notation is ISO 8601 with the marks of the Extended Date/Time Format (EDTF, level 1):
`2007`, `2009-12`, `2007-12-16`, `2007?` (uncertain), `2007~` (approximate), `2007%` (both).
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import Self

from django.core.exceptions import ValidationError
from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, the month or the year. Ordered by its first day."""

    year: int
    month: int | None = None
    day: int | None = None
    mark: str = ""  # "", "?" uncertain, "~" approximate, "%" both

    def __post_init__(self):
        month, day = (1 if part is None else part for part in (self.month, self.day))
        datetime.date(self.year, month, day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date written in `text`. ValueError for anything else, also for 2007-02-30."""
        match = PATTERN.fullmatch(text)
        if not match:
            raise ValueError(f"not a year, month or day in ISO 8601: {text!r}")
        year, month, day, mark = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, mark)

    @property
    def first(self) -> datetime.date:
        """The first day it can be."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day it can be."""
        month = self.month or 12
        last_day = calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, self.day or last_day)

    @property
    def uncertain(self) -> bool:
        return self.mark in ("?", "%")

    @property
    def approximate(self) -> bool:
        return self.mark in ("~", "%")

    def __lt__(self, other):
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self):
        return (self.first, self.last, self.mark)

    def __str__(self):
        """As written: what is stored, exported and read back."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts) + self.mark

    def display(self) -> str:
        """Return it in the active language: "16 December 2007", "around 2009 (uncertain)"."""
        return _displayed(self, get_language())

    def plain(self) -> str:
        """Return the same without its marks: "16 December 2007", "2009"."""
        if self.day:
            return dateformat.format(self.first, day_format(self.day))
        if self.month:
            return dateformat.format(self.first, get_format("YEAR_MONTH_FORMAT"))
        return str(self.year)


@lru_cache(maxsize=10_000)
def _displayed(date, _language):
    """Return a date as the active language, this one, writes it: a page has many that are one."""
    text = date.plain()
    if date.approximate:
        text = gettext("around %(date)s") % {"date": text}
    if date.uncertain:
        text = gettext("%(date)s (uncertain)") % {"date": text}
    return text


def day_format(day: int) -> str:
    """How the active language writes a day. French has an ordinal for the first of a month."""
    name = "FIRST_DAY_FORMAT"
    first = get_format(name) if day == 1 else name
    return get_format("DATE_FORMAT") if first == name else first


def validated(text: str) -> PartialDate:
    """Return the date in `text`; ValidationError says what was expected."""
    match = PATTERN.fullmatch(text)
    if match:
        *numbers, mark = match.groups()
        year, month, day = (int(number) if number else None for number in numbers)
        return existing(year or 0, month, day, mark)
    raise ValidationError(
        _(
            "“%(value)s” is not a date of this form. Write a year (2007), a month (2009-12) "
            "or a day (2007-12-16); add ? when uncertain, ~ when approximate."
        ),
        code="invalid",
        params={"value": text},
    )


def existing(year: int, month: int | None, day: int | None, mark: str) -> PartialDate:
    """Return this date; ValidationError says why there is no such year, month or day."""
    try:
        return PartialDate(year, month, day, mark)
    except ValueError:
        raise ValidationError(_missing(year, month), code="no_such_day") from None


def _missing(year, month):
    """Return why there is no such day, in a sentence."""
    if not 1 <= year <= 9999:
        return gettext("There is no year %(number)s.") % {"number": year}
    if month is not None and not 1 <= month <= 12:
        return gettext("There is no month %(number)s.") % {"number": month}
    known = PartialDate(year, month)
    return gettext("There is no such day: %(month)s has %(days)s days.") % {
        "month": known.plain(), "days": known.last.day,
    }  # fmt: skip
