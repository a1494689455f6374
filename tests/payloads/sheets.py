"""Import jobs whose sheets hold payloads: in every column, in headings, in names."""

import io

from django.core.files import File

from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob, ImportMapping
from culturecoop.sheets import registry
from culturecoop.tabular import writing
from tests.culturecoop.imports.plannedjobs import export

from . import PAYLOADS


def all_jobs(filling, by):
    """Planned jobs of all our sheets, and foreign lists at the step of their columns."""
    made = [job for resource in registry.resources() for job in _own_jobs(resource.name, by)]
    made += [_foreign_job(number, by) for number in range(2)]
    for number, job in enumerate(made):
        for name in ("name", "sheet"):
            setattr(job, name, filling.text(ImportJob, name, number))
        job.save()
    for number in range(filling.rounds(ImportMapping)):
        name = filling.text(ImportMapping, "name", number)
        ImportMapping.objects.create(name=name, content=made[-1].mapping)
    return made


def _own_jobs(name, by):
    headings, rows = export(name)
    yield _job(headings, [_payload_row(headings, n) for n in range(len(PAYLOADS))], by, name)
    yield _job(headings, list(_changed_rows(headings, rows)), by, name)


def _payload_row(headings, number):
    """A row with another payload in each column."""
    return [PAYLOADS[(number + place) % len(PAYLOADS)] for place in range(len(headings))]


def _changed_rows(headings, rows):
    """Rows as they were exported, each with a payload in one of its columns."""
    for number, payload in enumerate(PAYLOADS):
        row = rows[number % len(rows)]
        changed = headings[number % len(headings)]
        yield [payload if heading == changed else row[heading] for heading in headings]


def _foreign_job(number, by):
    headings = [f"{payload} {number}" for payload in PAYLOADS[number * 20 : number * 20 + 20]]
    job = _job(headings, [_payload_row(headings, n) for n in range(40)], by)
    jobs.look(job)
    jobs.propose(job)
    return job


def _job(headings, rows, by, resource=""):
    file = io.BytesIO()
    writing.write(file, "csv", "Sheet", headings, rows)
    file.seek(0)
    job = jobs.create(File(file), name="a.csv", resource=resource, by=by)
    return jobs.plan(job) if resource else job
