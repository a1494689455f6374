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
from culturecoop.tabular.reading import Cell, CellError, Row, as_text, storable

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
_DAY = re.compile(r"\d{1,2}[-.] ?([^\W\d_]{3,4})\.?(?:-\d{2,4})?|([^\W\d_]{3,4})\.?-\d\d")
_SEPARATORS = re.compile("[\u2028\u2029\u0085]")


class Appearance:
    """Reads the cells of a sheet as it shows them; `headings` are those of its columns.

    In the `exact` ones, dates and numbers, a part that is struck out has to be decided.
    """

    def __init__(self, mapping: Any, headings: list[str], exact: Collection[int] = ()) -> None:
        self.mapping, self.headings, self.exact = mapping, headings, exact

    def row(self, row: Row, used: Collection[int], into: Any) -> None:
        """Add what is to be said of a row as a whole, and why nothing is made of it, to `into`."""
        if row.hidden:
            self._whole(into, "hidden", str(_HIDDEN[row.hidden]), self.mapping.hidden)
        if row.struck and is_struck(row, used):
            message = _("This row is struck out in the file.")
            self._whole(into, "struck", message, self.mapping.struck)
            row.struck = {}  # which needs to be said once
        if row.merged and is_section(row):
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
            return self._merged(row.merged[index], cell, index, into)
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

    def _merged(self, merged, cell, index, into):
        if merged.value == "" and cell == "":
            return ""
        into.seen.add("merged")
        place = {"range": merged.range, "value": storable(as_text(merged.value))}
        if cell != "":
            place["value"] = storable(as_text(cell))
            message = _("“%(value)s” stands under merged cells (%(range)s), where nobody sees it.")
        elif not merged.from_above:
            message = _(
                "The cells %(range)s are merged: which of the columns “%(value)s” belongs to "
                "cannot be told. Split them in the file."
            )
        elif self.mapping.merged == "fill":
            self._note(into, index, _("Merged with the cells above (%(range)s)."), place)
            found = merged.struck and self._struck(merged.struck, merged.value, index, into)
            return merged.value if found is None else found
        elif self.mapping.merged == "blank":
            self._note(into, index, _("Left empty: it is merged with others (%(range)s)."), place)
            return ""
        else:
            message = _(
                "The cells %(range)s are merged, and only the first holds “%(value)s”: choose with "
                "the columns whether it stands for each of the rows."
            )
        into.errors.append([self.headings[index], "", message % place])
        return ""

    def _struck(self, struck, cell, index, into):
        into.seen.add("struck")
        text = {"text": struck.text or storable(as_text(cell))}
        if self.mapping.struck == "leave_out":
            self._note(into, index, _("Left out: “%(text)s” is struck out in the file."), text)
            return struck.left.strip() if struck.text else ""
        if struck.text and index in self.exact:
            message = _(
                "“%(text)s” is struck out in the file: choose with the columns whether it is read."
            )
            into.errors.append([self.headings[index], storable(as_text(cell)), message % text])
            return ""
        self._note(into, index, _("“%(text)s” is struck out in the file."), text)
        return cell

    def _note(self, into, index, message, values):
        into.notes.append([self.headings[index], values.get("value", ""), message % values])


def is_struck(row: Row, used: Collection[int]) -> bool:
    """Return whether all that is read of a row is struck out as a whole."""
    filled = [i for i in used if i < len(row) and row[i] != ""]
    return bool(filled) and all(i in row.struck and not row.struck[i].text for i in filled)


def is_section(row: Row) -> bool:
    """Return whether a row holds one text alone, in a cell that goes on over others beside it."""
    filled = [index for index, cell in enumerate(row) if cell != ""]
    beside = [m for m in row.merged.values() if not m.from_above and m.value != ""]
    return len(filled) == 1 and any(merged.value == row[filled[0]] for merged in beside)


def is_made_date(cell: Cell) -> bool:
    """Return whether a cell is a day, or reads like one that a program made of 3/7: `3-Jul`."""
    if not isinstance(cell, str):
        return isinstance(cell, datetime.date)
    found = _DAY.fullmatch(cell.strip()) if len(cell) < 14 else None
    word = (found[1] or found[2]) if found else ""
    return bool(word) and not word.isupper() and months.in_words(f"{word} 2000") is not None


def decided(row: Row, index: int, merged: str, struck: str) -> Cell:
    """Return the cell of a column as it was read by these choices of a mapping.

    What has not been decided is an error, so that it is not read as blank.
    """
    cell = row[index] if index < len(row) else ""
    if found := row.merged.get(index):
        if cell != "" or found.value == "" or is_section(row):
            return cell
        if found.from_above and merged:
            cell, mark = (found.value, found.struck) if merged == "fill" else ("", None)
        else:
            return CellError("#N/A")
    else:
        mark = row.struck.get(index)
    if mark and struck == "leave_out":
        return mark.left.strip() if mark.text else ""
    return cell
