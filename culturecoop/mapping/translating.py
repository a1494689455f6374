"""Rows of a foreign sheet, turned into rows with the columns of a resource.

A `Translator` is made once for a sheet: it compiles the rules, and remembers the dates and names
it has read, so that a row costs little.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culturecoop.tabular import spoilt
from culturecoop.tabular.reading import Cell, CellError, Row, as_text, column_letter, storable
from culturecoop.texts import folded as folded_text

from .appearance import Appearance, is_made_date
from .errors import Invalid, invalid
from .headings import folded
from .tables import Condition, Table, Unclaimed
from .titles import Titles

REMEMBERED = 50_000
# How many columns a message names.
NAMED = 10


@dataclass(slots=True)
class Translated:
    """A row with our columns. Errors and notes are [heading in the file, value, message].

    `unknown` are its names that no party is known by. `question` is what the editor has to answer
    before anything is entered; `left_out` says why the row of the file makes none of ours.
    `sources` are {column of ours: heading of the file}. `untitled` is the heading whose title is
    missing in the row. `seen` is what a spreadsheet program has done to its cells, see `SEEN`.
    """

    cells: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    question: str = ""
    left_out: str = ""
    sources: dict = field(default_factory=dict)
    untitled: str = ""
    seen: set = field(default_factory=set)

    def copy(self) -> "Translated":
        """Return a row to be filled further, with the same cells and findings."""
        return Translated(
            dict(self.cells),
            list(self.errors),
            list(self.notes),
            untitled=self.untitled,
            seen=self.seen,
        )


class Translator:
    """Translates the rows of one sheet; raises Invalid when the mapping does not fit it.

    `swapped` is {place of a rule: {sign: a date}} of dates that have day and month the other way
    round than their column; what a first reading has found is given to the second one.
    `unmatched` counts the names that no party is known by, `places` has the first row of each;
    `codes` are those of the parties that rows have got so far.
    """

    def __init__(self, mapping, headings, resource, swapped=None):
        self.mapping, self.headings, self.resource = mapping, list(headings), resource
        self.unmatched: Counter[str] = Counter()
        self.places, self.codes = {}, set()
        self.swapped = {} if swapped is None else swapped
        # Of several headings of one name the first counts.
        numbered = [(heading, index) for index, heading in enumerate(self.headings)][::-1]
        self._exact = dict(numbered)
        self._by_words = {folded(heading): index for heading, index in numbered}
        self._used, self._missing = set(), {}
        self._check_targets()
        self._check_new_names()
        self.row_names = _by_row(mapping.row_names)
        self._empty = {_folded(text) for text in mapping.empty}
        self._longest_empty = max(map(len, mapping.empty), default=0) + 2
        self._prepare_tables()
        self._check_sources()
        self._titles = Titles(mapping, resource, self.place_of, self.headings)
        dated = {index for step in self._shared.steps if step.is_date for index in step.indexes}
        self._names = {
            self.place_of(rule.sources[0])
            for rule in mapping.columns.values()
            if len(rule.sources) == 1 and resource.is_name(rule.target)
        }
        exact = dated | self._names - self._titles.places
        self._appearance = Appearance(mapping, self.headings, exact)
        self._as_they_are = {
            self.place_of(source)
            for rule in mapping.columns.values()
            for source in rule.sources
            if rule.combine == "same"
        }

    def row(self, cells: list[Cell], number: int | None = None) -> Translated:
        """Return the only `Translated` of a row of cells; its number is kept with unknown names."""
        [row] = self.rows(cells, number)
        return row

    def rows(self, cells: list[Cell], number: int | None = None) -> list[Translated]:
        """Return the `Translated`s of a row of cells: one, or as many as the mapping makes."""
        shared, unclaimed = Translated(sources=self._shared.sources), Unclaimed()
        cells = cells if isinstance(cells, Row) else Row(cells)
        self._appearance.row(cells, self._used, shared)
        if shared.left_out:
            return [shared]
        texts = self._texts(cells, shared)
        self._shared.fill(texts, shared, unclaimed)
        self._titles.check(texts, shared)
        if shared.left_out:
            return [Translated(notes=shared.notes, left_out=shared.left_out, seen=shared.seen)]
        made = [shared]
        if self._tables:
            made = [row for table in self._tables for row in _made(table, texts, shared, unclaimed)]
            made = made or self._nothing(shared, unclaimed)
        for row in made[-1:]:
            row.notes += unclaimed.notes()
            row.notes += self._asked(texts)
        for row in made:
            for name in (*shared.unknown, *row.unknown):
                self.places.setdefault(name, number)
        return made

    def _nothing(self, shared, unclaimed):
        """Return what stands for a row of the file that makes none of ours."""
        if self.mapping.is_further and not unclaimed.notes():
            return []
        shared.left_out = _nothing_dated()
        return [shared]

    def _asked(self, texts):
        """Return the notes of the questions whose conditions hold, each beside its cell."""
        found = []
        for question, condition in self._questions:
            if condition.holds(texts):
                index = condition.where[0][0]
                found.append([self.headings[index], texts[index], question])
        return found

    def place_of(self, source: str) -> int:
        """Return the index of the column with this heading, which is read from then on."""
        index = self._exact.get(source, self._by_words.get(folded(source)))
        if index is None:
            self._missing[source] = None
            return 0
        self._used.add(index)
        return index

    def source_of(self, target: str) -> str:
        """Return the heading of the file that an error of our column is shown under."""
        return self._shared.sources.get(target, target)

    def index_of_names(self, target: str) -> Any:
        """Return the index of names of a column of parties, taught by the mapping, or None."""
        index = self.resource.names(target)
        if index is not None:
            index.teach(names=self.mapping.names, new=self.mapping.new_names)
        return index

    # Cells

    def _texts(self, cells, row):
        """Return {index: text} of the cells that are used; notes the errors of cells."""
        texts = {}
        for index in sorted(self._used):
            cell = self._appearance.cell(cells, index, row)
            texts[index] = self._text(index, cell, row) if cell != "" else ""
        for index in range(len(self.headings), len(cells)):
            if cells[index] != "":
                message = _("This column has no heading.")
                row.errors.append([column_letter(index), storable(as_text(cells[index])), message])
        return texts

    def _text(self, index, cell, row):
        if index in self._names and is_made_date(cell):
            cell = CellError(as_text(cell), "date")
        elif type(cell) is str and (reason := spoilt.reason(cell)):
            cell = CellError(cell, reason)  # a workbook can hold it as text
        text = as_text(cell)
        kept = storable(text)
        is_fault = isinstance(cell, CellError) and not self._is_empty(kept)
        if is_fault or kept != text:
            nul = _("The cell holds a character that no text can hold (NUL).")
            message = str(cell.message) if is_fault else nul
            row.errors.append([self.headings[index], kept, message])
        if is_fault:
            row.seen.add(cell.reason)
        if index in self._as_they_are:
            return kept
        kept = "" if is_fault else self._appearance.visible(kept, index, row).strip()
        return "" if self._is_empty(kept) else kept

    def _is_empty(self, text):
        """Return whether the mapping says that the text stands for an empty cell."""
        short = len(text) <= self._longest_empty
        return bool(short and self._empty and _folded(text) in self._empty)

    # The content of the mapping

    def _prepare_tables(self):
        """Compile the rules of every row, those of the rows made of it, and the questions."""
        mapping = self.mapping
        self._shared = Table(mapping.columns, self)
        self._tables = [
            Table(row.columns, self, row, f"rows.{number}")
            for number, row in enumerate(mapping.rows, 1)
        ]
        first = {table.spans: table for table in reversed(self._tables)}
        for table in self._tables:
            table.tells_torn = first[table.spans] is table
        self._questions = [
            (question.text, Condition(question.where, question.unless, self.place_of))
            for question in mapping.questions
        ]

    def _check_sources(self):
        if self._missing:
            raise Invalid(
                _("The sheet lacks the columns %(missing)s. It has the columns %(headings)s.")
                % {"missing": _quoted(self._missing), "headings": _quoted(self.headings)}
            )

    def _check_targets(self):
        tables = [self.mapping.columns, *(row.columns for row in self.mapping.rows)]
        unknown = self.resource.unknown(dict.fromkeys(name for found in tables for name in found))
        if unknown:
            raise Invalid(
                _("Unknown columns: %(unknown)s. Expected are the columns %(expected)s.")
                % {"unknown": _quoted(unknown), "expected": self.resource.expected()}
            )
        required = self.resource.required
        missing = [target for target in required if target not in self.mapping.columns]
        if missing:
            raise Invalid(_("There is no rule for the columns %s.") % _quoted(missing))

    def _check_new_names(self):
        for code, new in self.mapping.new_names.items():
            try:
                self.resource.check_new(code, new)
            except ValidationError as error:
                raise invalid(f"new_names.{code}", " ".join(error.messages)) from error


def _by_row(row_names):
    """Return {slug of a row: {name, to compare: codes}} of {name: {slug: codes}}."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, rows in row_names.items():
        for slug, codes in rows.items():
            found.setdefault(slug, {})[folded_text(name)] = codes
    return found


