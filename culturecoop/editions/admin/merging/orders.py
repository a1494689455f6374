"""The order of the rows of a part, which is one thing: one has changed it, or both, or nobody."""

from dataclasses import dataclass

from culturecoop.texts import whole_number

from ...differences.comparison import moves
from ...differences.sequences import moved
from ...differences.values import order_fields
from .cells import Who

STEP = 10


@dataclass(frozen=True)
class Order:
    """The Rows of one section that have an order, of one kind or of several, as the blocks are."""

    label: str
    rows: list

    @property
    def name(self):
        return f"{self.rows[0].formset.prefix}-order"

    @property
    def has_base(self):
        return self.rows[0].has_base

    @property
    def base(self):
        return _in_order({row.key: row.base for row in self.rows if row.base})

    @property
    def theirs(self):
        return _in_order({row.key: row.theirs for row in self.rows if row.theirs})

    @property
    def mine(self):
        there = [
            row for row in self.rows if row.form and not (row.is_blank or row.is_removed_by_me)
        ]
        return [row.key for row in sorted(there, key=_my_place)]

    @property
    def who(self):
        """Return who moved rows; None when both have the same order."""
        if not moved(self.theirs, self.mine):
            return None
        if not self.has_base:
            return Who.BOTH
        by_them, by_me = moved(self.base, self.theirs), moved(self.base, self.mine)
        if by_them and by_me:
            return Who.BOTH
        return Who.THEIRS if by_them else Who.MINE

    def moves(self, side):
        """Return {key: (from, to)} of what a side has moved; of an unknown base, what differs."""
        before = self.base if self.has_base else self.theirs
        return moves(before, side)

    def numbers(self, side, staying):
        """Return {key: number} of the rows that stay, in the order of one side.

        What only the other side has stands behind what it stood behind there.
        """
        theirs, mine = (
            [key for key in keys if key in staying] for keys in (self.theirs, self.mine)
        )
        main, other = (mine, theirs) if side == Who.MINE else (theirs, mine)
        whole = _inserted(main, other)
        if whole == main:
            return {} if side == Who.MINE else self._numbers_of_theirs(whole)
        return {key: STEP * place for place, key in enumerate(whole, start=1)}

    def _numbers_of_theirs(self, keys):
        stored = {row.key: row.theirs for row in self.rows}
        return {key: _place(stored[key])[0] for key in keys}


def orders_of(rows):
    """Return the Orders of the Rows of all parts."""
    sections = {}
    for row in rows:
        model = row.formset.model
        if order_field(model) in row.formset.form.base_fields:
            label = str(model.section or model._meta.verbose_name_plural)
            sections.setdefault(label, []).append(row)
    return [Order(label, found) for label, found in sections.items()]


def order_field(model):
    """Return the name of the number by which the rows of a model are ordered, or None."""
    return next((field.name for field in order_fields(model)), None)


def _in_order(rows):
    return sorted(rows, key=lambda key: _place(rows[key]))


def _place(row):
    return getattr(row, order_field(type(row))), row.pk


def _my_place(row):
    """Return what puts a row of the form in order: the number that was typed, then where it is."""
    number = whole_number(str(row.form[order_field(row.formset.model)].data or ""))
    return (number is None, number, row.number)


def _inserted(main, other):
    """Return `main` with what `other` has besides, each behind its neighbour there."""
    whole = list(main)
    for place, key in enumerate(other):
        if key not in whole:
            before = [whole.index(one) for one in other[:place] if one in whole]
            whole.insert(before[-1] + 1 if before else 0, key)
    return whole
