"""Dates with the month in words, in the languages of the European Union."""

import re
from functools import cache

from babel import Locale

from .languages import EU_LANGUAGES

# “2000-1 December” names two years, or a year and a day.
_YEAR_AND_NUMBER = re.compile(r"\d{4}\s*[-/]\s*\d{1,2}(?!\d)")
_WORDS_ONLY = re.compile(r"[\w\s.,/'’°ºª-]+")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# What stands around the parts of a date in words, in the languages of the EU.
_AROUND = """
    st nd rd th er re ère ro do o º ª de del di il la le les the of den an a dne dnia ta tal na lá
    mí d m r g gada gads año anno anul ano ste e година года г το του της στις η
"""
_FILLERS = frozenset(_AROUND.split())


def in_words(text: str) -> tuple[str, set[int], str | None] | None:
    """Return (year, numbers of the months it can be, day or None) of a date in words, or None."""
    if not _WORDS_ONLY.fullmatch(text) or text.strip("-/") != text:
        return None
    if _YEAR_AND_NUMBER.search(text):
        return None
    tokens = _TOKEN.findall(text.casefold())
    numbers = [token for token in tokens if token.isdecimal()]
    words = [token for token in tokens if not token.isdecimal()]
    found = _month_of(words)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if not found or len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        return None
    if days and _is_torn(tokens, years[0], days[0]):
        return None
    return years[0], found, days[0] if days else None


def _is_torn(tokens, year, day):
    """Return whether the year stands between day and month: “December 2000-1” is two years."""
    place, weekdays = tokens.index(year), _weekdays()
    others = {
        index < place
        for index, token in enumerate(tokens)
        if token == day or not (token.isdecimal() or token in _FILLERS or token in weekdays)
    }
    return len(others) > 1


def _month_of(words):
    """Return the numbers of the months that the words can be, leaving out fillers and weekdays."""
    names, weekdays = _months(), _weekdays()
    rest = [word for word in words if word not in weekdays]
    for kept in (rest, [word for word in rest if word not in _FILLERS or word in names]):
        found = names.get(" ".join(kept))
        if found:
            return found
    return names.get(" ".join(word for word in rest if word not in _FILLERS), ())


@cache
def _months():
    """Return {name or abbreviation of a month, as tokens: {its numbers}} in EU languages."""
    names: dict[str, set[int]] = {}
    for code in EU_LANGUAGES:
        for forms in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in forms[width].items():
                    key = " ".join(_TOKEN.findall(name.casefold()))
                    names.setdefault(key, set()).add(number)
    names.setdefault("sept", {9})
    return names


@cache
def _weekdays():
    """Return the full names of the days of the week in the languages of the EU."""
    names = {
        name.casefold()
        for code in EU_LANGUAGES
        for forms in Locale.parse(code).days.values()
        for name in forms["wide"].values()
    }
    return {name for name in names if name not in _months()}
