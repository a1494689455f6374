"""Import and export of the register, against the plainest code that does the same work.

`bench_import()` and `bench_export()` return {"name", "ratio", "limit", "peak_mb"}. They run each
measurement in a process of its own, on an SQLite file of its own, so that the peak of memory is
the measurement's.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS = 10_000
ROOT = Path(__file__).resolve().parent.parent


def bench_import(rows=ROWS):
    """From the uploaded CSV file to all drafts, against `bulk_create` of the same rows."""
    return _measured("import", rows, name=f"import of {rows} rows / bulk_create", limit=10)


def bench_export(rows=ROWS):
    """The flat sheet as CSV, against `values_list` and `csv.writer` for the same rows."""
    return _measured("export", rows, name=f"export of {rows} rows / csv.writer", limit=5)


def _measured(what, rows, name, limit):
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "VAR_ROOT": folder,
            "DJANGO_SETTINGS_MODULE": "culturecoop.settings",
        }
        command = [sys.executable, "-m", "bench.spreadsheets_runs", what, str(rows), folder]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
    figures = json.loads(done.stdout.splitlines()[-1])
    return {"name": name, "limit": limit, **figures}


if __name__ == "__main__":
    for bench in (bench_import, bench_export):
        print(json.dumps(bench()))
