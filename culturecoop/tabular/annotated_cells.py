"""The cells, colours and comments of a marked workbook, and the list of its errors."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .reading import Cell, CellError, as_text, column_letter, storable

TITLE = gettext_lazy("Report of the import")
NAME = pgettext_lazy("sheet of a workbook", "Report")
# From the strongest: a cell with several marks has the colour of the first.
COLOURS = {
    "error": {"bg_color": "#FFC7CE", "font_color": "#7A0410"},
    "conflict": {"bg_color": "#FFE08A", "font_color": "#5C3D00"},
    "duplicate": {"bg_color": "#D9D9D9", "font_color": "#303030"},
    "note": {"bg_color": "#DCEBFA", "font_color": "#12395C"},
}
KINDS = {
    "error": gettext_lazy("error"),
    "conflict": gettext_lazy("conflict"),
    "duplicate": gettext_lazy("duplicate"),
    "note": gettext_lazy("note"),
}
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
# The comments of a workbook are kept in memory until its end, and slow its opening.
MOST_COMMENTS = 20_000
LAST_ROW = 2**20 - 1
# Before this day the calendar of XLSX is wrong by one, or has no number at all.
FIRST_DAY = datetime.date(1900, 3, 1)


@dataclass(frozen=True)
class Mark:
    """A finding in one row: `kind` of COLOURS, the heading ("" for the row) and the rest."""

    kind: str
    heading: str
    value: str
    message: str


@dataclass
class Report:
    """The head of the last sheet, above the list: the name of the file and (label, number)."""

    name: str = ""
    counts: list = field(default_factory=list)


class Formats:
    """The formats of a workbook by mark and form of the number, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple, Format | None] = {}

    def get(self, mark: str = "", number: str = "", **more: object) -> Format | None:
        key = (mark, number, *more.items())
        if key not in self.made:
            options = {**COLOURS.get(mark, {}), **more}
            if number:
                options["num_format"] = number
            self.made[key] = self.book.add_format(options) if options else None
        return self.made[key]


class Comments:
    """Writes comments to cells as long as there are not too many of them."""

    def __init__(self) -> None:
        self.left = MOST_COMMENTS

    def add(self, sheet: Worksheet, row: int, column: int, marks: Iterable[Mark]) -> None:
        if self.left > 0:
            self.left -= 1
            text = "\n".join(dict.fromkeys(mark.message for mark in marks))[:2_000]
            height = 40 + 18 * sum(len(line) // 36 + 1 for line in text.split("\n"))
            options = {"width": 260, "height": min(height, 400), "author": ""}
            sheet.write_comment(row, column, text, options)


class Listing:
    """The last sheet: counts, then a line for each error with a link to its cell."""

    def __init__(self, sheet: Worksheet, formats: Formats, report: Report) -> None:
        self.sheet, self.formats, self.row = sheet, formats, 0
        bold = formats.get(bold=True)
        for column, wide in enumerate((22, 8, 26, 8, 36, 70, 12)):
            sheet.set_column(column, column, wide)
        self._line([str(TITLE), report.name], bold)
        for label, number in report.counts:
            self._line([str(label), number])
        self.row += 1
        self._line(
            [_("sheet"), _("row"), _("column"), _("cell"), _("value"), _("message"), _("kind")],
            bold,
        )
        sheet.freeze_panes(self.row, 0)
        sheet.autofilter(self.row - 1, 0, LAST_ROW, 6)

    def add(self, sheet: str, number: int, column: int, mark: Mark) -> None:
        place = f"{column_letter(column)}{number}" if number else ""
        self._line([sheet, number, mark.heading, "", mark.value, mark.message, KINDS[mark.kind]])
        if place:
            # A formula, not a link of the sheet: of these it may have 65,530, all in memory.
            target = "#'{}'!{}".format(sheet.replace("'", "''"), place).replace('"', '""')
            link = self.formats.get(font_color="#0B4FA0", underline=1)
            formula = f'=HYPERLINK("{target}","{place}")'
            self.sheet.write_formula(self.row - 1, 3, formula, link, place)

    def _line(self, cells, form=None):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(self.row, column, cell, form)
            elif cell:
                self.sheet.write_string(self.row, column, storable(str(cell))[:32_000], form)
        self.row += 1


def write_cell(
    sheet: Worksheet,
    formats: Formats,
    row: int,
    column: int,
    cell: Cell,
    mark: str = "",
    more: dict | None = None,
) -> None:
    """Write a cell of `reading` so that reading it again gives the same."""
    more = more or {}
    form = formats.get(mark, **more)
    if isinstance(cell, CellError):
        text = str(cell) if cell in ERRORS else "#N/A"
        sheet.write_formula(row, column, f"={text}", form, text)
    elif isinstance(cell, str):
        # Always as text: the library's own write() would make "=1" a formula, "1" a number.
        if cell:
            sheet.write_string(row, column, storable(str(cell)), form)
        elif form:
            sheet.write_blank(row, column, None, form)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, form)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, form)
    else:
        _write_date(sheet, formats, row, column, cell, mark, more)


def _write_date(sheet, formats, row, column, cell, mark, more):
    number = _date_form(cell)
    if number:
        sheet.write_datetime(row, column, cell, formats.get(mark, number, **more))
    else:
        sheet.write_string(row, column, as_text(cell), formats.get(mark, **more))


def _date_form(cell):
    """Return the form of the number, "" for what has none in XLSX."""
    if isinstance(cell, datetime.time):
        return "hh:mm:ss"
    is_moment = isinstance(cell, datetime.datetime) and cell.time() != datetime.time()
    if datetime.date(cell.year, cell.month, cell.day) < FIRST_DAY:
        return ""
    return "yyyy-mm-dd hh:mm:ss" if is_moment else "yyyy-mm-dd"
