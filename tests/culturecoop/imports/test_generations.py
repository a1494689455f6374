"""Two who plan one import at once: what the later one finds is kept, of the earlier one nothing."""

import threading

import pytest
from django.db import connection

from culturecoop.imports import jobs
from culturecoop.imports.jobs import planning, states
from culturecoop.imports.models import ImportJob
from culturecoop.mapping import Mapping

from .plannedjobs import upload
from .test_states import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [{"slug": f"a{n:03}", "title_en": f"Agreement {n}", "title_fr": ""} for n in range(60)]


@pytest.fixture
def job(monkeypatch):
    monkeypatch.setattr(planning, "BATCH", 10)
    return upload("agreements", list(ROWS[0]), ROWS)


class Halted(threading.Thread):
    """Plans the job, and stands still before it stores its third batch until it is let go."""

    def __init__(self, pk, monkeypatch):
        super().__init__()
        self.pk, self.halted, self.go = pk, threading.Event(), threading.Event()
        self.batches, self.failed, self.compare = 0, None, planning.compare
        monkeypatch.setattr(planning, "compare", self._compare)

    def run(self):
        try:
            jobs.plan(ImportJob.objects.get(pk=self.pk))
        except Exception as error:
            self.failed = error
        finally:
            self.halted.set()
            connection.close()

    def _compare(self, *args):
        self.compare(*args)
        if threading.current_thread() is self:
            self.batches += 1
            if self.batches == 3:
                self.halted.set()
                self.go.wait()

    def __enter__(self):
        self.start()
        self.halted.wait()

    def __exit__(self, *_error):
        self.go.set()
        self.join()


def mapped_otherwise(job):
    """Let the columns of the job be read in another way, as an editor does on a page."""
    job = ImportJob.objects.get(pk=job.pk)
    columns = {"slug": {"sources": ["slug"], "prefix": "b"}, "title_fr": {"sources": ["title_en"]}}
    job.mapping = Mapping.from_dict({"resource": "agreements", "columns": columns}).to_dict()
    states.save_parse_options(job)
    return job


def subjects(job):
    return set(job.rows.values_list("subject", flat=True))


def test_one_that_was_thought_dead_keeps_nothing(job, monkeypatch):
    with (dead := Halted(job.pk, monkeypatch)):
        planned = jobs.plan(mapped_otherwise(job))
        expected, counts, findings = subjects(job), planned.counts, planned.findings
    assert dead.failed is None
    job.refresh_from_db()
    assert (job.state, job.counts, job.findings) == ("previewed", counts, findings)
    assert (subjects(job), job.rows.count()) == (expected, 60)
    assert all("title_fr" in row.cells and "title_en" not in row.cells for row in job.rows.all())


def test_one_that_was_overtaken_stores_nothing_beside_the_other(job, monkeypatch):
    """The second one is still at work when the first one goes on."""
    first = Halted(job.pk, monkeypatch)
    with first:
        second = Halted(mapped_otherwise(job).pk, monkeypatch)
        second.start()
        second.halted.wait()
        first.go.set()
        first.join()
        assert job.rows.count() == 20
        assert ImportJob.objects.get(pk=job.pk).state == "reading"
        second.__exit__()
    assert (first.failed, second.failed) == (None, None)
    job.refresh_from_db()
    assert (job.state, job.total, job.rows.count()) == ("previewed", 60, 60)
    assert not [row for row in job.rows.all() if "title_en" in row.cells]


def test_another_mapping_stops_the_planning(job, monkeypatch):
    with (planner := Halted(job.pk, monkeypatch)):
        mapped_otherwise(job)
    assert planner.failed is None
    job.refresh_from_db()
    assert (job.state, job.counts, job.rows.count()) == ("uploaded", {}, 0)
    assert job.mapping["columns"]["slug"]["prefix"] == "b"


def test_discarded_while_it_is_planned(job, monkeypatch):
    with (planner := Halted(job.pk, monkeypatch)):
        ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=None)
        jobs.discard(ImportJob.objects.get(pk=job.pk))
    assert planner.failed is None
    assert not ImportJob.objects.exists()


def test_four_at_once(job):
    copies = [ImportJob.objects.get(pk=job.pk) for _n in range(4)]
    found = at_once(*(lambda copy=copy: jobs.plan(copy).pk for copy in copies))
    assert found == [job.pk] * 4
    job.refresh_from_db()
    assert (job.state, job.total, job.rows.count()) == ("previewed", 60, 60)
    assert job.generation == 5


def test_a_planning_that_begins_reads_the_job_as_it_is_by_then(job):
    """A worker has read the job before its mapping was changed, and begins only now."""
    worker = ImportJob.objects.get(pk=job.pk)
    mapped_otherwise(job)
    jobs.plan(worker)
    assert worker.mapping["columns"]["slug"]["prefix"] == "b"
    assert all("title_fr" in row.cells for row in worker.rows.all())
