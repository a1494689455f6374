"""What two people changed in one draft, in words: what it was, theirs and mine."""

from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from ...differences.comparison import FieldChange
from ...differences.values import is_rich
from ...differences.words import Patience
from .cells import Cell, Who
from .merge import CHOICE
from .rows import Row

SHORT = 80


@dataclass(frozen=True)
class Told:
    """A thing that differs: its words, as HTML, and the name of the choice between them."""

    name: str
    subject: str
    was: str | None  # None where nobody knows it
    theirs: str
    mine: str
    chosen: str = ""


class Telling:
    """Puts a Merge into words; `choices` are those that were made already."""

    def __init__(self, merge, choices):
        self.merge, self.choices, self.patience = merge, choices, Patience()
        self.rows = {cell: row for row in merge.rows for cell in row.cells}

    def told(self, *whose):
        """Return a Told of each thing that somebody of `whose` changed."""
        found = self.merge.differences.items()
        return [self._told(name, who, what) for name, (who, what) in found if who in whose]

    def dropped(self):
        """Return a line for each thing of theirs that saving mine over it drops."""
        found = self.merge.differences.values()
        return [
            self._line(what) for who, what in found
            if who != Who.MINE and not getattr(what, "is_left_file", False)
        ]  # fmt: skip

    def _told(self, name, who, what):
        if isinstance(what, Cell):
            words = self._of_cell(what)
        else:
            words = self._of_row(what) if isinstance(what, Row) else self._of_order(what)
        chosen = "" if who != Who.BOTH else self.choices.of(name, who) or ""
        return Told(CHOICE + name, self._subject(what), *words, chosen=chosen)

    def _subject(self, what):
        if isinstance(what, Cell):
            row = self.rows.get(what)
            return f"{place_of(row)} – {what.label}" if row else capfirst(what.label)
        if isinstance(what, Row):
            return place_of(what)
        return capfirst(_("the order of %(rows)s") % {"rows": what.label})

    def _of_cell(self, cell):
        theirs = cell.words(cell.theirs) if cell.theirs else ""
        if cell.base is None:
            return None, self._plain(cell, theirs), self._plain(cell, cell.my_words)
        was = cell.words(cell.base)
        sides = (self._changed(cell, was, side) for side in (theirs, cell.my_words))
        return self._plain(cell, was), *sides

    def _of_row(self, row):
        was = _("it was there") if row.base else _("it was not there")
        if row.theirs:
            theirs = self._done(row, "is_changed_by_them", _("there"), row.theirs)
        else:
            theirs = _("removed") if row.base or not row.is_new else _("not there")
        if row.form is None:
            mine = _("not there")
        elif row.is_removed_by_me:
            mine = _("removed")
        else:
            mine = self._done(row, "is_changed_by_me", _("kept"), None)
        return (was if row.has_base else None), theirs, mine

    def _done(self, row, changed, otherwise, stored):
        """Return what somebody changed in a row that the other one has removed, or it was added."""
        if row.base is None:
            return _("added")
        told = [c for c in row.cells if getattr(c, changed) and not c.is_left_file]
        after = [cell.words(stored) if stored else cell.my_words for cell in told]
        words = [
            (cell.label, self._changed(cell, cell.words(cell.base), says))
            for cell, says in zip(told, after, strict=True)
        ]
        if not words:
            return otherwise
        return format_html_join("", '<div class="words">{}: </div>{}', words)

    def _of_order(self, order):
        titles = {row.key: title_of(row) or row.formset.model._meta.verbose_name
                  for row in order.rows}  # fmt: skip
        sides = [order.moves(side) for side in (order.theirs, order.mine)]
        theirs, mine = ([_moved(titles[key], *to) for key, to in side.items()] for side in sides)
        was = _("the order that it had") if order.has_base else None
        return was, _lines(theirs) or _("the order that is saved"), _lines(mine)

    def _plain(self, cell, text):
        return self._changed(cell, text, text)

    def _changed(self, cell, before, after):
        return FieldChange(cell.model_field, before, after, self.patience).in_one_text

    def _line(self, what):
        subject = self._subject(what)
        if isinstance(what, Row):
            if what.theirs is None:
                return _("%(what)s removed") % {"what": subject}
            if what.base is None:
                return _("%(what)s added") % {"what": subject}
            return _("%(what)s: changed") % {"what": subject}
        if not isinstance(what, Cell) or what.base is None or is_rich(what.model_field):
            return _("%(what)s: changed") % {"what": subject}
        words = (Truncator(what.words(row)).chars(SHORT) or "–" for row in (what.base, what.theirs))
        return f"{subject}: {' → '.join(words)}"


def place_of(row):
    """Return what a row is, and what tells it apart: "Party: Korea"."""
    kind, title = capfirst(str(row.formset.model._meta.verbose_name)), title_of(row)
    return f"{kind}: {Truncator(title).chars(SHORT)}" if title else kind


def title_of(row):
    """Return what tells a row apart from others; "" of one that cannot be read yet."""
    stored = row.base or row.theirs
    if stored:
        return stored.title_in_comparison
    return "" if row.form is None or row.form.errors else row.form.instance.title_in_comparison


def _moved(title, before, after):
    words = _("moved from place %(old)s to %(new)s") % {"old": before, "new": after}
    return f"{Truncator(title).chars(SHORT)}: {words}"


def _lines(lines):
    return format_html_join("", "<div>{}</div>", ((line,) for line in lines))
