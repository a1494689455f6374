"""Two editions of a track compared: their fields, and their parts by their keys."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from . import html
from .reading import Content, nothing_of, read, read_shown
from .richwords import rich_words_of
from .sequences import moved
from .values import compared_fields, is_rich, order_fields, words_for, words_in
from .words import Kind, Patience, Piece, pieces, words_of


@dataclass(frozen=True)
class FieldChange:
    """A field that says something else; "" is nothing."""

    field: Any
    before: str
    after: str
    patience: Patience = field(default_factory=Patience)

    @property
    def label(self) -> str:
        return str(self.field.verbose_name)

    @cached_property
    def pieces(self) -> list[Piece]:
        """What stays, goes and comes, word by word."""
        words = rich_words_of if is_rich(self.field) else words_of
        return pieces(words(self.before), words(self.after), self.patience)

    @property
    def in_one_text(self) -> SafeString:
        return html.both(self.pieces)

    @property
    def older_text(self) -> SafeString:
        return html.older(self.pieces)

    @property
    def newer_text(self) -> SafeString:
        return html.newer(self.pieces)


@dataclass(frozen=True)
class PartChange:
    """A part that came, went, changed or stands elsewhere. `kind` is SAME for the last two.

    `places` are where it stood and where it stands, counted from 1, when it was moved.
    """

    kind: Kind
    part: Any
    fields: list[FieldChange]
    places: tuple[int, int] | None = None

    @property
    def what(self) -> str:
        return str(self.part._meta.verbose_name)

    @property
    def title(self) -> str:
        return self.part.title_in_comparison


@dataclass(frozen=True)
class Section:
    """The changes of parts of one kind, in the order of the newer edition."""

    label: str
    changes: list[PartChange]


@dataclass(frozen=True)
class Comparison:
    """What differs between two editions."""

    before: object
    after: object
    fields: list[FieldChange] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things differ: a part is one, whatever changed in it."""
        return len(self.fields) + sum(len(section.changes) for section in self.sections)


def compare(before, after, public=False) -> Comparison:
    """Return what differs between two editions of one model; with `public` what readers see."""
    return Comparer(public).compared(*read([before, after], public))


def compare_shown(before, after) -> Comparison:
    """Return what differs between two drafts that say in memory what was saved of them."""
    return Comparer(public=False).compared(*read_shown([before, after]))


def compare_each(editions, public=False) -> list[Comparison]:
    """Return the Comparison of each of some editions with the one after it, in their order.

    All are read in the same number of queries as two.
    """
    contents = read(editions, public) if editions else []
    return [Comparer(public).compared(old, new) for old, new in pairwise(contents)]


def compare_pairs(pairs) -> list[Comparison]:
    """Return the Comparison of each (before, after) of editions; before a first one is None.

    All are read in the same number of queries as two.
    """
    editions = {one.pk: one for pair in pairs for one in pair if one}
    contents = {one.edition.pk: one for one in read(list(editions.values()))} if editions else {}
    return [
        Comparer(False).compared(
            contents[before.pk] if before else nothing_of(type(after)), contents[after.pk]
        )
        for before, after in pairs
    ]


class Comparer:
    """Compares two Contents: of what readers see alone where it is `public`."""

    def __init__(self, public: bool) -> None:
        self.public, self.patience = public, Patience()

    def compared(self, old: Content, new: Content) -> Comparison:
        before, after = old.edition, new.edition
        fields = [
            self.field_change(before, after, one)
            for one in compared_fields(type(after), self.public)
        ]
        fields += [self.many_change(old, new, many) for many in new.many]
        sections = [Section(*section) for section in self.sections(old, new)]
        return Comparison(before, after, list(filter(None, fields)), sections)

    def field_change(self, old, new, one) -> FieldChange | None:
        """Return what a field of two rows says anew; of what came or went one of them is None."""
        values = [row and one.value_from_object(row) for row in (old, new)]
        if old and new and values[0] == values[1]:
            return None
        before, after = (words_in(row, one, self.public) if row else "" for row in (old, new))
        if before == after:
            if self.public or not (old and new):
                return None
            before, after = (f"{before} ({value})" for value in values)  # two parties of one name
        return FieldChange(one, before, after, self.patience)

    def many_change(self, old, new, many) -> FieldChange | None:
        if self.public and many.name not in type(new.edition).public_fields:
            return None
        before, after = (listed(side.many[many]) for side in (old, new))
        return FieldChange(many, before, after, self.patience) if before != after else None

    def sections(self, old, new):
        """Yield (label, changes) of parts that changed; the blocks of a page are one kind."""
        grouped: dict[str, list] = {}
        for model in new.parts:
            label = str(model.section or model._meta.verbose_name_plural)
            grouped.setdefault(label, []).append(model)
        for label, models in grouped.items():
            if changes := self.part_changes(old, new, models):
                yield label, changes

    def part_changes(self, old, new, models) -> list[PartChange]:
        sides = [in_order(side, models) for side in (old, new)]
        there, here = ({row.key: row for row in side if self.is_told(row)} for side in sides)
        places = moves(list(there), list(here)) if any(map(order_fields, models)) else {}
        gone = [row for row in there.values() if row.key not in here]
        changes = [
            *(self.part_change(there.get(key), row, places.get(key)) for key, row in here.items()),
            *(self.part_change(row, None) for row in gone),
        ]
        return [one for one in changes if one.kind != Kind.SAME or one.fields or one.places]

    def is_told(self, row):
        return not self.public or (row.public_fields and row.seen_title is not None)

    def part_change(self, old, new, places=None) -> PartChange:
        row = new or old
        kind = Kind.SAME if old and new else Kind.ADDED if new else Kind.REMOVED
        told = [
            one for one in compared_fields(type(row), self.public)
            if not self.public or one.name in row.seen_fields
        ]  # fmt: skip
        fields = [self.field_change(old, new, one) for one in told]
        return PartChange(kind, row, list(filter(None, fields)), places)


def listed(rows):
    return ", ".join(sorted(map(words_for, rows.values())))


def moves(there, here):
    """Return {key: (where it stood, where it stands)} of what was moved."""
    return {key: (there.index(key) + 1, here.index(key) + 1) for key in moved(there, here)}


def in_order(side, models):
    """Return the rows of a Content of some models as they follow each other."""
    rows = [row for model in models for row in side.parts[model].values()]
    if len(models) == 1:
        return rows
    return sorted(rows, key=lambda row: [getattr(row, f.name) for f in order_fields(type(row))])
