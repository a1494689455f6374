"""Cells whose value the parser leaves blank or takes for another one.

A blank cell may clear a value of the register, a spreadsheet error or a formula without a result
must not: so these cells are looked up in the file itself, and so is the day that Excel has and
the calendar has not. Used in the reading process only, see worker.py.
"""

import contextlib
import posixpath
import re
import zipfile
from itertools import islice
from xml.etree import ElementTree

from . import xlsfaults
from .packages import CHUNK, holds

MOST = 50_000
_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*[^>/])>(?P<content>(?:(?!</?(?:\w+:)?c\b).)*)</(?:\w+:)?c>",
    re.DOTALL,
)
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_ODS_ERROR = re.compile(rb"""value-type=["']error["']""")
_WORTH_A_LOOK = re.compile(rb"""<(?:\w+:)?f\b|\bt=["']e["']""")


def find(path, kind, sheet):
    """{row number: [(column index, {"e" or "f": shown text}), …]} of the sheet called so."""
    finder = {"xlsx": _in_xlsx, "ods": _in_ods, "xls": xlsfaults.find}[kind]
    found = {}
    for row, column, fault in islice(finder(path, sheet), MOST):
        found.setdefault(row, []).append((column, fault))
    return found


def leap_days(path, kind, sheet):
    """{(row number, column index)} of the numbers that as a date are Excel's 29 February 1900.

    The parser takes that day for the 28th. ODS has its dates in words, so never that one.
    """
    finder = {"xlsx": _numbers_in_xlsx, "xls": xlsfaults.numbers}.get(kind)
    numbers = finder(path, sheet) if finder else ()
    return {(row, column) for row, column, number in numbers if 60 <= number < 61}


def _in_xlsx(path, sheet):
    for xml in _pieces(path, sheet):
        yield from _in_piece(xml)


def _numbers_in_xlsx(path, sheet):
    for xml in _pieces(path, sheet):
        for cell in _CELL.finditer(xml):
            place, value = _PLACE.search(cell["attributes"]), _VALUE.search(cell["content"])
            with contextlib.suppress(ValueError):
                if place and value:
                    yield int(place[2]), _index(place[1]), float(value[1])


def _pieces(path, sheet):
    """Yield the XML of the sheet in pieces that hold whole cells."""
    with zipfile.ZipFile(path) as package:
        part = _part(package, sheet)
        if part in package.namelist():
            with package.open(part) as entry:
                yield from _in_xml(entry)


def _part(package, sheet):
    """The name of the zip entry that holds the sheet."""
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    for item in book.findall("{*}sheets/{*}sheet"):
        if item.get("name") == sheet:
            wanted = next((v for k, v in item.attrib.items() if k.endswith("}id")), None)
            return posixpath.normpath(posixpath.join("/xl", targets.get(wanted, "")))[1:]
    return None


def _in_xml(entry):
    """Read in pieces that end before a cell begins."""
    rest = b""
    while chunk := entry.read(CHUNK):
        text = rest + chunk
        end = max(text.rfind(b"<c "), text.rfind(b":c "))
        end = end if end > 0 else len(text)
        # Back to the "<" of a prefixed tag such as <x:c.
        end = text.rfind(b"<", 0, end + 1) if end < len(text) else end
        yield text[:end]
        rest = text[end:]
    yield rest


def _in_piece(xml):
    if not _WORTH_A_LOOK.search(xml):
        return
    for cell in _CELL.finditer(xml):
        fault = _fault(cell["attributes"], cell["content"])
        place = fault and _PLACE.search(cell["attributes"])
        if place:
            yield int(place[2]), _index(place[1]), fault


def _fault(attributes, content):
    value = _VALUE.search(content)
    if _ERROR.search(attributes):
        return {"e": value[1].decode("utf-8", "replace") if value else "#"}
    if value is None and b"<" in content and _FORMULA.search(content):
        return {"f": "="}
    return None


def _index(letters):
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _in_ods(path, sheet):
    with zipfile.ZipFile(path) as package:
        with package.open("content.xml") as entry:
            if not holds(entry, _ODS_ERROR):
                return
        with package.open("content.xml") as entry:
            yield from _in_tables(entry, sheet)


def _in_tables(entry, sheet):
    inside, row, column = False, 1, 0
    for event, element in ElementTree.iterparse(entry, ("start", "end")):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            if name == "table":
                inside = _attribute(element, "name") == sheet
                row = 1
            elif name == "table-row":
                column = 0
        elif name in ("table-cell", "covered-table-cell"):
            if inside and "error" in _value_types(element):
                yield row, column, {"e": "".join(element.itertext())[:50] or "#"}
            column += int(_attribute(element, "number-columns-repeated") or 1)
            element.clear()
        elif name == "table-row":
            row += int(_attribute(element, "number-rows-repeated") or 1)
            element.clear()


def _attribute(element, name):
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def _value_types(element):
    return [v for k, v in element.attrib.items() if k.rpartition("}")[2] == "value-type"]