def _made(table, texts, shared, unclaimed):
    """Yield the rows that the table makes of a row of the file, and what is wrong with it."""
    torn = shared.copy()
    for number, found in enumerate(table.pieces(texts, torn)):
        if not table.has_date(found):
            continue
        row = shared.copy()
        row.sources = shared.sources | table.sources
        dated = table.fill(found, row, unclaimed, number)
        row.question = table.row.question
        has_findings = len(row.errors) + len(row.notes) > len(shared.errors) + len(shared.notes)
        row.left_out = "" if dated or len(row.errors) > len(shared.errors) else _nothing_dated()
        if dated or has_findings:
            yield row
    if len(torn.errors) > len(shared.errors) and table.tells_torn:
        yield torn


def _nothing_dated():
    return _("The row holds no date that could be entered.")


@lru_cache(REMEMBERED)
def _folded(text):
    """Return the text to compare: without case and blanks."""
    return "".join(text.split()).casefold()


def _quoted(names):
    """Return the names in a sentence, of many the first ones and how many there are more."""
    quoted = [f"“{name}”" for name in names]
    left = len(quoted) - NAMED
    if left > 0:
        more = ngettext("%(count)d more", "%(count)d more", left) % {"count": left}
        quoted[NAMED:] = [more]
    return get_text_list(quoted, _("and"))
