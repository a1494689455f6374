"""The rules of a mapping for one row of ours, compiled for the headings of a sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from culturecoop.sheets.columns import DateWidget

from . import names
from .errors import invalid
from .transforms import compiled

#: {index of a column of the file: the text of its cell}
Texts = dict[int, str]
#: What the sources of a row that is made of a piece of a cell are called.
PIECES = ("party", "from", "until")
_SPAN = re.compile(r"(?P<party>.+)\((?P<from>[^()]*?)\s-\s(?P<until>[^()]*)\)")


@dataclass
class Step:
    """A rule, ready to be used: what it fills, from which columns, and when."""

    target: str
    indexes: list
    transform: object
    condition: object
    is_date: bool


class Condition:
    """Whether cells hold one of some texts, and others none; an empty list stands for any."""

    def __init__(self, where, unless, place_of):
        self.where = [(place_of(heading), _folded(words)) for heading, words in where.items()]
        self.unless = [(place_of(heading), _folded(words)) for heading, words in unless.items()]

    def __bool__(self):
        return bool(self.where or self.unless)

    def holds(self, texts: Texts) -> bool:
        return all(_holds(texts[index], words) for index, words in self.where) and not any(
            _holds(texts[index], words) for index, words in self.unless
        )


def _folded(texts):
    return [" ".join(text.split()).casefold() for text in texts]


def _holds(cell, texts):
    if not texts:
        return bool(cell)
    plain = " ".join(cell.split()).casefold()
    return bool(plain) and any(text in plain for text in texts)


class Table:
    """The rules of `columns`, with what they share: the headings, the names, the dates seen.

    `row` is the RowRule they belong to, None for those of every row; `place` says where they
    stand in the mapping.
    """

    def __init__(self, columns, translator, row=None, place="columns"):
        self.translator, self.row, self.place = translator, row, place
        self.resource, self.swapped = translator.resource, translator.swapped
        self.unmatched, self.codes = translator.unmatched, translator.codes
        self.index_of_names, self.row_names = translator.index_of_names, translator.row_names
        self.width = len(translator.headings)
        #: Of several tables with the same spans, the first reports the pieces that cannot be read.
        self.tells_torn = True
        self.spans = translator.place_of(row.spans) if row and row.spans else None
        label = translator.headings[self.spans] if self.spans is not None else ""
        self.headings = [*translator.headings, *[label] * len(PIECES)]
        self.condition = Condition(
            row.where if row else {}, row.unless if row else {}, translator.place_of
        )
        self.steps = [self._step(rule) for rule in columns.values()]
        self._check(columns)

    def _step(self, rule):
        return Step(
            rule.target,
            [self.place_of(source) for source in rule.sources],
            compiled(rule, self),
            Condition(rule.where, rule.unless, self.translator.place_of),
            isinstance(self.resource.column(rule.target).widget, DateWidget),
        )

    def place_of(self, source: str) -> int:
        """Return the index of the source among the headings, or behind them where it is a piece."""
        if self.spans is not None and source in PIECES:
            return self.width + PIECES.index(source)
        return self.translator.place_of(source)

    def _check(self, columns):
        """Raise Invalid where a letter is read and not asked, or a row has no date."""
        asked = {s for rule in columns.values() if rule.combine == "letter" for s in rule.sources}
        for rule in columns.values():
            if rule.notation == "lettered" and not set(rule.sources) <= asked:
                message = _('It needs a column with “take = "letter"” of the same sources.')
                raise invalid(f"{self.place}.{rule.target}.notation", message)
        if self.row and not any(step.is_date and step.indexes for step in self.steps):
            raise invalid(self.place, _("A row needs a date with “sources”."))

    @cached_property
    def sources(self) -> dict[str, str]:
        """Return {target: heading of the file} of what it fills."""
        return {s.target: self.headings[s.indexes[0]] for s in self.steps if s.indexes}

    def pieces(self, texts: Texts, row: Any) -> Iterator[Texts]:
        """Yield the texts of each row that is to be made: of the whole row, or of each piece."""
        if self.spans is None:
            yield texts
            return
        for piece in names.pieces(texts[self.spans], ";"):
            match = _SPAN.fullmatch(piece.strip())
            if match:
                found = [match[name].strip() for name in PIECES]
                yield texts | {self.width + place: text for place, text in enumerate(found)}
            elif piece.strip():
                message = _("Expected a party and its days, such as “France (1 May 2004 - )”.")
                row.errors.append([self.headings[self.spans], piece.strip(), message])

    def has_date(self, texts: Texts) -> bool:
        """Return whether the file has anything for one of its dates."""
        return any(texts[index] for step in self.steps if step.is_date for index in step.indexes)

    def fill(self, texts: Texts, row: Any, unclaimed: "Unclaimed", piece: int = 0) -> bool:
        """Add the cells to the row; returns whether one of its own dates is filled."""
        dated, whole = False, self.condition.holds(texts)
        row.cells.update(dict.fromkeys((step.target for step in self.steps), ""))
        # What a name means depends on the date, or was answered for the row.
        keys = self.resource.required[:1]
        for step in sorted(self.steps, key=lambda s: not (s.is_date or s.target in keys)):
            holds = whole and step.condition.holds(texts)
            found = [(index, texts[index]) for index in step.indexes]
            if step.is_date and (self.condition or step.condition):
                unclaimed.see(found, self.headings, piece, taken=holds)
            row.cells[step.target] = step.transform(found, row) if holds else ""
            dated = dated or bool(step.is_date and row.cells[step.target])
        return dated


class Unclaimed:
    """The dates of a row that rules with conditions are for, and that none of them has read."""

    def __init__(self):
        self._seen, self._taken = {}, set()

    def see(
        self, found: list[tuple[int, str]], headings: list[str], piece: int, *, taken: bool
    ) -> None:
        for index, text in found:
            if text:
                self._seen[piece, index] = headings[index], text
                if taken:
                    self._taken.add((piece, index))

    def notes(self) -> list[list[str]]:
        message = _("It is left out: no rule of the mapping says what it is in this row.")
        left = {key: found for key, found in self._seen.items() if key not in self._taken}
        return [[heading, text, message] for heading, text in dict.fromkeys(left.values())]
