"""Rows of a foreign sheet, turned into rows with the columns of a resource.

A `Translator` is made once for a sheet: it compiles the rules, and remembers the dates and names
it has read, so that a row costs little.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culturecoop.spreadsheets.reading import Fault, as_text, column_letter, storable

from .checking import Invalid, invalid
from .headings import folded
from .taking import compiled

REMEMBERED = 50_000
# How many columns a message names.
NAMED = 10


@dataclass(slots=True)
class Translated:
    """A row with our columns. Faults and notes are [heading in the file, value, message].

    `unknown` are its names that no party is known by.
    """

    cells: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    unknown: list = field(default_factory=list)


class Translator:
    """Translates the rows of one sheet; raises Invalid when the mapping does not fit it.

    `swapped` is {column of ours: {sign: a date}} of dates that have day and month the other way
    round than their column; what a first reading has found is given to the second one.
    `unmatched` counts the names that no party is known by, `places` has the first row of each;
    `codes` are those of the parties that
    rows have got so far.
    """

    def __init__(self, mapping, headings, resource, swapped=None):
        self.mapping, self.headings, self.resource = mapping, list(headings), resource
        self.unmatched, self.places, self.codes = Counter(), {}, set()
        self.swapped = {} if swapped is None else swapped
        self._places = self._find_sources()
        self._check_targets()
        self._check_new_names()
        self._empty = {_folded(text) for text in mapping.empty}
        self._longest_empty = max(map(len, mapping.empty), default=0) + 2
        self._rules = [
            (target, [self._places[s] for s in rule.sources], compiled(rule, self))
            for target, rule in mapping.columns.items()
        ]
        self._as_they_are = {
            self._places[source]
            for rule in mapping.columns.values()
            for source in rule.sources
            if rule.take == "same"
        }
        self._used = sorted(set(self._places.values()))

    def row(self, cells, number=None):
        """The `Translated` of a row of typed cells; its number is kept with unknown names."""
        row = Translated()
        texts = self._texts(cells, row)
        for target, indexes, take in self._rules:
            row.cells[target] = take([(index, texts[index]) for index in indexes], row)
        for name in row.unknown:
            self.places.setdefault(name, number)
        return row

    def source_of(self, target):
        """The heading of the file that a fault of our column is shown under."""
        rule = self.mapping.columns.get(target)
        return self.headings[self._places[rule.sources[0]]] if rule and rule.sources else target

    def index_of_names(self, target):
        """The index of names of a column of parties, taught by the mapping; None for others."""
        index = self.resource.names(target)
        if index is not None:
            index.teach(names=self.mapping.names, new=self.mapping.new_names)
        return index

    # Cells

    def _texts(self, cells, row):
        """{index: text} of the cells that are used; notes the faults of cells."""
        texts = {}
        for index in self._used:
            cell = cells[index] if index < len(cells) else ""
            texts[index] = self._text(index, cell, row) if cell != "" else ""
        for index in range(len(self.headings), len(cells)):
            if cells[index] != "":
                message = _("This column has no heading.")
                row.faults.append([column_letter(index), storable(as_text(cells[index])), message])
        return texts

    def _text(self, index, cell, row):
        text = as_text(cell)
        kept = storable(text)
        is_fault = isinstance(cell, Fault)
        if is_fault or kept != text:
            nul = _("The cell holds a character that no text can hold (NUL).")
            message = str(cell.message) if is_fault else nul
            row.faults.append([self.headings[index], kept, message])
        if index in self._as_they_are:
            return kept
        kept = "" if is_fault else kept.strip()
        short = len(kept) <= self._longest_empty
        return "" if short and self._empty and _folded(kept) in self._empty else kept

    # What the mapping says

    def _find_sources(self):
        """{source in the mapping: index of its column}; raises Invalid."""
        exact, by_words = {}, {}
        for index, heading in enumerate(self.headings):
            exact.setdefault(heading, index)
            by_words.setdefault(folded(heading), index)
        places, missing = {}, []
        for rule in self.mapping.columns.values():
            for source in rule.sources:
                index = exact.get(source, by_words.get(folded(source)))
                if index is None:
                    missing.append(source)
                places[source] = index
        if missing:
            raise Invalid(
                _("The sheet lacks the columns %(missing)s. It has the columns %(headings)s.")
                % {"missing": _quoted(dict.fromkeys(missing)), "headings": _quoted(self.headings)}
            )
        return places

    def _check_targets(self):
        unknown = self.resource.unknown(self.mapping.columns)
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
        for code, told in self.mapping.new_names.items():
            try:
                self.resource.check_new(code, told)
            except ValidationError as fault:
                raise invalid(f"new_names.{code}", " ".join(fault.messages)) from fault


@lru_cache(REMEMBERED)
def _folded(text):
    """The text to compare: without case and blanks."""
    return "".join(text.split()).casefold()


def _quoted(names):
    """The names in a sentence, of many the first ones and how many there are more."""
    quoted = [f"“{name}”" for name in names]
    left = len(quoted) - NAMED
    if left > 0:
        more = ngettext("%(count)d more", "%(count)d more", left) % {"count": left}
        quoted[NAMED:] = [more]
    return get_text_list(quoted, _("and"))
