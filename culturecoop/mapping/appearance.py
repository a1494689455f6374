"""What a sheet shows beside the values of its cells, read as the mapping says.

Merged cells, hidden rows, struck-out text: nothing of them is taken or left out silently. Where the
mapping does not choose, merged cells are errors, and the others are noted and taken as they are.
"""

import datetime
import re
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop import months
from culturecoop.tabular.reading import Cell, Row, as_text, storable

#: What can be chosen of cells that are merged downwards.
MERGED = {
    "": gettext_lazy("not decided: such rows are errors"),
    "fill": gettext_lazy("the value stands for each of the rows"),
    "blank": gettext_lazy("the value stands for the first row only"),
}
#: What can be chosen of hidden rows, and of what is struck out.
KEPT = {
    "": gettext_lazy("read like any other"),
    "leave_out": gettext_lazy("left out"),
}
_HIDDEN = {
    "row": gettext_lazy("This row is hidden in the file."),
    "filter": gettext_lazy("This row is hidden in the file by a filter."),
}
#: Letters that nobody sees: soft hyphens, blanks without width, marks of direction. Joiners mean
#: something between letters of some scripts, and nothing behind a Latin one.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    "|(?<![\u0300-\U0010ffff])[\u200c\u200d]"
)
#: What programs show of a day that they have made: 3-Jul, Jul-24.
_DAY = re.compile(r"\d{1,2}-([^\W\d_]{3,4})\.?|([^\W\d_]{3,4})\.?-\d\d")
_SEPARATORS = re.compile("[\u2028\u2029\u0085]")


class Appearance:
    """Reads the cells of a sheet as it shows them; `headings` are those of its columns."""

    def __init__(self, mapping: Any, headings: list[str]) -> None:
        self.mapping, self.headings = mapping, headings

    def row(self, row: Row, used: Collection[int], into: Any) -> None:
        """Add what is to be said of a row as a whole, and why nothing is made of it, to `into`."""
        if row.hidden:
            self._whole(into, "hidden", str(_HIDDEN[row.hidden]), self.mapping.hidden)
        if row.struck and _is_struck(row, used):
            message = _("This row is struck out in the file.")
            self._whole(into, "struck", message, self.mapping.struck)
            row.struck = {}  # which needs to be said once
        if row.merged and _is_section(row):
            into.seen.add("section")
            into.left_out = _("A heading of a section, over merged cells: nothing is made of it.")

    def _whole(self, into, what, message, choice):
        into.seen.add(what)
        if choice == "leave_out":
            into.left_out = f"{message} " + _("It is left out, as was chosen.")
        else:
            into.notes.append(["", "", message])

    def cell(self, row: Row, index: int, into: Any) -> Cell:
        """Return the cell of a column, with errors and notes on it added to `into`."""
        cell = row[index] if index < len(row) else ""
        if index in row.merged:
            return self._merged(row.merged[index], index, into)
        if index in row.struck and cell != "":
            return self._struck(row.struck[index], cell, index, into)
        return cell

    def visible(self, text: str, index: int, into: Any) -> str:
        """Return the text of a cell without letters that nobody sees."""
        if text.isascii():
            return text
        plain = _INVISIBLE.sub("", _SEPARATORS.sub(" ", text))
        if plain != text:
            into.seen.add("invisible")
            message = _("Letters that nobody sees were taken out of this cell.")
            into.notes.append([self.headings[index], plain, message])
        return plain

    def _merged(self, merged, index, into):
        if merged.value == "":
            return ""
        into.seen.add("merged")
        place = {"range": merged.range, "value": storable(as_text(merged.value))}
        if merged.from_above and self.mapping.merged == "fill":
            self._note(into, index, _("Merged with the cells above (%(range)s)."), place)
            return merged.value
        if self.mapping.merged == "blank":
            self._note(into, index, _("Left empty: it is merged with others (%(range)s)."), place)
        elif merged.from_above:
            message = _(
                "The cells %(range)s are merged, and only the first holds “%(value)s”: choose with "
                "the columns whether it stands for each of the rows."
            )
            into.errors.append([self.headings[index], "", message % place])
        else:
            message = _(
                "The cells %(range)s are merged: which of the columns “%(value)s” belongs to "
                "cannot be told. Split them in the file."
            )
            into.errors.append([self.headings[index], "", message % place])
        return ""

    def _struck(self, struck, cell, index, into):
        into.seen.add("struck")
        text = {"text": struck.text or storable(as_text(cell))}
        if self.mapping.struck != "leave_out":
            self._note(into, index, _("“%(text)s” is struck out in the file."), text)
            return cell
        self._note(into, index, _("Left out: “%(text)s” is struck out in the file."), text)
        return struck.left.strip() if struck.text else ""

    def _note(self, into, index, message, values):
        into.notes.append([self.headings[index], values.get("value", ""), message % values])


def _is_struck(row, used):
    """Return whether all that is read of a row is struck out as a whole."""
    filled = [i for i in used if i < len(row) and row[i] != ""]
    return bool(filled) and all(i in row.struck and not row.struck[i].text for i in filled)


def _is_section(row):
    """Return whether a row holds one text alone, in a cell that goes on over others beside it."""
    filled = [index for index, cell in enumerate(row) if cell != ""]
    beside = [m for m in row.merged.values() if not m.from_above and m.value != ""]
    return len(filled) == 1 and any(merged.value == row[filled[0]] for merged in beside)


def is_made_date(cell: Cell) -> bool:
    """Return whether a cell is a day, or reads like one that a program made of 3/7: `3-Jul`."""
    if not isinstance(cell, str):
        return isinstance(cell, datetime.date)
    found = _DAY.fullmatch(cell.strip()) if len(cell) < 10 else None
    return found is not None and months.in_words(f"{found[1] or found[2]} 2000") is not None
