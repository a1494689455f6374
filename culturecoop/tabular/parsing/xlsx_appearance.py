"""What a sheet of an XLSX shows beside its values; see appearance.py. The parser tells no styles.

Used in the reading process only, see worker.py.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from . import cell_errors
from .marks import Marks
from .packages import holds
from .places import column_index

_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden=["'](?:1|true)["'])([^>]*)>""")
_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_FILTERED = re.compile(rb"<(?:\w+:)?filterColumn\b")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_SHARED = re.compile(rb"""\bt=["']s["'].*?<(?:\w+:)?v>\s*(\d+)\s*<""", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_TYPE = re.compile(rb"""\bt=["'](?!n["'])""")
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b")
#: Formats that are zeros, with a text in front or behind: 000, 0.00, "No. "00.
_ZEROS = re.compile(
    r'(?P<before>(?:"[^"]*"|\\.)*)(?P<zeros>0+)(?P<places>\.0+)?(?P<after>(?:"[^"]*"|\\.)*)'
)


def find(path: Path | str, sheet: str) -> Marks:
    """Return the Marks of the sheet, without its merged cells."""
    with zipfile.ZipFile(path) as package:
        struck_styles, formats = _styles(package)
        shared = _struck_strings(package)
    marks, is_filtered = Marks(), False
    for xml in cell_errors.pieces(path, sheet):
        for row in _HIDDEN.finditer(xml) if b"hidden=" in xml else ():
            if place := _NUMBER.search(row[1]):
                marks.hidden[int(place[1])] = "row"
        is_filtered = is_filtered or bool(_FILTERED.search(xml))
        if struck_styles or formats or shared or b"strike" in xml:
            _cells(xml, struck_styles, formats, shared, marks)
    if is_filtered:
        marks.hidden = dict.fromkeys(marks.hidden, "filter")
    return marks


def _cells(xml, struck_styles, formats, shared, marks):
    for cell in cell_errors.CELL.finditer(xml):
        place, style = cell_errors.PLACE.search(cell["attributes"]), _style(cell)
        if not place:
            continue
        at = int(place[2]), column_index(place[1].decode())
        if style in formats and (text := _shown(cell, formats[style])):
            marks.shown[at] = text
        if found := _struck(cell, style in struck_styles, shared):
            marks.struck[at] = found
    marks.checked()


def _style(cell):
    found = _STYLE.search(cell["attributes"])
    return int(found[1]) if found else 0


def _struck(cell, is_whole, shared):
    """Return (what of the text is struck out, what is left); None for nothing."""
    if is_whole:
        return "", ""
    if found := _SHARED.search(cell["attributes"] + b">" + cell["content"]):
        return shared.get(int(found[1]))
    if _STRIKE.search(cell["content"]):
        return _runs(ElementTree.fromstring(b"<c>" + _plain(cell["content"]) + b"</c>"))
    return None


def _plain(xml):
    """Return the XML without the prefixes of its tags, whose declarations stand elsewhere."""
    return re.sub(rb"<(/?)\w+:", rb"<\1", re.sub(rb"\s\w+:\w+=", b" x=", xml))


def _runs(item):
    """Return (the struck texts of an element of runs, the others), None when none is struck."""
    runs = [(_is_on(run.find("{*}rPr/{*}strike")), run) for run in item.iterfind(".//{*}r")]
    struck = "".join(_text(run) for is_struck, run in runs if is_struck)
    left = "".join(_text(run) for is_struck, run in runs if not is_struck)
    return (struck, left) if struck else None


def _text(run):
    return "".join(part.text or "" for part in run.iterfind("{*}t"))


def _is_on(element):
    return element is not None and element.get("val", "1") not in ("0", "false")


def _struck_strings(package):
    """Return {index of a shared text: (what is struck out, what is left)}."""
    name = "xl/sharedStrings.xml"
    if name not in package.namelist():
        return {}
    with package.open(name) as entry:
        if not holds(entry, _STRIKE):
            return {}
    with package.open(name) as entry:
        found = ((index, _runs(item)) for index, item in enumerate(_items(entry)))
        return {index: runs for index, runs in found if runs}


def _items(entry) -> Iterator[ElementTree.Element]:
    for _event, element in ElementTree.iterparse(entry):
        if element.tag.rpartition("}")[2] == "si":
            yield element
            element.clear()


def _styles(package):
    """Return (the indexes of styles of cells that strike out, {index: format of zeros})."""
    if "xl/styles.xml" not in package.namelist():
        return set(), {}
    root = ElementTree.fromstring(package.read("xl/styles.xml"))
    written = root.findall("{*}numFmts/{*}numFmt")
    codes = {"2": "0.00"} | {i.get("numFmtId"): i.get("formatCode", "") for i in written}
    fonts = [_is_on(font.find("{*}strike")) for font in root.findall("{*}fonts/{*}font")]
    struck, formats = set(), {}
    for index, style in enumerate(root.findall("{*}cellXfs/{*}xf")):
        font = int(style.get("fontId", 0))
        if font < len(fonts) and fonts[font]:
            struck.add(index)
        zeros = _ZEROS.fullmatch(codes.get(style.get("numFmtId"), ""))
        if zeros and (len(zeros["zeros"]) > 1 or zeros["places"]):
            formats[index] = zeros
    return struck, formats


def _shown(cell, zeros):
    """Return the text of a number as the format shows it; "" where that is another number."""
    value = _VALUE.search(cell["content"])
    try:
        number = float(value[1]) if value and not _TYPE.search(cell["attributes"]) else -1.0
    except ValueError:
        return ""
    places = len(zeros["places"] or ".") - 1
    digits = f"{number:.{places}f}"
    if number < 0 or float(digits) != number:
        return ""
    padded = digits.zfill(len(zeros["zeros"]) + (places and places + 1))
    before, after = (re.sub(r'"|\\', "", zeros[name] or "") for name in ("before", "after"))
    return f"{before}{padded}{after}"
