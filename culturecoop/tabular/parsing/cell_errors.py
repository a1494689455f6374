"""Cells whose value the parser leaves blank or misreads.

A blank cell may clear a value of the register, a spreadsheet error or a formula without a result
must not: so these cells are looked up in the file itself, and so is the day that Excel has and
the calendar has not. Used in the reading process only, see worker.py.
"""

import contextlib
import datetime
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from . import xls_errors
from .packages import CHUNK, Refused, holds
from .places import column_index, column_letter

#: A sheet with more errors than these is refused: they are kept in memory.
MOST = 50_000
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_TYPES = ("float", "percentage", "currency", "date", "time", "boolean", "string")
_ODS_ERROR = re.compile(
    rb"""value-type=["'](?!(?:%b)["'])|table:formula=""" % "|".join(_TYPES).encode()
)
_WORTH_A_LOOK = re.compile(rb"""<(?:\w+:)?f\b|\bt=["']e["']""")
_TEXT = re.compile(rb"""\bt=["'](?:str|s|inlineStr)["']""")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(?P<name>row|c)\b(?P<attributes>[^>]*)>")
_ROW = re.compile(rb"""\br=["'](\d{1,7})["']""")


def cells_with(attributes: bytes) -> re.Pattern[bytes]:
    """Return what finds the cells of the XML of a sheet whose attributes match a pattern."""
    inside = rb"(?:(?!</?(?:\w+:)?c\b).)*"
    return re.compile(
        rb"<(?:\w+:)?c\b(?P<attributes>%b)>(?P<content>%b)</(?:\w+:)?c>" % (attributes, inside),
        re.DOTALL,
    )


CELL = cells_with(rb"[^>]*[^>/]")


def find(path: Path | str, kind: str, sheet: str) -> dict[int, list[tuple[int, dict[str, str]]]]:
    """Return {row number: [(column index, {"e" or "f": shown text}), …]} of the sheet called so."""
    finder = {"xlsx": _in_xlsx, "ods": _in_ods, "xls": xls_errors.find}[kind]
    found: dict[int, list] = {}
    for number, (row, column, error) in enumerate(finder(path, sheet)):
        if number == MOST:
            raise Refused("faults", most=MOST)
        found.setdefault(row, []).append((column, error))
    return found


def odd_numbers(path: Path | str, kind: str, sheet: str) -> dict[tuple[int, int], float]:
    """Return {(row number, column index): number} where the parser makes another date of it.

    60 is Excel's 29 February 1900, which the parser reads as the 28th; below 0 are the days
    before the calendars begin, of which it makes times. ODS has its dates in words.
    """
    finder = {"xlsx": _numbers_in_xlsx, "xls": xls_errors.numbers}.get(kind)
    numbers = finder(path, sheet) if finder else ()
    return {(r, column): n for r, column, n in numbers if 60 <= n < 61 or n < 0}


def first_day(path: Path | str, kind: str) -> datetime.date:
    """Return the day of the number 0 in the calendar of the workbook."""
    is_1904 = xls_errors.is_1904(path) if kind == "xls" else _is_1904(path)
    return datetime.date(1904, 1, 1) if is_1904 else datetime.date(1899, 12, 30)


def _is_1904(path):
    with zipfile.ZipFile(path) as package:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    properties = book.find("{*}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def _in_xlsx(path, sheet):
    for xml in pieces(path, sheet):
        yield from _in_piece(xml)


def _numbers_in_xlsx(path, sheet):
    for xml in pieces(path, sheet):
        for cell in CELL.finditer(xml):
            place, value = PLACE.search(cell["attributes"]), _VALUE.search(cell["content"])
            with contextlib.suppress(ValueError):
                if place and value:
                    yield int(place[2]), _index(place[1]), float(value[1])


def pieces(path: Path | str, sheet: str) -> Iterator[bytes]:
    """Yield the XML of the sheet in pieces that hold whole cells, each with its place."""
    with zipfile.ZipFile(path) as package:
        part = _part(package, sheet)
        if part in package.namelist():
            with package.open(part) as entry:
                yield from _placed(_in_xml(entry))


def _placed(pieces):
    """Yield the pieces with the places written into the cells of a file that leaves them out."""
    places, has_places = _Places(), None
    for xml in pieces:
        if has_places is None:
            first = next((tag for tag in _ROW_OR_CELL.finditer(xml) if tag["name"] == b"c"), None)
            has_places = first and bool(PLACE.search(first["attributes"]))
        yield xml if has_places else _ROW_OR_CELL.sub(places.mended, xml)


class _Places:
    """Counts rows and cells: without places these stand side by side."""

    def __init__(self) -> None:
        self.row, self.column = 0, 0

    def mended(self, tag: re.Match[bytes]) -> bytes:
        """Return the tag of a row or cell; that of a cell with its place."""
        attributes = tag["attributes"]
        if tag["name"] == b"row":
            place = _ROW.search(attributes)
            self.row, self.column = int(place[1]) if place else self.row + 1, 0
            return tag[0]
        if place := PLACE.search(attributes):
            self.column = _index(place[1]) + 1
            return tag[0]
        self.column += 1
        written = f' r="{column_letter(self.column - 1)}{self.row}"'.encode()
        return tag[0].removesuffix(attributes + b">") + written + attributes + b">"


def _part(package, sheet):
    """Return the name of the zip entry that holds the sheet."""
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    for item in book.findall("{*}sheets/{*}sheet"):
        if item.get("name") == sheet:
            wanted = next((v for k, v in item.attrib.items() if k.endswith("}id")), None)
            return posixpath.normpath(posixpath.join("/xl", targets.get(wanted, "")))[1:]
    return None


def _in_xml(entry):
    """Yield the XML in pieces that end before a cell begins."""
    rest = b""
    while chunk := entry.read(CHUNK):
        text = rest + chunk
        end = max(map(text.rfind, (b"<c ", b":c ", b"<c>")))
        end = end if end > 0 else len(text)
        # Back to the "<" of a prefixed tag such as <x:c.
        end = text.rfind(b"<", 0, end + 1) if end < len(text) else end
        yield text[:end]
        rest = text[end:]
    yield rest


def _in_piece(xml):
    if not _WORTH_A_LOOK.search(xml):
        return
    for cell in CELL.finditer(xml):
        error = _error(cell["attributes"], cell["content"])
        place = error and PLACE.search(cell["attributes"])
        if place:
            yield int(place[2]), _index(place[1]), error


def _error(attributes, content):
    value = _VALUE.search(content)
    if _ERROR.search(attributes):
        return {"e": value[1].decode("utf-8", "replace") if value else "#"}
    if (value is None or (not value[1] and not _TEXT.search(attributes))) and (
        _FORMULA.search(content)
    ):
        return {"f": "="}
    return None


def _index(letters):
    return column_index(letters.decode())


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
            if inside and (error := _error_in_ods(element)):
                yield row, column, error
            column += int(_attribute(element, "number-columns-repeated") or 1)
            element.clear()
        elif name == "table-row":
            row += int(_attribute(element, "number-rows-repeated") or 1)
            element.clear()


def _error_in_ods(element):
    types = _value_types(element)
    if set(types) - {*_TYPES, "void"}:
        return {"e": "".join(element.itertext())[:50] or "#"}
    return {"f": "="} if not types and _attribute(element, "formula") is not None else None


def _attribute(element, name):
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def _value_types(element):
    return [v for k, v in element.attrib.items() if k.rpartition("}")[2] == "value-type"]
