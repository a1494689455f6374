"""The six public lists, imported from end to end with the mappings that come with the software."""

import pytest
from django.core.files import File

from agreements.models import AgreementEdition, Event
from culturecoop.imports import jobs
from culturecoop.mapping import files

from .independent import LISTS, SHORT, rows_of

STORED = "unctad-iia"  # in either database; the others would show no more there


def tried(name):
    """Quickly the short lists, and the one that is stored in either database."""
    marks = [] if name == STORED else [pytest.mark.any_database]
    marks += [] if name in (STORED, *SHORT) else [pytest.mark.thorough]
    return pytest.param(name, marks=marks)


def planned(path, name):
    mapping = files.load(files.shipped()[name].read_text(encoding="utf-8"))
    with path.open("rb") as file:
        job = jobs.create(File(file), name=path.name, mapping=mapping, mapping_name=name)
    return jobs.plan(job)


@pytest.mark.shared
@pytest.mark.parametrize("name", [tried(name) for name in LISTS])
def test_every_row_is_accounted_for(db, shared, name):
    path = shared / "data" / "agreements" / LISTS[name][0]
    source, job = rows_of(path), planned(path, name)
    assert job.state == "previewed", job.message
    assert job.total == job.rows.count()
    assert len(source) == job.rows.filter(sheet=0).count()
    assert job.sheets[0]["counts"].get("error", 0) <= 0.05 * len(source)
    assert all(row.errors for row in job.rows.filter(kind__in=["error", "conflict"]))
    assert all(row.notes for row in job.rows.filter(kind__in=["duplicate", "unchanged"]))
    job = jobs.apply(job)
    made = job.sheets[0]["counts"]["new"]
    assert job.done == job.counts["new"]
    assert made == AgreementEdition.objects.drafts().count()
    events = Event.objects.count()
    again = planned(path, name)
    assert again.to_write == 0
    assert again.sheets[0]["counts"]["unchanged"] == made
    assert [s["counts"].get("conflict") for s in again.sheets] == [
        s["counts"].get("conflict") for s in job.sheets
    ]
    assert jobs.undo(job) == []
    assert events
    assert not Event.objects.exists()
