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
_RUN = re.compile(rb"<(?:\w+:)?r>|<(?:\w+:)?r\s")
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b")
#: Formats that are zeros, with other signs between or around them: 000, 0.00, "No. "00, 00\/0000.
_SIGNS = r'(?:"[^"]*"|\\.|[-/ ():])'
_ZEROS = re.compile(rf"(?P<whole>{_SIGNS}*0(?:0|{_SIGNS})*)(?P<places>\.0+)?(?P<after>{_SIGNS}*)")
_TOKEN = re.compile(rf"0|{_SIGNS}")
#: What of a format is no sign: colours, conditions, and blanks as wide as another sign.
_SILENT = re.compile(r"\[[^\]]*\]|_.|\*.")
_PREFIXED = re.compile(rb"""(</?)\w+:|\s\w+:\w+=(?:"[^"]*"|'[^']*')""")
#: How many digits of a number are kept.
_DIGITS = 15


def find(path: Path | str, sheet: str) -> Marks:
    """Return the Marks of the sheet, without its merged cells."""
    with zipfile.ZipFile(path) as package:
        struck_styles, formats = _styles(package)
        rich = _rich_strings(package, bool(struck_styles))
    wanted = _cells_wanted({*struck_styles, *formats}, bool(rich))
    marks, is_filtered = Marks(), False
    for xml in cell_errors.pieces(path, sheet):
        for row in _HIDDEN.finditer(xml) if b"hidden=" in xml else ():
            if place := _NUMBER.search(row[1]):
                marks.hidden[int(place[1])] = "row"
        is_filtered = is_filtered or bool(_FILTERED.search(xml))
        found = cell_errors.CELL if b"strike" in xml else wanted
        for cell in found.finditer(xml) if found else ():
            _note(cell, struck_styles, formats, rich, marks)
        marks.checked()
    if is_filtered:
        marks.hidden = dict.fromkeys(marks.hidden, "filter")
    return marks


def _cells_wanted(styles, is_rich):
    """Return what finds the cells worth a look: all, those of some styles, or None for none."""
    if is_rich:
        return cell_errors.CELL
    if not styles:
        return None
    numbers = b"|".join(str(style).encode() for style in sorted(styles))
    return cell_errors.cells_with(rb"""(?=[^>]*\bs=["'](?:%b)["'])[^>]*[^>/]""" % numbers)


def _note(cell, struck_styles, formats, rich, marks):
    """Keep what a cell shows."""
    place, style = cell_errors.PLACE.search(cell["attributes"]), _style(cell)
    if not place:
        return
    at = int(place[2]), column_index(place[1].decode())
    if style in formats and (text := _shown(cell, formats[style])):
        marks.shown[at] = text
    if found := _struck(cell, style in struck_styles, rich):
        marks.struck[at] = found


def _style(cell):
    found = _STYLE.search(cell["attributes"])
    return int(found[1]) if found else 0


def _struck(cell, is_whole, rich):
    """Return (what of the text is struck out, what is left), two "" for all; None for nothing.

    The runs of a text go before the style of its cell.
    """
    runs = []
    if found := _SHARED.search(cell["attributes"] + b">" + cell["content"]):
        runs = rich.get(int(found[1]), [])
    elif b"<" in cell["content"] and _RUN.search(cell["content"]):
        runs = _runs(ElementTree.fromstring(b"<c>" + _plain(cell["content"]) + b"</c>"))
    struck = "".join(text for own, text in runs if (is_whole if own is None else own))
    left = "".join(text for own, text in runs if not (is_whole if own is None else own))
    if not runs:
        return ("", "") if is_whole else None
    if not struck.strip():
        return None
    return (struck, left) if left.strip() else ("", "")


def _plain(xml):
    """Return the XML without prefixes, whose declarations stand elsewhere."""
    return re.sub(rb"<[^>]*>", lambda tag: _PREFIXED.sub(rb"\1", tag[0]), xml)


def _runs(item):
    """Return [(whether it is struck out, None as the cell is; text)] of an element of runs."""
    return [(_own(run), _text(run)) for run in item.iterfind(".//{*}r")]


def _own(run):
    properties = run.find("{*}rPr")
    return None if properties is None else _is_on(properties.find("{*}strike"))


def _text(run):
    return "".join(part.text or "" for part in run.iterfind("{*}t"))


def _is_on(element):
    return element is not None and element.get("val", "1") not in ("0", "false")


def _rich_strings(package, are_all_wanted):
    """Return {index of a shared text: its runs}, where one may be struck out."""
    name = "xl/sharedStrings.xml"
    if name not in package.namelist():
        return {}
    with package.open(name) as entry:
        if not holds(entry, _RUN if are_all_wanted else _STRIKE):
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
        code = _SILENT.sub("", codes.get(style.get("numFmtId"), "").split(";")[0])
        zeros = _ZEROS.fullmatch(code)
        if zeros and (code.count("0") > 1 or zeros["places"]):
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
    if not 0 <= number < 10**_DIGITS or round(number, places) != float(f"{number:.{_DIGITS}g}"):
        return ""
    whole, _point, decimals = f"{number:.{places}f}".partition(".")
    before = _filled(zeros["whole"], whole)
    return before + (f".{decimals}" if places else "") + _signs(zeros["after"])


def _filled(code, digits):
    """Return the digits of a whole number in the places of the zeros, the first takes the rest."""
    tokens = _TOKEN.findall(code)
    digits = list(digits.zfill(tokens.count("0")))
    rest = len(digits) - tokens.count("0")
    found = []
    for token in tokens:
        if token == "0":
            found += [digits.pop(0) for _digit in range(1 + rest)]
            rest = 0
        else:
            found.append(_signs(token))
    return "".join(found)


def _signs(code):
    """Return signs of a format as they are shown."""
    return re.sub(r'"|\\(?=.)', "", code)
