"""`python -m bench import [ROWS]`: imports and the export of 100,000 agreements.

Each measurement has a process and an empty site of its own: SQLite, or beside the database that
DATABASE_URL names. Written to var/bench/import.json; exit status 1 when a limit is broken.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass

from .measuring import RESULTS

ROWS = 100_000
PUBLISHED = 1_000
KINDS = {"csv": "CSV", "xlsx": "XLSX", "mapped": "CSV through a mapping"}
ROOT = RESULTS.parent.parent


@dataclass(frozen=True)
class Figure:
    """A figure and how great it may be, or with `at_least` how small; None: any."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def broken(self):
        if self.limit is None:
            return False
        return self.value < self.limit if self.at_least else self.value > self.limit

    def __str__(self):
        sign = "≥" if self.at_least else "≤"
        limit = "" if self.limit is None else f"({sign} {self.limit:g})"
        over = "  BROKEN" if self.broken else ""
        return f"{self.name:<58}{self.value:>7.2f} {self.unit:<3}{limit:<9} {self.note}{over}"


def main(rows=ROWS):
    RESULTS.mkdir(parents=True, exist_ok=True)
    path, figures = RESULTS / "import.json", []
    kinds = (import_figures(kind, rows) for kind in KINDS)
    for found in [*kinds, export_figures(rows), publication_figures()]:
        for figure in found:
            figures.append(figure)
            print(figure, flush=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")
    print(f"Written to {path.relative_to(ROOT)}")
    return int(any(figure.broken for figure in figures))


def import_figures(kind, rows):
    """Yield the figures of an import: the whole way from the file to all drafts."""
    found, name = measured(kind, rows), f"import of {KINDS[kind]}"
    ours, few = found["seconds"], rows // 10
    note = f"{ours:.1f} s, {found['preview']:.1f} s of them the preview"
    yield Figure(f"{name} / bulk_create", ours / found["plain"], "×", 4, note=note)
    small = found["small"] / found["plain_small"]
    yield Figure(f"{name} / bulk_create, {few} rows", small, "×", 4)
    if found["library"]:
        itself = found["library"] / found["plain"]
        note = f"{found['library']:.0f} s; that of bulk_create {itself:.2f} ×"
        yield Figure(f"{name}, speed-up", found["library"] / ours, "×", 10, True, note)
    yield Figure(f"{name}, memory", found["peak_mb"], "MB", 300)
    note = f"that of bulk_create {growth(found['plain'], found['plain_small']):.2f} ×"
    yield Figure(f"{name}, growth a row", growth(ours, found["small"]), "×", 1.15, note=note)


def export_figures(rows):
    """Yield the figures of the export of the flat sheet as CSV."""
    found, small = measured("export", rows), measured("export", rows // 10)
    note = f"{found['seconds']:.1f} s"
    yield Figure("export / csv.writer", found["seconds"] / found["plain"], "×", 3, note=note)
    grown = found["peak_mb"] / small["peak_mb"]
    note = f"from {small['peak_mb']:.0f} to {found['peak_mb']:.0f} MB"
    yield Figure("export, growth of the memory", grown, "×", 1.2, note=note)


def publication_figures():
    """Yield the figure of publishing what was imported."""
    found = measured("publish", PUBLISHED)
    note = f"{found['publish']:.1f} s"
    times = found["publish"] / found["import"]
    yield Figure(f"publishing {PUBLISHED:,} drafts / importing them", times, "×", 3, note=note)


def growth(great, small):
    """How the time a row grows when there are ten times as many rows."""
    return great / small / 10


def measured(what, rows):
    """What bench/imports_runs.py prints."""
    command = [sys.executable, "-m", "bench.imports_runs", what, str(rows)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])
