"""Write spreadsheets row by row: CSV, XLSX and ODS, memory flat whatever the number of rows.

Cells are text, numbers, booleans, dates or None (blank). Text always comes back as the same text
through `reading`: in XLSX and ODS it is a cell of type text, so that "=1+1" never runs and "007"
keeps its zeros; in CSV, text that a spreadsheet program would run gets an apostrophe before it.
"""

import csv
import datetime
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import zip_longest
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name

from . import memory, opendocument
from .formulas import escaped

FORMATS = ["csv", "xlsx", "ods"]
WORKBOOKS = ("xlsx", "ods")
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": opendocument.MIME_TYPE,
}
#: The drop-down lists of a workbook: {name: texts}.
Choices = Mapping[str, Sequence[str]]
# Widths in characters: a column is as wide as its heading, within these.
NARROW, WIDE = 12, 50
# How many rows below the last one have drop-down lists too.
ROOM = 500
#: The hidden sheet with the texts of the drop-down lists.
LISTS = "lists"
_LONG_TEXT = re.compile(r"(^|_)(title|summary|line|note|wording|address|name)s?(_|$)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(
    file: IO[bytes], kind: str, name: str, headings: Sequence[str], rows: Iterable[Iterable]
) -> None:
    """Write one sheet to the binary file; `kind` is one of FORMATS, `rows` any iterable."""
    with memory.gc_frozen(), WRITERS[kind](file) as writer:
        writer.add_sheet(name, headings, rows)


class CsvWriter(AbstractContextManager):
    """UTF-8 with a byte order mark, so that Excel reads it, and CRLF. Holds one sheet.

    Every cell is quoted: programs that split at several separators at once leave it whole.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")

    def __exit__(self, *failure):
        self.text.flush()
        self.text.detach()

    def add_sheet(
        self, name: str, headings: Sequence[str], rows: Iterable[Iterable], **unused: object
    ) -> None:
        csv.writer(self.text, quoting=csv.QUOTE_ALL).writerow(headings)
        self.add_rows(rows)

    def add_rows(self, rows: Iterable[Iterable]) -> None:
        """Add further rows to the sheet."""
        csv.writer(self.text, quoting=csv.QUOTE_ALL).writerows(
            # Most cells are blank: they are not looked at any further.
            ["" if cell == "" else _csv_cell(cell) for cell in row]
            for row in rows
        )


class XlsxWriter(AbstractContextManager):
    """A workbook with frozen headings; rows go to the disk as they come.

    `choices` are {name: [text, …]} of the drop-down lists that its sheets have.
    """

    def __init__(self, file: IO[bytes], choices: Choices | None = None) -> None:
        self.choices = choices or {}
        self.scratch = tempfile.TemporaryDirectory()
        options = {"constant_memory": True, "tmpdir": self.scratch.name}
        self.book = Workbook(file, options | {"default_date_format": "yyyy-mm-dd"})
        self.heading = self.book.add_format({"bold": True})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def __exit__(self, *failure):
        with self.scratch:
            if self.choices:
                self._add_lists()
            self._close()

    def _close(self):
        try:
            self.book.close()
        except FileCreateError as error:
            raise error.args[0] from None

    def add_sheet(
        self,
        name: str,
        headings: Sequence[str],
        rows: Iterable[Iterable],
        *,
        notes: Sequence[str] = (),
        choices: Sequence[str] = (),
        wrapped: bool = False,
    ) -> None:
        """Add a sheet; `notes` explain its columns, `choices` name their lists ("": none).

        `wrapped`: long texts go on in further lines of their cell.
        """
        sheet, number = self.book.add_worksheet(sheet_name(name)), 0
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, width(heading))
            sheet.write_string(0, column, heading, self.heading)
        for column, note in enumerate(notes):
            if note:
                sheet.write_comment(0, column, note, {"x_scale": 2.5, "author": ""})
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                self._add_cell(sheet, number, column, cell, self.wrapped if wrapped else None)
        for column, choice in enumerate(choices):
            if choice:
                sheet.data_validation(1, column, number + ROOM, column, self._validation(choice))

    def _validation(self, choice):
        """Return the drop-down list of that name; its texts are in a hidden sheet."""
        column = xl_col_to_name(list(self.choices).index(choice))
        source = f"='{LISTS}'!${column}$1:${column}${max(len(self.choices[choice]), 1)}"
        return {"validate": "list", "source": source, "error_type": "warning"}

    def _add_lists(self):
        sheet = self.book.add_worksheet(LISTS)
        sheet.hide()
        for row, texts in enumerate(zip_longest(*self.choices.values())):
            for column, text in enumerate(texts):
                if text is not None:
                    sheet.write_string(row, column, text)

    def _add_cell(self, sheet, row, column, cell, form):
        if isinstance(cell, str):
            # Always as text: the library's own write() would make "=1" a formula, "1" a number.
            sheet.write_string(row, column, cell, form)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, datetime.datetime):
            sheet.write_datetime(row, column, cell, self.moment)
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, column, cell)
        elif cell is not None:
            sheet.write_number(row, column, cell)


class OdsWriter(AbstractContextManager):
    """An OpenDocument spreadsheet, its XML written as it comes: odfpy keeps it all in memory."""

    def __init__(self, file: IO[bytes], choices: Choices | None = None) -> None:
        self.package = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.package.writestr("mimetype", MIME_TYPES["ods"], zipfile.ZIP_STORED)
        self.package.writestr("META-INF/manifest.xml", opendocument.MANIFEST)
        self.names: list[str] = []
        entry = self.package.open("content.xml", "w", force_zip64=True)
        self.content = io.TextIOWrapper(entry, encoding="utf-8", newline="")
        self.content.write(opendocument.CONTENT_START)
        self.choices = choices or {}
        self.content.write(opendocument.validations(self.choices, LISTS))

    def __exit__(self, *failure):
        if self.choices:
            self.content.write(opendocument.hidden_table(LISTS, self.choices.values()))
        self.content.write(opendocument.CONTENT_END)
        self.content.close()
        self.package.writestr("settings.xml", opendocument.settings(self.names))
        self.package.close()

    def add_sheet(
        self,
        name: str,
        headings: Sequence[str],
        rows: Iterable[Iterable],
        *,
        notes: Sequence[str] = (),
        choices: Sequence[str] = (),
        wrapped: bool = False,
    ) -> None:
        name = sheet_name(name)
        self.names.append(name)
        self.content.write(opendocument.table_start(name, [width(text) for text in headings]))
        self.content.write(opendocument.row(headings, style="heading", notes=notes))
        style = "wrapped" if wrapped else ""
        for row in rows:
            self.content.write(opendocument.row(row, style, choices=choices))
        if any(choices):
            self.content.write(opendocument.room(ROOM, choices))
        self.content.write(opendocument.TABLE_END)


WRITERS = {"csv": CsvWriter, "xlsx": XlsxWriter, "ods": OdsWriter}


def sheet_name(name: str) -> str:
    """Return the name as spreadsheet programs allow it: 31 characters, none of []:*?/\\."""
    return _NOT_IN_SHEET_NAMES.sub(" ", str(name))[:31].strip("' ") or "Sheet"


def width(heading: str) -> int:
    """Return a sensible width of the column, in characters."""
    return WIDE if _LONG_TEXT.search(heading) else max(NARROW, min(len(heading) + 2, WIDE))


def _csv_cell(cell):
    if isinstance(cell, str):
        return escaped(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    return cell
