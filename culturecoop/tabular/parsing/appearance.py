"""What a sheet shows beside the values of its cells, by row: `marks_of(…)`.

- `merged`: cells that are one with another, whose value stands in the first of them alone;
- `hidden`: rows that nobody sees, hidden by hand ("row") or by a filter ("filter");
- `struck`: text that is crossed out, and what is left of it;
- `shown`: numbers with zeros in front or behind, 007 and 1.10.

Of XLS only merged cells are found. Used in the reading process only, see worker.py.
"""

from pathlib import Path

from . import ods_appearance, xlsx_appearance
from .marks import Marks

FINDERS = {"xlsx": xlsx_appearance.find, "ods": ods_appearance.find}


def marks_of(path: Path | str, kind: str, name: str, merged: list | None) -> Marks:
    """Return the Marks of the sheet called so; `merged` are the ranges that the parser tells."""
    marks = FINDERS[kind](path, name) if kind in FINDERS else Marks()
    marks.merged += [(r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in merged or ()]
    return marks.checked()
