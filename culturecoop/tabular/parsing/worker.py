"""Read one workbook and write its rows to standard output, as JSON lines.

Run as a process of its own, because the parser may abort, hang or use up the memory:
`python -m culturecoop.tabular.parsing.worker PATH SHEET-INDEX LIMITS`, the index -1 for the
list of sheets alone, the limits as JSON. Nothing of Django is imported. The lines, in order:

- {"sheets": [[name, visible], …], "seconds": of the processor so far} of the work sheets, chart
  sheets left out;
- {"rows": [[row number, [cell, …]], …]}, a cell being text, number, boolean or {type: text}; of
  some rows a third item follows, {"hidden": how, "merged": {column: […]}, "struck": {column: […]}},
  as appearance.py and marks.py say;
- {"end": true}, or {"refused": code, …} at any point.
"""

import datetime
import json
import resource
import sys
import time
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook
from python_calamine import SheetTypeEnum as Type
from python_calamine import SheetVisibleEnum as Visible

from .. import spoilt
from . import cell_errors, packages
from .appearance import marks_of
from .days import Days
from .marks import MergedCells

BATCH = 200
#: Of larger numbers programs have lost digits.
KEPT_EXACTLY = 10**spoilt.DIGITS
TAGS = {datetime.datetime: "t", datetime.date: "d", datetime.time: "h"}


def main(path: str, index: int, limits: dict[str, int]) -> None:
    _confine(limits)
    for message in messages(path, index, limits["unpacked"]):
        sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")
        sys.stdout.flush()


def messages(path: str, index: int, most_bytes: int) -> Iterator[dict]:
    """Yield the messages about the file; see the head of this module."""
    try:
        yield from _read(path, index, most_bytes)
    except packages.Refused as refused:
        yield {"refused": refused.code, **refused.details}
    except MemoryError:
        yield {"refused": "memory"}
    except Exception as error:  # whatever the parsers raise, the parent has to know
        yield {"refused": "damaged", "detail": str(error)[:200]}
    yield {"end": True}


def _confine(limits):
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"],) * 2)
    # The first limit ends the process by SIGXCPU, by which the parent knows it.
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(path, index, most_bytes):
    kind = packages.inspect(path, most_bytes)
    workbook = _open(path, kind)
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == Type.WorkSheet]
    names = [[sheet.name, sheet.visible == Visible.Visible] for sheet in sheets]
    yield {"sheets": names, "seconds": time.process_time()}
    if index >= 0:
        name = sheets[index].name
        found = cell_errors.find(path, kind, name)
        days, sheet = Days(path, kind, name), workbook.get_sheet_by_name(name)
        marks = marks_of(path, kind, name, sheet.merged_cell_ranges)
        yield from _rows(sheet, found, days, marks)


def _open(path, kind):
    if kind == "ods" and packages.needs_mending(path):
        return CalamineWorkbook.from_filelike(packages.mended_ods(path))
    try:
        with open(path, "rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except CalamineError:
        if packages.is_encrypted(path, kind):
            raise packages.Refused("password") from None
        if kind != "ods":
            raise
    # Some programs write ODS with indented XML, or without its first entry.
    return CalamineWorkbook.from_filelike(packages.mended_ods(path))


def _rows(sheet, found, days, marks):
    """Yield the rows in batches; `found` are the faults by row number."""
    # The columns before the first used one are left out by the library, the rows are not.
    left = [""] * (sheet.start[1] if sheet.start else 0)
    batch, merged = [], MergedCells(marks, sheet.end[1] + 1 if sheet.end else 0)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        known = [*days.mended(number, cells, len(left)), *found.pop(number, ())]
        cells = _with_faults([_packed(cell) for cell in left + cells], known)
        cells = marks.as_shown(number, cells)
        seen = marks.of(number, cells, merged)
        if cells:
            batch.append([number, cells, seen] if seen else [number, cells])
        if len(batch) >= BATCH:
            yield {"rows": batch}
            batch = []
    yield {"rows": batch + [[row, _with_faults([], cells)] for row, cells in sorted(found.items())]}


def _with_faults(cells, found):
    """Return the cells with their errors, without the blank ones at the end."""
    for column, error in found:
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = error
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _packed(cell):
    """Return the cell as JSON can carry it; numbers that are whole become integers."""
    kind = type(cell)
    if kind is str or kind is bool or kind is int:
        return cell
    if kind is float:
        if abs(cell) >= KEPT_EXACTLY:
            return {"x": f"{cell:.15G}"}
        return int(cell) if cell.is_integer() else cell
    if kind in TAGS:
        return {TAGS[kind]: cell.isoformat()}
    return str(cell)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))
