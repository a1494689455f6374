"""Two editions of a track compared: their fields, and their parts by their keys."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from . import html
from .reading import Content, read
from .richwords import rich_words_of
from .sequences import moved
from .values import compared_fields, is_rich, order_fields, words_for, words_in
from .words import Kind, Piece, pieces, words_of


@dataclass(frozen=True)
class FieldChange:
    """A field that says something else; "" is nothing."""

    name: str
    label: str
    before: str
    after: str
    rich: bool = False

    @cached_property
    def pieces(self) -> list[Piece]:
        """What stays, goes and comes, word by word."""
        words = rich_words_of if self.rich else words_of
        return pieces(words(self.before), words(self.after))

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
    return _compared(*read([before, after]), public)


def compare_each(editions, public=False) -> list[Comparison]:
    """Return the Comparison of each of some editions with the one after it, in their order.

    All are read in the same number of queries as two.
    """
    contents = read(editions) if editions else []
    return [_compared(old, new, public) for old, new in pairwise(contents)]


def _compared(old: Content, new: Content, public: bool) -> Comparison:
    before, after = old.edition, new.edition
    fields = _field_changes(before, after, compared_fields(type(after), public))
    fields += _many_changes(old, new, public)
    return Comparison(before, after, fields, _sections(old, new, public))


def _field_changes(old, new, fields):
    """Return the FieldChanges between two rows; of what is new or gone one of them is None."""
    changes = [_field_change(old, new, one) for one in fields]
    return [change for change in changes if change]


def _field_change(old, new, one):
    values = [row and one.value_from_object(row) for row in (old, new)]
    if old and new and values[0] == values[1]:
        return None
    before, after = (words_in(row, one) if row else "" for row in (old, new))
    if before == after:
        if not (old and new):
            return None
        before, after = (f"{before} ({value})" for value in values)  # two parties of one name
    return FieldChange(one.name, str(one.verbose_name), before, after, is_rich(one))


def _many_changes(old, new, public):
    fields = [
        many for many in new.many if not public or many.name in type(new.edition).public_fields
    ]
    changes = [
        FieldChange(
            many.name, str(many.verbose_name), *(_listed(side.many[many]) for side in (old, new))
        )
        for many in fields
    ]
    return [change for change in changes if change.before != change.after]


def _listed(rows):
    return ", ".join(sorted(map(words_for, rows.values())))


def _sections(old: Content, new: Content, public):
    """Return a Section for each kind of parts that changed; the blocks of a page are one kind."""
    models = [model for model in new.parts if not public or model.public_fields]
    grouped: dict[str, list] = {}
    for model in models:
        grouped.setdefault(_label(model), []).append(model)
    sections = [
        Section(label, _part_changes(old, new, same, public)) for label, same in grouped.items()
    ]
    return [section for section in sections if section.changes]


def _label(model):
    return str(model.section or model._meta.verbose_name_plural)


def _part_changes(old, new, models, public):
    there, here = ({row.key: row for row in _in_order(side, models)} for side in (old, new))
    places = _places(list(there), list(here)) if any(map(order_fields, models)) else {}
    gone = [row for row in there.values() if row.key not in here]
    changes = [
        *(_part_change(there.get(key), row, public, places.get(key)) for key, row in here.items()),
        *(_part_change(row, None, public) for row in gone),
    ]
    return [one for one in changes if one.kind != Kind.SAME or one.fields or one.places]


def _places(there, here):
    """Return {key: (where it stood, where it stands)} of what was moved."""
    return {key: (there.index(key) + 1, here.index(key) + 1) for key in moved(there, here)}


def _in_order(side, models):
    """Return the rows of a Content of some models as they follow each other."""
    rows = [row for model in models for row in side.parts[model].values()]
    if len(models) == 1:
        return rows
    return sorted(rows, key=lambda row: [getattr(row, f.name) for f in order_fields(type(row))])


def _part_change(old: Any, new: Any, public: bool, places: Any = None) -> PartChange:
    row = new or old
    kind = Kind.SAME if old and new else Kind.ADDED if new else Kind.REMOVED
    fields = _field_changes(old, new, compared_fields(type(row), public))
    return PartChange(kind, row, fields, places)
