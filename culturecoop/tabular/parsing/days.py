"""Days of a workbook that the parser gets wrong, or that nobody wrote.

- 29 February 1900, which Excel has and the calendar has not: an error.
- Days before the calendars begin, which some programs write as negative numbers: the day.
- A month or a year that is shown without its day: what is shown. Spreadsheet programs make the
  first of the month of a typed “2009-12”, and show “Dec-09”.

Used in the reading process only, see worker.py.
"""

import datetime
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from . import cell_errors
from .places import column_index

# What the parser makes of the 28th as well as of the 29th.
LAST_OF_FEBRUARY = datetime.date(1900, 2, 28)
# Before it programs differ in the calendar they count by.
GREGORIAN = datetime.date(1582, 10, 15)
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
# What a format shows as it is: quoted texts, colours and conditions, escaped signs.
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
#: The format of a month that needs no definition, mmm-yy.
BUILTIN = {17: "month"}


class Days:
    """The days of one sheet; the file is looked at only when a cell gives reason to."""

    def __init__(self, path: Path | str, kind: str, sheet: str) -> None:
        self.path, self.kind, self.sheet = path, kind, sheet

    def mended(
        self, number: int, cells: list, start: int
    ) -> Iterator[tuple[int, dict[str, str] | str]]:
        """Yield (column, packed cell) of the days of a row that are other ones; see worker.py."""
        for column, cell in enumerate(cells, start):
            place = (number, column)
            if isinstance(cell, datetime.date):
                yield from self._date(place, cell)
            elif isinstance(cell, datetime.time | datetime.timedelta):
                yield from self._before_the_calendar(place)

    def _date(self, place, cell):
        day = cell.date() if isinstance(cell, datetime.datetime) else cell
        if day == LAST_OF_FEBRUARY and self._odd.get(place, 0) >= 60:
            yield place[1], {"n": "1900-02-29"}
        elif day.day == 1 and (text := _shown(day, self._short.get(place))):
            yield place[1], text

    def _before_the_calendar(self, place):
        number = self._odd.get(place, 0)
        if number >= 0:
            return
        try:
            day = self._first_day + datetime.timedelta(days=int(number // 1))
        except OverflowError:
            day = datetime.date.min
        early = {"b": f"{number:g}"}
        yield place[1], {"d": day.isoformat()} if day >= GREGORIAN else early

    @cached_property
    def _odd(self):
        return cell_errors.odd_numbers(self.path, self.kind, self.sheet)

    @cached_property
    def _first_day(self):
        return cell_errors.first_day(self.path, self.kind)

    @cached_property
    def _short(self):
        """Return {(row number, column index): "month" or "year"} of cells that are shown so."""
        styles = _styles(self.path) if self.kind == "xlsx" else {}
        found = {}
        for xml in cell_errors.pieces(self.path, self.sheet) if styles else ():
            for cell in cell_errors.CELL.finditer(xml):
                style = _STYLE.search(cell["attributes"])
                place = cell_errors.PLACE.search(cell["attributes"])
                if style and place and int(style[1]) in styles:
                    column = column_index(place[1].decode())
                    found[int(place[2]), column] = styles[int(style[1])]
        return found


def _shown(day, what):
    """Return the text of a first of the month shown without its day, "" of any other day."""
    if what == "month":
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}" if what == "year" and day.month == 1 else ""


def _styles(path):
    """Return {index of a style of cells: "month" or "year"}."""
    with zipfile.ZipFile(path) as package:
        if "xl/styles.xml" not in package.namelist():
            return {}
        root = ElementTree.fromstring(package.read("xl/styles.xml"))
    formats = dict(BUILTIN)
    for item in root.findall("{*}numFmts/{*}numFmt"):
        formats[int(item.get("numFmtId", -1))] = _shows(item.get("formatCode", ""))
    used = enumerate(root.findall("{*}cellXfs/{*}xf"))
    found = {index: formats.get(int(item.get("numFmtId", 0))) for index, item in used}
    return {index: what for index, what in found.items() if what}


def _shows(code):
    """Return what of a date the format shows when it is not the day; None for any other format."""
    signs = set(_LITERAL.sub("", code).casefold())
    if "y" not in signs or signs & set("dhs0#?@e"):
        return None
    return "month" if "m" in signs else "year"
