"""What a sheet of an ODS shows beside its values; see appearance.py.

Used in the reading process only, see worker.py.
"""

import re
import zipfile
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from .marks import Marks
from .packages import holds

_STRUCK = rb"""text-line-through-(?:style|type)=["'](?!none)"""
_WORTH_A_LOOK = re.compile(
    rb"""visibility=["'](?:collapse|filter)|-spanned=["'](?:[2-9]|1\d)|"""
    rb"""min-(?:integer-digits|decimal-places)=["'](?:[2-9]|1\d)|decimal-places=["'][1-9]|"""
    + _STRUCK
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_ROWS = 2**20
FAR = 10_000
THROUGH = ("text-line-through-style", "text-line-through-type")


def find(path: Path | str, sheet: str) -> Marks:
    """Return the Marks of the sheet, with its merged cells."""
    with zipfile.ZipFile(path) as package:
        struck = _named_styles(package)
        with package.open("content.xml") as entry:
            if not struck and not holds(entry, _WORTH_A_LOOK):
                return Marks()
        with package.open("content.xml") as entry:
            return _Table(sheet, struck).read(entry)


def _named_styles(package):
    """Return the names of the styles of the whole file that strike text out."""
    if "styles.xml" not in package.namelist():
        return set()
    with package.open("styles.xml") as entry:
        if not holds(entry, re.compile(_STRUCK)):
            return set()
    return _struck_styles(ElementTree.fromstring(package.read("styles.xml")), set())


def _struck_styles(root, known):
    """Return the known names of styles that strike text out, and those under an element."""
    found = set(known)
    for style in root.iter():
        if _tag(style) == "style":
            through = (_attribute(item, name) for item in style for name in THROUGH)
            own = next(filter(None, through), None)
            is_struck = own != "none" if own else _attribute(style, "parent-style-name") in found
            if is_struck:
                found.add(_attribute(style, "name"))
    return found


class _Table:
    """Reads the marks of one sheet from the stream of content.xml."""

    def __init__(self, sheet, struck):
        self.sheet, self.struck, self.marks = sheet, struck, Marks()
        self.inside, self.row, self.column = False, 1, 0

    def read(self, entry: IO[bytes]) -> Marks:
        for event, element in ElementTree.iterparse(entry, ("start", "end")):
            name = _tag(element)
            if event == "start":
                self._begin(name, element)
            elif name == "automatic-styles":
                self.struck = _struck_styles(element, self.struck)
            elif name in ("table-cell", "covered-table-cell"):
                if self.inside:
                    self._cell(element)
                self.column += _number(element, "number-columns-repeated")
                element.clear()
            elif name == "table-row":
                self._row_ended(element)
                element.clear()
        return self.marks

    def _begin(self, name, element):
        if name == "table":
            self.inside = _attribute(element, "name") == self.sheet
            self.row = 1
        elif name == "table-row":
            self.column = 0

    def _row_ended(self, element):
        repeated = _number(element, "number-rows-repeated")
        how = {"collapse": "row", "filter": "filter"}.get(_attribute(element, "visibility"))
        # Hidden rows without a value go on to the end of the sheet.
        if self.inside and how and repeated < FAR:
            self.marks.hidden |= dict.fromkeys(range(self.row, self.row + repeated), how)
        self.row += repeated
        self.marks.checked()

    def _cell(self, element):
        place = self.row, self.column
        down = _number(element, "number-rows-spanned")
        right = _number(element, "number-columns-spanned")
        if down > 1 or right > 1:
            last = min(self.row + down - 1, _ROWS), self.column + min(right, 2**14) - 1
            self.marks.merged.append((*place, *last))
        text = "\n".join("".join(item.itertext()) for item in element if _tag(item) == "p")
        if not text:
            return
        if _attribute(element, "style-name") in self.struck:
            self.marks.struck[place] = "", ""
        elif struck := "".join(_struck_spans(element, self.struck)):
            self.marks.struck[place] = struck, "".join(_other_texts(element, self.struck))
        if _attribute(element, "value-type") == "float" and _is_shown_so(element, text):
            self.marks.shown[place] = text


def _struck_spans(element, styles):
    for span in element.iter():
        if _tag(span) == "span" and _attribute(span, "style-name") in styles:
            yield "".join(span.itertext())


def _other_texts(element, styles):
    """Yield the texts of an element that stand in no struck span."""
    if _tag(element) == "span" and _attribute(element, "style-name") in styles:
        return
    yield element.text or ""
    for child in element:
        yield from _other_texts(child, styles)
        yield child.tail or ""


def _is_shown_so(element, text):
    """Return whether a text is the number of a cell, with zeros that the number has not."""
    value = _attribute(element, "value") or ""
    if not _DIGITS.fullmatch(text) or text == value:
        return False
    try:
        return float(text.replace(",", ".")) == float(value)
    except ValueError:
        return False


def _number(element, name):
    return max(int(_attribute(element, name) or 1), 1)


def _tag(element):
    return element.tag.rpartition("}")[2]


def _attribute(element, name):
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)
