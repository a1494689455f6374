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
#: The share of rows that may hold bytes which mean nothing: with more it is another encoding.
BAD_ROWS = 0.02
#: How many quotation marks that are never closed are faults of their rows.
MOST_UNCLOSED = 20
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
            self._check_bad_rows(encoding or self.encoding)

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
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
            for number in range(1, most_rows + 2):
                record = _next(reader, lines, number)
                if record == _END:
                    return
                yield number, record
        raise errors.unreadable("too_many_rows", sheet=sheet, most=most_rows)

    def _check_bad_rows(self, encoding):
        """Raise Unreadable when bytes mean nothing in the encoding in more than a few rows.

        A few are faults of their rows: the cells are errors.
        """
        bad, rows = [], 0
        for number, record in self._records("", self.delimiter):
            rows += 1
            if any(_BAD in cell for cell in record):
                bad.append(number)
        if not bad:
            raise errors.unreadable("wrong_encoding", encoding=encoding)
        if len(bad) > rows * BAD_ROWS or bad[0] == 1:
            raise errors.unreadable("bad_bytes", encoding=encoding, row=bad[0])

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


class _Lines:
    """The lines of a file, then the end mark; `of_record` are those of the present record.

    The end mark is a line of its own. If it comes back inside another record, a quotation mark
    was open at the end of the file, which the csv module does not report.
    """

    def __init__(self, file):
        self.file, self.of_record, self.unclosed = file, [], 0
        self._again = []

    def __iter__(self):
        return self

    def __next__(self):
        line = self._again.pop() if self._again else self.file.readline(MAX_RECORD)
        self.of_record.append(line or _END[0])
        if len(line) >= MAX_RECORD:
            raise csv.Error
        return self.of_record[-1]

    def read_again(self, number: int) -> str:
        """Return the first line of the record, whose mark is never closed: the others come again.

        Raises Unreadable after many of these.
        """
        self.unclosed += 1
        if self.unclosed > MOST_UNCLOSED:
            raise errors.unreadable("unclosed_quote", row=number)
        first, *others = (line for line in self.of_record if line != _END[0])
        self._again += reversed(others)
        return first


def _next(reader, lines, number):
    """Return the next record, `_END` after the last one."""
    lines.of_record.clear()
    try:
        record = next(reader, _END)
    except csv.Error:
        text = "".join(lines.of_record)
        if len(lines.of_record[0]) > csv.field_size_limit():
            raise errors.unreadable("endless_cell", row=number) from None
        if len(text) > csv.field_size_limit():
            text = lines.read_again(number)
        return _doubtful(_QUOTE_AND_BLANKS.sub('"', text), reader.dialect.delimiter)
    if record != _END and record[-1:] and record[-1].endswith(_END[0]):
        return _doubtful(lines.read_again(number), reader.dialect.delimiter)
    return record


def _doubtful(text, delimiter):
    """Return the record in the text, whose quotation marks are not those of a table.

    The cells that hold such a mark may hold other cells and rows too, so they are errors.
    """
    form = {"delimiter": delimiter, "skipinitialspace": True}
    with contextlib.suppress(csv.Error):
        return next(csv.reader(_LINE.findall(text), strict=True, **form))
    record = next(csv.reader([*_LINE.findall(text), _END[0]], **form))
    doubtful = [cell for cell in record if '"' in cell or "\n" in cell] or record
    return [CellError(_ended(cell), "quote") if cell in doubtful else cell for cell in record]


def _ended(cell):
    """Return a cell without the end mark, in front of which the line before it ends."""
    return cell.removesuffix(_END[0]).removesuffix("\n") if cell.endswith(_END[0]) else cell


def _read(cell):
    """Return the cell as somebody typed it; an error where a program has spoilt it."""
    if isinstance(cell, CellError):
        return cell
    if _BAD in cell:
        return CellError(cell.replace(_BAD, "\ufffd"), "bytes")
    reason = spoilt.reason(cell)
    return CellError(cell, reason) if reason else unescaped(cell)


def _measured(cell, most):
    return CellError(f"{cell[:100]}…", "long") if len(cell) > most else cell
