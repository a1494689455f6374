"""Dates of an XLSX that are shown as a month or a year only.

Spreadsheet programs make the first of the month of a typed “2009-12”, and show “Dec-09”: the day
is one that nobody wrote. Used in the reading process only, see worker.py.
"""

import re
import zipfile
from xml.etree import ElementTree

from .faults import CELL, PLACE, pieces
from .places import column_index

_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
# What a format shows as it is: quoted texts, colours and conditions, escaped signs.
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
#: The format of a month that needs no definition, mmm-yy.
BUILTIN = {17: "month"}


def find(path, kind, sheet):
    """{(row number, column index): "month" or "year"} of the cells that are shown so."""
    styles = _styles(path) if kind == "xlsx" else {}
    found = {}
    for xml in pieces(path, sheet) if styles else ():
        for cell in CELL.finditer(xml):
            style, place = _STYLE.search(cell["attributes"]), PLACE.search(cell["attributes"])
            if style and place and int(style[1]) in styles:
                found[int(place[2]), column_index(place[1].decode())] = styles[int(style[1])]
    return found


def as_shown(day, what):
    """The text of the date as it is shown, None when it is a day that somebody wrote."""
    if day.day != 1 or (what == "year" and day.month != 1):
        return None
    return f"{day.year:04}" if what == "year" else f"{day.year:04}-{day.month:02}"


def _styles(path):
    """{index of a style of cells: "month" or "year"}."""
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
    """What of a date the format shows when it is not the day; None for any other format."""
    signs = set(_LITERAL.sub("", code).casefold())
    if "y" not in signs or signs & set("dhs0#?@e"):
        return None
    return "month" if "m" in signs else "year"
