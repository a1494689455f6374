"""The report of an import: the uploaded file as a workbook, its errors marked in the cells.

The sheets come first, in the order of `Spreadsheet.sheets`, each row with its number and each
cell in its column and of its type, so that the workbook can be corrected and uploaded as it is.
A sheet with the counts and a list of all errors stands last. Rows go to the disk as they come.
"""

import contextlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db.models import Q
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from culturecoop.mapping.appearance import decided, is_struck
from culturecoop.sheets.resources import BATCH
from culturecoop.tabular.annotated_cells import (
    COLOURS,
    NAME,
    TITLE,
    Comments,
    Formats,
    Listing,
    Mark,
    Report,
    write_cell,
)
from culturecoop.tabular.reading import Unreadable, as_text, column_index
from culturecoop.tabular.writing import NARROW, WIDE, sheet_name

from .jobs.sources import opened
from .models import ImportRow

# The rows that the widths of the columns are taken from.
SAMPLE_ROWS = 200
# More heading rows than these are not frozen: they would fill a small screen.
MOST_FROZEN = 8
_LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass
class MarkedSheet:
    """A sheet that was read: its marks as (row number, [Mark]) in order, and its headings.

    `heading_rows` are the first and the last of them, None for the first row with a value.
    `choices` are what its mapping says of merged cells and of what is struck out: (merged, struck).
    """

    marks: object = ()
    headings: list = field(default_factory=list)
    heading_rows: list | None = None
    choices: tuple[str, str] | None = None


def write_marked(file, job):
    """Write the file of the job with its errors marked to the binary `file`, as XLSX.

    Raises Unreadable when the uploaded file cannot be read (any more).
    """
    with opened(job) as source:
        indexes_of = defaultdict(list)
        for index, sheet in enumerate(job.sheets):
            indexes_of[sheet["sheet"]].append(index)
        marked = {
            name: MarkedSheet(
                _marks(job, indexes),
                job.sheets[indexes[0]]["headings"],
                job.mapping.get("heading_rows"),
                (job.mapping.get("merged", ""), job.mapping.get("struck", "")),
            )
            for name, indexes in indexes_of.items()
        }
        labels = dict(ImportRow.Kind.choices)
        counts = [(labels.get(kind, kind), number) for kind, number in job.counts.items()]
        counts.append((_("import"), str(job.folder)))
        write(file, source.spreadsheet, marked, Report(job.name, counts))


def write(file, spreadsheet, marked, report):
    """Write the workbook; `marked` is {name of a sheet: MarkedSheet}."""
    options = {"constant_memory": True, "nan_inf_to_errors": True}
    with Workbook(file, options) as book:
        formats = Formats(book)
        names = [name for name in spreadsheet.sheets if not _is_report(spreadsheet, name, marked)]
        sheets = [(name, book.add_worksheet(own)) for name, own in _unique(names)]
        used = [sheet.get_name() for _name, sheet in sheets]
        last = book.add_worksheet(_free(str(NAME), used))
        listing = Listing(last, formats, report)
        comments = Comments()
        for name, sheet in sheets:
            if name in spreadsheet.hidden:
                sheet.hide()
            copy = Copy(sheet, formats, marked.get(name, MarkedSheet()), listing, comments)
            try:
                copy.run(spreadsheet.rows(name))
            except Unreadable as refusal:
                if name in marked:
                    raise
                listing.add(sheet.get_name(), 0, 0, Mark("error", "", "", str(refusal)))
        if len(names) == len([name for name in names if name in spreadsheet.hidden]):
            last.activate()
            last.set_first_sheet()


# What the rows of a job say


def _marks(job, indexes):
    """Yield (row number, [Mark]) of the rows of a sheet that there is something to say of.

    A mark that several rows have which were made of one row of the file comes once.
    """
    silent = Q(errors=[]) & Q(notes=[]) & ~Q(kind=ImportRow.Kind.DUPLICATE)
    rows = job.rows.filter(sheet__in=indexes).exclude(silent).order_by("number", "sheet", "part")
    fields = rows.values_list("number", "kind", "errors", "notes").iterator(chunk_size=BATCH)
    for number, group in groupby(fields, key=itemgetter(0)):
        yield number, list(dict.fromkeys(mark for _n, *row in group for mark in marks_of(*row)))


