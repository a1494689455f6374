"""Read any uploaded spreadsheet: CSV in any common form, XLSX, XLSM, XLS, ODS.

`open_spreadsheet(path)` finds out by its bytes what the file is; `.rows(sheet)` streams typed rows;
`table(spreadsheet, sheet)` reads the first row as headings. What cannot be read raises
`Unreadable` with a message for the editor.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path, PurePath

from ..parsing.places import column_index, column_letter
from . import errors
from .cells import Cell, CellError, Row, as_text, storable
from .encodings import ENCODINGS
from .errors import Unreadable
from .limits import limit
from .textfiles import DELIMITERS, TextFile
from .workbooks import Workbook

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Cell",
    "CellError",
    "Row",
    "Spreadsheet",
    "Unreadable",
    "as_text",
    "column_index",
    "column_letter",
    "open_spreadsheet",
    "storable",
    "table",
]

#: The sheet of a text file; imports keep it, so it is the same in every language.
ONLY_SHEET = "Table"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_NAMES = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"}
# How a file that is no table begins, lower case, blanks before it left out.
OTHERS = [
    (b"%pdf-", "PDF"),
    (b"\x89png", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"gif8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7z"),
    (b"rar!", "RAR"),
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
    (b"<table", "HTML"),
    (b"<?xml", "XML"),
    (b"<svg", "SVG"),
]
_JSON = re.compile(rb"""\{\s*(?:"|\})|\[\s*[\[{"]""")


class Spreadsheet:
    """An opened file: its sheets, and how it is written.

    `sheets` are the names of the visible work sheets, then of the hidden ones (`hidden`);
    `encoding` and `delimiter` are empty for workbooks; where `encoding_guessed` is true
    the editor should see the encoding.
    """

    def __init__(
        self, source: TextFile | Workbook, sheets: Iterable[str], hidden: Iterable[str] = ()
    ) -> None:
        self._source = source
        self.hidden = list(hidden)
        self.sheets = [*sheets, *self.hidden]
        self.encoding = source.encoding
        self.encoding_guessed = source.encoding_guessed
        self.delimiter = source.delimiter

    def sheet(self, name: str = "") -> str:
        """Return the name of the sheet called so; raises Unreadable.

        For no name it is the first one that holds a row: programs leave empty ones in front.
        """
        if not self.sheets or (name and name not in self.sheets):
            raise errors.unreadable("no_sheet", name=name, names=", ".join(self.sheets) or "–")
        return name or self._first

    @cached_property
    def _first(self):
        if len(self.sheets) == 1:
            return self.sheets[0]
        filled = (sheet for sheet in self.sheets if any(True for _row in self._source.rows(sheet)))
        return next(filled, self.sheets[0])

    def rows(self, sheet: str = "") -> Iterator[tuple[int, Row]]:
        """Yield (row number as the spreadsheet program shows it, cells), blank rows left out.

        The cells after the last one with a value are left out too. Raises Unreadable, also late.
        """
        return self._source.rows(self.sheet(sheet))


def open_spreadsheet(
    path: Path | str, *, name: str = "", encoding: str | None = None, delimiter: str | None = None
) -> Spreadsheet:
    """Open the file at `path`, whose name was `name` when it was uploaded.

    `encoding` and `delimiter` replace what is detected in a text file. Raises Unreadable.
    """
    size, most = os.path.getsize(path), limit("BYTES")
    if size > most:
        raise errors.unreadable("too_large", size=size // 2**20, most=most // 2**20)
    with open(path, "rb") as file:
        head = file.read(4096)
    _refuse_others(head)
    if head.startswith((b"PK", OLE)):
        workbook = Workbook(path)
        return Spreadsheet(workbook, workbook.sheets, workbook.hidden)
    suffix = PurePath(name or path).suffix.lower()
    if suffix in WORKBOOK_NAMES:
        raise errors.unreadable("misnamed", suffix=suffix)
    return Spreadsheet(TextFile(path, encoding, delimiter), [ONLY_SHEET])


def table(spreadsheet: Spreadsheet, sheet: str = "") -> tuple[list[str], Iterator[tuple[int, Row]]]:
    """Return (headings, rows): the first row of the sheet as headings, the others as they come.

    Headings are stripped. Rows are (number, cells), padded to the width of the headings; a row
    may be longer, which is for the caller to report. Raises Unreadable without a row, and for a
    heading that is blank, doubled or an error.
    """
    sheet = spreadsheet.sheet(sheet)
    rows = iter(spreadsheet.rows(sheet))
    _number, cells = next(rows, (0, None))
    if cells is None:
        raise errors.unreadable("no_rows", sheet=sheet)
    headings = [storable(as_text(cell)).strip() for cell in cells]
    _check_headings(sheet, headings, cells)
    width = len(headings)
    return headings, ((number, row.widened(width)) for number, row in rows)


def _refuse_others(head):
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise errors.unreadable("empty")
    for beginning, what in OTHERS:
        if start.startswith(beginning):
            raise errors.unreadable("kind", what=what)
    if _JSON.match(start):
        raise errors.unreadable("kind", what="JSON")


def _check_headings(sheet, headings, cells):
    for index, heading in enumerate(headings):
        place = {"sheet": sheet, "column": column_letter(index)}
        if isinstance(cells[index], CellError):
            raise errors.unreadable("bad_heading", **place, message=cells[index].message)
        if not heading:
            raise errors.unreadable("no_heading", **place)
        same = [column_letter(i) for i, other in enumerate(headings) if other == heading]
        if len(same) > 1:
            columns = ", ".join(same)
            raise errors.unreadable("same_headings", sheet=sheet, heading=heading, columns=columns)
