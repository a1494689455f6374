"""What a cell may hold, and how it reads as text."""

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

Cell = str | int | float | bool | datetime.date | datetime.datetime | datetime.time


class Struck(NamedTuple):
    """The text of a cell that is struck out, "" for all of it, and the text that is left."""

    text: str
    left: str


class Merged(NamedTuple):
    """What a cell is one with: the range, whether that begins in a row above, and its value.

    `struck` is what of the value is struck out, None for nothing.
    """

    range: str
    from_above: bool
    value: Any
    struck: Struck | None = None


class Row(list):
    """The cells of a row, with what the sheet shows beside their values.

    `hidden` is "row" when it is hidden by hand, "filter" when by a filter; `merged` and `struck`
    are {index of a column: Merged or Struck}.
    """

    hidden: str = ""
    merged: Mapping[int, Merged] = MappingProxyType({})
    struck: Mapping[int, Struck] = MappingProxyType({})

    def widened(self, width: int) -> "Row":
        """Return it with blank cells at its end, up to a width."""
        row = Row([*self, *[""] * (width - len(self))])
        row.hidden, row.merged, row.struck = self.hidden, self.merged, self.struck
        return row


_LINE_END = re.compile(r"\r\n?")


class CellError(str):
    """A cell that holds no usable value: the text it shows, and the reason it cannot be used."""

    reason: str
    REASONS = {
        "error": _("The cell holds a spreadsheet error."),
        "formula": _(
            "The cell holds a formula without a stored result: "
            "open the file in a spreadsheet program, save it and upload it again."
        ),
        "never": _("The cell holds 29 February 1900, a day that never was. Write the right day."),
        "early": _(
            "The cell holds a day before 15 October 1582, which programs count differently. "
            "Write it as a text, such as 1351-08-01."
        ),
        "quote": _(
            "A quotation mark stands where none can: the cell may hold other cells and rows. "
            "Close or double the mark."
        ),
        "bytes": _(
            "The cell holds bytes that mean nothing in the encoding of the file. Choose another "
            "encoding, or correct the cell."
        ),
        "long": _("The cell holds more text than a spreadsheet cell can."),
        "date": _(
            "A date stands where a number or a name is expected: a spreadsheet program makes one "
            "of 3/7. Write it again, into a cell of text."
        ),
        "digits": _(
            "A spreadsheet program has changed this number: it keeps 15 digits, and shows long "
            "numbers like 3.1996E+282. Take it from the source again, into a cell of text."
        ),
    }

    def __new__(cls, text: str, reason: str = "error") -> "CellError":
        error = super().__new__(cls, text)
        error.reason = reason if reason in cls.REASONS else "error"
        return error

    @property
    def message(self) -> str:
        """Return what is wrong, in a sentence for the editor."""
        return str(self.REASONS[self.reason])


def as_text(cell: Cell) -> str:
    """Return the text that a person sees in the cell: dates in ISO 8601, line ends as LF."""
    if isinstance(cell, str):
        return _LINE_END.sub("\n", cell) if "\r" in cell else str(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime.datetime):
        return _moment(cell)
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def storable(text: str) -> str:
    """Return the text with a sign in place of NUL, which PostgreSQL cannot store."""
    return text.replace("\0", "\u2400")


def trimmed(cells: list) -> list:
    """Return the cells without the blank ones at the end of the row."""
    end = len(cells)
    while end and cells[end - 1] == "":
        end -= 1
    return cells[:end]


def _moment(moment):
    if moment.time() == datetime.time():
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")
