"""Workbooks whose sheets are not all as ours are."""

import io

import pytest
from django.core.files import File

from culturecoop.imports import jobs
from culturecoop.tabular import writing

pytestmark = pytest.mark.django_db


def proposed(**sheets):
    """A job for a workbook of {name: rows}, the first row of each being the headings."""
    file = io.BytesIO()
    with writing.WRITERS["xlsx"](file) as writer:
        for name, (headings, *rows) in sheets.items():
            writer.add_sheet(name, headings, rows)
    file.seek(0)
    job = jobs.create(File(file), name="a.xlsx")
    jobs.propose(job)
    return job


def test_a_sheet_with_an_unknown_column_is_named_and_not_dropped():
    job = proposed(themes=[["slug", "name"], ["trade", "Trade"]], agreements=[["slug", "colour"]])
    assert job.resource == "workbook"
    jobs.plan(job)
    assert job.state == "refused"
    assert "“agreements”: B “colour”" in job.message


def test_sheets_that_only_share_the_names_of_ours():
    job = proposed(events=[["What", "When"], ["a", "b"]], parties=[["Who"], ["c"]])
    assert job.resource != "workbook"
    assert job.needs_mapping


def test_the_same_thing_written_in_two_ways():
    rows = [
        ["path", "language", "title"],
        ["/", "en", "Home"],
        ["/a", "en", "A"],
        ["a/", "en", "A"],
    ]
    job = jobs.plan(proposed(pages=rows))
    assert job.counts == {"new": 2, "error": 1}, list(job.rows.values("errors", "kind"))
