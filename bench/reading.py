"""Reading workbooks in a process of their own, against their parser alone in this one."""

import tempfile
from pathlib import Path

from python_calamine import CalamineWorkbook

from culturecoop.tabular import writing
from culturecoop.tabular.reading import open_spreadsheet

from .measuring import measure

ROWS = 10_000
HEADINGS = ["slug", "kind", "parties", "signature", "title"]


def bench_reading():
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("xlsx", "ods"):
            path = Path(folder) / f"agreements.{kind}"
            with path.open("wb") as file:
                writing.write(file, kind, "Agreements", HEADINGS, sheet())
            yield measure(
                f"reading {ROWS:,} rows of {kind.upper()}",
                lambda path=path: ours(path),
                lambda path=path: parser_alone(path),
                rounds=3,
            )


def sheet():
    for number in range(ROWS):
        day = f"{1950 + number % 70}-11-18"
        yield [f"agreement-{number}", "agreement", "EU; CL", day, f"Agreement number {number}"]


def ours(path):
    assert sum(1 for _row in open_spreadsheet(path).rows()) == ROWS + 1


def parser_alone(path):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
    assert sum(1 for _row in rows) == ROWS + 1
