"""What is found beside the values of the cells of a sheet; see appearance.py for what it means.

Used in the reading process only, see worker.py.
"""

from dataclasses import dataclass, field

from .packages import Refused
from .places import column_letter

#: (first row, first column, last row, last column), rows from 1, columns from 0
Range = tuple[int, int, int, int]
#: A sheet with more marks than these is refused: they are kept in memory.
MOST = 200_000


@dataclass
class Marks:
    """What is found in a sheet; places are (row number, column index).

    `struck` are (what is struck out, what is left) of a cell, `shown` the texts of numbers.
    """

    merged: list[Range] = field(default_factory=list)
    hidden: dict[int, str] = field(default_factory=dict)
    struck: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)

    def as_shown(self, number: int, cells: list) -> list:
        """Return the cells of a row, its numbers as they are shown."""
        if not self.shown:
            return cells
        return [
            cell if isinstance(cell, dict) else self.shown.get((number, column), cell)
            for column, cell in enumerate(cells)
        ]

    def of(self, number: int, cells: list, merged: "MergedCells") -> dict[str, object]:
        """Return the marks of a row by their kind, without kinds that it has none of."""
        if not (self.hidden or self.merged or self.struck):
            return {}
        places = range(len(cells)) if self.struck else ()
        found = {
            "hidden": self.hidden.get(number, ""),
            "merged": merged.of(number, cells),
            "struck": {c: self.struck[number, c] for c in places if (number, c) in self.struck},
        }
        return {kind: marks for kind, marks in found.items() if marks}

    def checked(self) -> "Marks":
        """Return them; raises Refused when there are too many."""
        if max(map(len, (self.merged, self.hidden, self.struck, self.shown))) > MOST:
            raise Refused("marks", most=MOST)
        return self


class MergedCells:
    """The merged cells of a sheet, row by row from the top."""

    def __init__(self, marks: Marks, width: int) -> None:
        self._width, self._struck = width, marks.struck
        self._waiting = sorted(set(marks.merged), reverse=True)
        self._open: list[tuple[Range, list]] = []

    def of(self, number: int, cells: list) -> dict[int, list]:
        """Return {column: [range, whether it begins above, value of its first cell, struck]}.

        `struck` is what of that value is struck out, as in `Marks.struck`, or None. The first cell
        itself is not in it. `number` grows from one call to the next.
        """
        self._open = [found for found in self._open if found[0][2] >= number]
        while self._waiting and self._waiting[-1][0] <= number:
            found = self._waiting.pop()
            first = cells[found[1]] if found[0] == number and found[1] < len(cells) else ""
            self._open.append((found, [first, self._struck.get(found[:2])]))
        return {
            column: [_name(found), found[0] < number and column == found[1], *value]
            for found, value in self._open
            for column in range(found[1], min(found[3] + 1, self._width))
            if (number, column) != found[:2]
        }


def _name(found):
    top, left, bottom, right = found
    return f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"