def marks_of(kind, errors, notes):
    """Return the marks of a row of this kind; a duplicate has one in any case."""
    colour = kind if kind in COLOURS else "error"
    marks = [Mark(colour, *error) for error in errors]
    marks += [Mark("duplicate" if kind == "duplicate" else "note", *note) for note in notes]
    if kind == "duplicate" and not marks:
        marks = [Mark("duplicate", "", "", _("This row says the same as another one."))]
    return marks


# Names of sheets


def _is_report(spreadsheet, name, sheets):
    """Return whether the sheet is the list of an earlier report, which the new one replaces."""
    if name in sheets or not name.startswith(str(NAME)):
        return False
    with contextlib.suppress(Unreadable):
        for _number, cells in spreadsheet.rows(name):
            return cells[0] == str(TITLE)
    return False


def _unique(names):
    """Yield (name, name that XLSX allows), no two the same but for case."""
    used = []
    for name in names:
        used.append(_free(sheet_name(name), used))
        yield name, used[-1]


def _free(name, used):
    lower, number, free = {other.lower() for other in used}, 1, name
    while free.lower() in lower:
        number += 1
        free = f"{name[:26]} ({number})"
    return free


# Copying


class Copy:
    """Copies the rows of one sheet and marks its cells on the way."""

    def __init__(self, sheet, formats, marked, listing, comments):
        self.sheet, self.formats, self.marked = sheet, formats, marked
        self.listing, self.comments = listing, comments
        self.marks = iter(marked.marks)
        self.next = next(self.marks, None)
        self.columns = {heading: index for index, heading in enumerate(marked.headings)}
        self.heading_rows, self.widths = marked.heading_rows, {}

    def run(self, rows):
        for count, (number, cells) in enumerate(rows):
            self.heading_rows = first, last = self.heading_rows or (number, number)
            if count < SAMPLE_ROWS:
                self._measure(cells)
            self._write_row(number, cells, self._marks_of(number), bold=first <= number <= last)
        self._finish()

    def _marks_of(self, number):
        """Return {column index: [Mark]} of the row."""
        while self.next and self.next[0] < number:
            self.next = next(self.marks, None)
        if not self.next or self.next[0] != number:
            return {}
        placed = {}
        for mark in self.next[1]:
            placed.setdefault(self._column(mark.heading), []).append(mark)
        return placed

    def _column(self, heading):
        """Return the index of the column; the first one for an error of the whole row."""
        if heading in self.columns:
            return self.columns[heading]
        if _LETTERS.fullmatch(heading or ""):
            return column_index(heading)
        return 0

    def _write_row(self, number, cells, marks, *, bold):
        row, more = number - 1, {"bold": True} if bold else {}
        width = max(len(cells), max(marks, default=-1) + 1)
        if self.marked.choices and not bold:
            cells, more = self._as_read(row, cells)
            width = max(width, len(cells))
        for column in range(width):
            kind = ""
            if column in marks:
                kind = min((mark.kind for mark in marks[column]), key=list(COLOURS).index)
            cell = cells[column] if column < len(cells) else ""
            write_cell(self.sheet, self.formats, row, column, cell, kind, more)
            if kind:
                self.comments.add(self.sheet, row, column, marks[column])
                for mark in marks[column]:
                    self.listing.add(self.sheet.get_name(), number, column, mark)

    def _as_read(self, row, cells):
        """Return the cells as they were read, and their format: what is chosen stays so.

        A row that is hidden or struck out as a whole is so again.
        """
        if cells.hidden:
            self.sheet.set_row(row, None, None, {"hidden": True})
        places = range(max([len(cells), *(column + 1 for column in cells.merged)]))
        if is_struck(cells, places):
            return cells, {"font_strikeout": True}
        return [decided(cells, column, *self.marked.choices) for column in places], {}

    def _measure(self, cells):
        for column, cell in enumerate(cells):
            longest = max(map(len, as_text(cell).split("\n")))
            self.widths[column] = max(self.widths.get(column, 0), longest)

    def _finish(self):
        for column, longest in self.widths.items():
            self.sheet.set_column(column, column, max(NARROW, min(longest + 2, WIDE)))
        if self.heading_rows and self.heading_rows[1] <= MOST_FROZEN:
            self.sheet.freeze_panes(self.heading_rows[1], 0)
