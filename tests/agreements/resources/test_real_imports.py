"""The six public lists, imported from end to end with the mappings that come with the software."""

import random

import pytest
from django.core.files import File

from agreements.models import AgreementEdition, Event
from culturecoop.spreadsheets import jobs
from culturecoop.spreadsheets.mapping import files

from .test_real_files import DATES, EARLIEST, FILES, SAMPLE, expected_date, source_rows

KINDS = ("signature", "provisional_application", "entry_into_force", "termination")


def planned(shared, name):
    path = shared / "data" / "agreements" / FILES[name]
    mapping = files.load(files.shipped()[name].read_text(encoding="utf-8"))
    with path.open("rb") as file:
        job = jobs.create(File(file), name=path.name, mapping=mapping, mapping_name=name)
    return jobs.plan(job)


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_accounted_for(db, shared, name):
    source = source_rows(shared, name)
    job = planned(shared, name)
    assert job.state == "previewed", job.message
    assert job.total == len(source) == job.rows.count()
    assert job.counts.get("error", 0) <= 0.05 * len(source)
    assert all(row.faults for row in job.rows.filter(kind="error"))
    assert all(row.notes for row in job.rows.filter(kind="duplicate"))
    job = jobs.apply(job)
    assert job.done == job.counts["new"] == AgreementEdition.objects.drafts().count()
    check_dates(source, job, name)
    again = planned(shared, name)
    assert set(again.counts) <= {"unchanged", "duplicate", "error"}, again.counts
    assert again.counts["unchanged"] == job.counts["new"]


def check_dates(source, job, name):
    """The dates of sampled rows as they stand in the register, and no others."""
    notation, columns = DATES[name]
    rows = list(job.rows.filter(kind="new").order_by("number"))
    numbers = {number: index for index, number in enumerate(row_numbers(job))}
    for row in random.Random(name).sample(rows, min(SAMPLE, len(rows))):
        cells = source[numbers[row.number]]
        stored = {
            kind: str(date)
            for kind, date in Event.objects.filter(
                edition__agreement__slug=row.subject
            ).values_list("kind", "date")
        }
        for kind in KINDS:
            said = [cells[heading] for heading in columns.get(kind, ())]
            expected = expected_date(said, notation, earliest=name in EARLIEST)
            assert stored.get(kind, "") == expected, (row.number, kind, cells)


def row_numbers(job):
    """The numbers of the rows of the file, in its order."""
    return job.rows.order_by("number").values_list("number", flat=True)
