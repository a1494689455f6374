"""Days as people write them: "16 December 2007", "16.12.2007", "le 16 décembre 2007".

Events store theirs as "2007-12-16", titles have them in words: what was typed in one way stands
for all the others.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP

from culturecoop.folding import fold

Forms = tuple[tuple[str, ...], ...]


class Said(NamedTuple):
    """A day or a month that was found in a text, and the ways to write it."""

    start: int
    end: int
    forms: Forms


def days_in(text: str) -> Iterator[Said]:
    """Yield the days and months that a text names, in the languages of the site."""
    for match in _pattern().finditer(text):
        named = {name[:-1]: value for name, value in match.groupdict().items() if value}
        year, month, day = named["year"], _month(named["month"]), int(named.get("day", 0))
        if month > 12 >= day > 0:  # as in the United States
            month, day = day, month
        if 1 <= month <= 12 and day <= 31:
            yield Said(match.start(), match.end(), _forms(year, month, day))


def _forms(year, month, day):
    """Return the ways to write a day, or a month when `day` is 0, each as its words."""
    names = [fold(names[month]) for names in _names()]
    if not day:
        return ((year, f"{month:02}"), *((name, year) for name in dict.fromkeys(names)))
    found = [(year, f"{month:02}", f"{day:02}")]
    for written in dict.fromkeys([str(day), f"{day:02}", *(["1er"] if day == 1 else [])]):
        found += [(written, name, year) for name in names]
        found += [(written, figures, year) for figures in (str(month), f"{month:02}")]
    found += [(name, str(day), year) for name in names]
    return tuple(dict.fromkeys(found))


def _month(text):
    return int(text) if text.isdecimal() else _numbers()[fold(text)]


@cache
def _names():
    """Return [{1: "January", …}] in each language of the site."""
    return [names for names, *_short in _all_names()]


@cache
def _numbers():
    """Return {folded name of a month, long or short: its number}."""
    return {
        fold(name): number
        for lists in _all_names()
        for names in lists
        for number, name in names.items()
    }


@cache
def _all_names():
    """Return the long names of months and two lists of short ones, in each language of the site."""
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            lists = (MONTHS, MONTHS_3, MONTHS_AP)
            found.append([{n: str(name).strip(".") for n, name in one.items()} for one in lists])
    return found


@cache
def _pattern():
    """Return the pattern of days; with groups year, month and day, a letter behind each."""
    written = {name for lists in _all_names() for names in lists for name in names.values()}
    letters = written | set(_numbers())
    name = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
    day = r"\d{1,2}(?!\d)"
    suffix = "(?:st|nd|rd|th)?"
    ways = [
        rf"(?P<daya>{day})(?:\.|er)?{suffix}\s*(?:of\s+)?(?P<montha>{name})\.?,?\s+(?P<yeara>\d{{4}})",
        rf"(?P<monthb>{name})\.?\s+(?P<dayb>{day}){suffix},?\s+(?P<yearb>\d{{4}})",
        r"(?P<dayc>\d{1,2})[./]\s?(?P<monthc>\d{1,2})[./]\s?(?P<yearc>\d{4})",
        r"(?P<yeard>\d{4})-(?P<monthd>\d{1,2})-(?P<dayd>\d{1,2})",
        rf"(?P<monthe>{name})\.?\s+(?P<yeare>\d{{4}})",
    ]
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(ways)})(?![\w/]|[.-]\d)", re.IGNORECASE)
