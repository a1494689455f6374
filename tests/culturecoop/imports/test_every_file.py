"""Every sample file through every step of an import: done or refused with a message."""

import os
import subprocess
import sys
from itertools import islice

import pytest
from django.conf import settings

from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob
from culturecoop.tabular.reading import open_spreadsheet
from culturecoop.tabular.reading.errors import unreadable
from culturecoop.tabular.reading.limits import limit
from tests.conftest import SHARED
from tests.profiles import share_of

from . import stepping

pytestmark = [
    pytest.mark.shared,
    pytest.mark.django_db,
    pytest.mark.usefixtures("time_to_read"),
]

SUFFIXES = {".csv", ".txt", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods", ".xml", ".zip"}
FOLDERS = ("data/spreadsheets", "data/agreements")
LARGE = 300_000  # bytes; the smaller ones show what a database makes of such cells
ALIKE = "un_mtdsg_untreaties"  # 160 small files of one make
FEW = 10


def sample(path):
    name = str(path.relative_to(SHARED))
    is_one_more = ALIKE in name and share_of(name, FEW) != 0
    takes_long = is_one_more or path.stat().st_size > LARGE
    marks = [pytest.mark.any_database, pytest.mark.thorough] if takes_long else []
    if takes_long and share_of(name, 3) != 0:
        marks.append(pytest.mark.exploring)
    return pytest.param(name, marks=marks)


FILES = [
    sample(path)
    for folder in FOLDERS
    for path in sorted((SHARED / folder).rglob("*"))
    if path.suffix.lower() in SUFFIXES
]
MOST_MEGABYTES = 300
State = ImportJob.State


@pytest.mark.parametrize("name", FILES)
def test_every_step(shared, tmp_path, name):
    target = tmp_path / "marked.xlsx"
    job, message = stepping.through_all_steps(shared / name, target)
    assert message != str(unreadable("too_slow", seconds=limit("SECONDS")))
    job.refresh_from_db()
    assert job.state not in (State.READING, State.RUNNING)
    if job.state == State.REFUSED:
        assert message
    elif job.state != State.UPLOADED:
        rows = job.rows.count()
        assert sum(job.counts.values()) == rows > 0
    if target.exists() and target.stat().st_size:
        assert_same_rows(shared / name, target, job)
    else:
        assert message
    stored = job.file.path
    jobs.discard(job)
    assert not os.path.exists(stored)


def assert_same_rows(path, target, job):
    """The marked workbook has the rows of the first sheet under their numbers."""
    marked = open_spreadsheet(target)
    original = open_spreadsheet(path, name=path.name)
    rows, copied = original.rows(), marked.rows(marked.sheets[0])
    assert [n for n, _ in islice(rows, 500)] == [n for n, _ in islice(copied, 500)], job


# Those that are large, hostile, or unfold to much more than they are.
HEAVY = [
    "data/agreements/brasil_concordia/bilaterais_brasil.csv",
    "data/agreements/brasil_concordia/bilaterais_brasil.xlsx",
    "data/agreements/ieadb/treaties.csv",
    "data/agreements/unctad_iia_mapping/data.csv",
    "data/spreadsheets/OOM_alloc3.xls",
    "data/spreadsheets/attack_billion_laughs.xlsx",
    "data/spreadsheets/attack_quadratic_blowup.ods",
    "data/spreadsheets/crafted_huge_dimension.xlsx",
    "data/spreadsheets/issue-1066-largecellsize.csv",
    "data/spreadsheets/large.ods",
    "data/spreadsheets/wide.csv",
]


@pytest.mark.exploring
@pytest.mark.any_database
def test_memory_of_all_steps(shared, tmp_path):
    """The process that does the steps and the one that reads workbooks, together."""
    program = [sys.executable, "-m", stepping.__name__, str(tmp_path)]
    done = subprocess.run(
        [*program, *(str(shared / name) for name in HEAVY)],
        capture_output=True, text=True, check=False, cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
             "DJANGO_SETTINGS_MODULE": "culturecoop.settings", "VAR_ROOT": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) < MOST_MEGABYTES, done.stdout
