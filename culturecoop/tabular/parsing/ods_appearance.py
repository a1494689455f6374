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
_DIGITS = re.compile(r"(?P<before>\D*)(?P<number>\d+(?:[.,]\d+)?)(?P<after>\D*)")
_ROWS = 2**20
FAR = 10_000
LONGEST = 17  # characters of a number that keeps its digits
#: Elements that stand for a blank, a tab and a line break.
BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
THROUGH = ("text-line-through-style", "text-line-through-type")


def find(path: Path | str, sheet: str) -> Marks:
    """Return the Marks of the sheet, with its merged cells."""
    with zipfile.ZipFile(path) as package:
        struck = _named_styles(package)
        with package.open("content.xml") as entry:
            if not any(struck.values()) and not holds(entry, _WORTH_A_LOOK):
                return Marks()
        with package.open("content.xml") as entry:
            return _Table(sheet, struck).read(entry)


def _named_styles(package):
    """Return {name of a style of the whole file: whether it strikes text out}."""
    if "styles.xml" not in package.namelist():
        return {}
    with package.open("styles.xml") as entry:
        if not holds(entry, re.compile(_STRUCK)):
            return {}
    return _struck_styles(ElementTree.fromstring(package.read("styles.xml")), {})


def _struck_styles(root, known):
    """Return {name of a style: whether it strikes text out}, of those under an element as well.

    A style that says nothing of it does as its parent.
    """
    found, parents = dict(known), {}
    for style in root.iter():
        if _tag(style) != "style":
            continue
        through = (_attribute(item, name) for item in style for name in THROUGH)
        own, name = next(filter(None, through), None), _attribute(style, "name")
        if own:
            found[name] = own != "none"
        else:
            parents[name] = _attribute(style, "parent-style-name")
    for name in parents:
        seen, parent = {name}, parents[name]
        while parent in parents and parent not in seen:
            seen.add(parent)
            parent = parents[parent]
        if parent in found:
            found[name] = found[parent]
    return found


class _Table:
    """Reads the marks of one sheet from the stream of content.xml."""

    def __init__(self, sheet, struck):
        self.sheet, self.struck, self.marks = sheet, struck, Marks()
        self.inside, self.row, self.column, self.in_row = False, 1, 0, []

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
        if repeated < FAR:  # rows without a value go on to the end of the sheet
            rows = range(self.row, self.row + repeated)
            if self.inside and how:
                self.marks.hidden |= dict.fromkeys(rows, how)
            self._keep(rows)
        self.in_row = []
        self.row += repeated

    def _cell(self, element):
        """Keep what a cell shows until its row has ended, which may stand for several."""
        down = _number(element, "number-rows-spanned")
        right = _number(element, "number-columns-spanned")
        if down > 1 or right > 1:
            last = min(self.row + down - 1, _ROWS), self.column + min(right, 2**14) - 1
            self.marks.merged.append((self.row, self.column, *last))
        is_struck = self.struck.get(_attribute(element, "style-name"), False)
        pieces = list(_pieces(element, self.struck, is_struck))
        text = "".join(piece for _struck, piece in pieces).strip("\n")
        if not text:
            return
        shown = _attribute(element, "value-type") == "float" and _is_shown_so(element, text)
        columns = range(self.column, self.column + _number(element, "number-columns-repeated"))
        self.in_row += [(column, _struck_of(pieces), text if shown else "") for column in columns]

    def _keep(self, rows):
        for row in rows:
            for column, struck, shown in self.in_row:
                if struck:
                    self.marks.struck[row, column] = struck
                if shown:
                    self.marks.shown[row, column] = shown
        self.in_row = []
        self.marks.checked()


def _pieces(element, styles, is_struck):
    """Yield (whether it is struck out, text) of the pieces of a cell, without its comment."""
    for number, paragraph in enumerate(item for item in element if _tag(item) == "p"):
        if number:
            yield False, "\n"
        yield from _pieces_of(paragraph, styles, is_struck)


def _pieces_of(element, styles, is_struck):
    is_struck = styles.get(_attribute(element, "style-name"), is_struck)
    yield is_struck, element.text or ""
    for child in element:
        tag = _tag(child)
        if tag in BLANKS:
            yield is_struck, BLANKS[tag] * _number(child, "c")
        elif tag != "annotation":
            yield from _pieces_of(child, styles, is_struck)
        yield is_struck, child.tail or ""


def _struck_of(pieces):
    """Return (what is struck out, what is left), two "" where it is all, None for nothing."""
    struck = "".join(text for is_struck, text in pieces if is_struck)
    left = "".join(text for is_struck, text in pieces if not is_struck)
    if not struck.strip():
        return None
    return (struck, left) if left.strip() else ("", "")


def _is_shown_so(element, text):
    """Return whether a text is the number of a cell, with zeros that the number has not."""
    value, found = _attribute(element, "value") or "", _DIGITS.fullmatch(text)
    if not found or text == value or len(value) > LONGEST:
        return False
    zeros = found["number"][:1] == "0" or found["number"].rstrip("0") != found["number"]
    try:
        return zeros and float(found["number"].replace(",", ".")) == float(value)
    except ValueError:
        return False


def _number(element, name):
    return max(int(_attribute(element, name) or 1), 1)


def _tag(element):
    return element.tag.rpartition("}")[2]


def _attribute(element, name):
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)
