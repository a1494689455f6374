"""Read one workbook and write its rows to standard output, as JSON lines.

Run as a process of its own, because the parser may abort, hang or take all memory:
`python -m culturecoop.spreadsheets.reading.worker PATH SHEET-INDEX LIMITS`, the index -1 for the
list of sheets alone, the limits as JSON. Nothing of Django is imported. The lines, in order:

- {"sheets": [[name, visible], …]} of the work sheets, chart sheets left out;
- {"rows": [[row number, [cell, …]], …]}, a cell being text, number, boolean or {type: text};
- {"end": true}, or {"refused": code, …} at any point.
"""

import datetime
import json
import resource
import sys

from python_calamine import CalamineError, CalamineWorkbook
from python_calamine import SheetTypeEnum as Type
from python_calamine import SheetVisibleEnum as Visible

from . import faults, packages

BATCH = 200
TAGS = {datetime.datetime: "t", datetime.date: "d", datetime.time: "h"}


def main(path, index, limits):
    _confine(limits)
    try:
        _send_workbook(path, index, limits)
    except packages.Refused as refused:
        _send({"refused": refused.code, **refused.details})
    except MemoryError:
        _send({"refused": "memory"})
    except Exception as error:  # whatever the parsers think of, the parent has to be told
        _send({"refused": "damaged", "detail": str(error)[:200]})
    _send({"end": True})


def _confine(limits):
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"],) * 2)
    # One second more than the parent waits: it is the one to tell.
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"] + 1,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _send_workbook(path, index, limits):
    kind = packages.inspect(path, limits["unpacked"])
    workbook = _open(path, kind)
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == Type.WorkSheet]
    _send({"sheets": [[sheet.name, sheet.visible == Visible.Visible] for sheet in sheets]})
    if index >= 0:
        name = sheets[index].name
        found = faults.find(path, kind, name)
        _send_rows(workbook.get_sheet_by_name(name), found)


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


def _send_rows(sheet, found):
    if sheet.start is None:
        return
    # The columns before the first used one are left out by the library, the rows are not.
    left = [""] * sheet.start[1]
    batch = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        cells = [_packed(cell) for cell in left + cells]
        for column, fault in found.pop(number, ()):
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = fault
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            batch.append([number, cells])
        if len(batch) >= BATCH:
            _send({"rows": batch})
            batch = []
    _send({"rows": batch + [[row, _alone(cells)] for row, cells in sorted(found.items())]})


def _alone(cells):
    """The cells of a row that holds nothing but faults."""
    row = [""] * (max(column for column, _fault in cells) + 1)
    for column, fault in cells:
        row[column] = fault
    return row


def _packed(cell):
    """The cell as JSON can carry it; numbers that are whole become integers."""
    kind = type(cell)
    if kind is str or kind is bool or kind is int:
        return cell
    if kind is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if kind in TAGS:
        return {TAGS[kind]: cell.isoformat()}
    return str(cell)


def _send(message):
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))
