"""Rows of a text file with separated values, in any common encoding, delimiter and line end."""

import codecs
import contextlib
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .. import spoilt
from ..formulas import unescaped
from . import encodings, errors
from .cells import CellError, Row, trimmed
from .limits import check_width, limit

# What is tried, and what an editor can choose from: (character, label).
DELIMITERS = [(",", _("comma")), (";", _("semicolon")), ("\t", _("tab")), ("|", _("vertical bar"))]
SAMPLE_ROWS = 50
# A record longer than this is no row of a table, but an unclosed quotation mark or no table.
MAX_RECORD = 4 * 2**20
# The line that names the delimiter for Excel; it is not a row of the table.
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)
_END = ["\0end of file\0"]
# Some programs write a blank between the closing quotation mark and the delimiter.
_QUOTE_AND_BLANKS = re.compile(r'"[ \t]+(?=[,;|\r\n])')
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
# Stands for bytes that mean nothing in the encoding; no text holds it.
_BAD = "\U0010fffe"
codecs.register_error("mark_bad_bytes", lambda error: (_BAD, error.end))  # type: ignore[attr-defined]


class TextFile:
    """A CSV file: one sheet without a name of its own."""

    def __init__(
        self, path: Path | str, encoding: str | None = None, delimiter: str | None = None
    ) -> None:
        self.path = path
        if encoding:
            self.encoding, self.encoding_guessed = encodings.chosen(path, encoding), False
        else:
            self.encoding, self.encoding_guessed = encodings.detect(path)
        is_proved = not encoding and self.encoding != "utf-8"
        fits = is_proved or encodings.decodes(path, self.encoding)
        self.errors = "strict" if fits else "mark_bad_bytes"
        self.first_line = self._separator_line()
        self.delimiter = delimiter or (self.first_line and self.first_line[1]) or self._sniff()
        if len(self.delimiter) > 1 or self.delimiter in '"\r\n':
            raise errors.unreadable("bad_delimiter", text=self.delimiter)
        if not fits:
            row = self._bad_row()
            reason = "bad_bytes" if row else "wrong_encoding"
            raise errors.unreadable(reason, encoding=encoding or self.encoding, row=row)

    def rows(self, sheet: str) -> Iterator[tuple[int, Row]]:
        """Yield (row number, cells) of each row that is not blank."""
        most_chars = limit("CELL_CHARS")
        for number, record in self._records(sheet, self.delimiter):
            cells = trimmed([_read(cell) for cell in record])
            check_width(sheet, number, len(cells))
            if any(len(cell) > most_chars for cell in cells):
                cells = [_measured(cell, most_chars) for cell in cells]
            if cells:
                yield number, Row(cells)

    def _records(self, sheet, delimiter):
        """Yield (row number, list of str), blank lines included, from the raw file."""
        most_rows = limit("ROWS")
        with self._open() as file:
            if self.first_line:
                file.readline(10)
            of_record: list[str] = []
            reader = csv.reader(_lines(file, of_record), delimiter=delimiter, strict=True)
            for number in range(1, most_rows + 2):
                record = _next(reader, of_record, number)
                if record == _END:
                    return
                if record[-1:] and record[-1].endswith(_END[0]):
                    raise errors.unreadable("unclosed_quote", row=number)
                of_record.clear()
                yield number, record
        raise errors.unreadable("too_many_rows", sheet=sheet, most=most_rows)

    def _bad_row(self):
        """Return the number of the first row with bytes that mean nothing in the encoding, or 0."""
        for number, record in self._records("", self.delimiter):
            if any(_BAD in cell for cell in record):
                return number
        return 0

    def _open(self):
        return open(self.path, encoding=self.encoding, errors=self.errors, newline="")

    def _separator_line(self):
        with self._open() as file:
            return _SEPARATOR_LINE.match(file.readline(10))

    def _sniff(self):
        """Return the delimiter with most first rows of one width, then with the widest."""
        return max((char for char, _label in DELIMITERS), key=self._fitness)

    def _fitness(self, delimiter):
        try:
            records = islice(self._records("", delimiter), SAMPLE_ROWS)
            widths = [len(record) for _, record in records if record]
        except errors.Unreadable:
            return 0, 0
        common = max(set(widths), key=widths.count, default=0)
        return (widths.count(common) if common > 1 else 0), common


def _lines(file, of_record):
    """Yield the lines of the file, then the end mark; adds those of the present record to a list.

    The end mark is a line of its own. If it comes back inside another record, a quotation mark
    was open at the end of the file, which the csv module does not report.
    """
    while line := file.readline(MAX_RECORD):
        of_record.append(line)
        if len(line) >= MAX_RECORD:
            raise csv.Error
        yield line
    yield _END[0]


def _next(reader, of_record, number):
    try:
        return next(reader, _END)
    except csv.Error:
        text = "".join(of_record)
        if len(text) > csv.field_size_limit():
            raise errors.unreadable("endless_cell", row=number) from None
    return _doubtful(_QUOTE_AND_BLANKS.sub('"', text), reader.dialect.delimiter)


def _doubtful(text, delimiter):
    """Return the record in the text, whose quotation marks are not those of a table.

    The cells that hold such a mark may hold other cells and rows too, so they are errors.
    """
    with contextlib.suppress(csv.Error):
        return next(csv.reader(_LINE.findall(text), delimiter=delimiter, strict=True))
    record = next(csv.reader([*_LINE.findall(text), _END[0]], delimiter=delimiter))
    doubtful = [cell for cell in record if '"' in cell or "\n" in cell] or record
    return [CellError(cell, "quote") if cell in doubtful else cell for cell in record]


def _read(cell):
    """Return the cell as somebody typed it; an error where a program has spoilt it."""
    if isinstance(cell, CellError):
        return cell
    reason = spoilt.reason(cell)
    return CellError(cell, reason) if reason else unescaped(cell)


def _measured(cell, most):
    return CellError(f"{cell[:100]}…", "long") if len(cell) > most else cell
