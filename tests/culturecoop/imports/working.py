"""Exporting, changing and importing, as an editor does."""

import io

from django.core.files import File

from culturecoop.imports import jobs
from culturecoop.imports.models import ImportRow
from culturecoop.sheets import registry
from culturecoop.tabular import writing


def export(resource, queryset=None):
    """The headings and rows of an export."""
    resource = registry.find(resource)()
    objects = resource.objects(queryset)
    headings = resource.headings(objects)
    return headings, [dict(zip(headings, row, strict=True)) for row in resource.rows(objects)]


def upload(resource, headings, rows, *, kind="xlsx", by=None, **options):
    """A planned job for rows (dicts) under the headings."""
    file = io.BytesIO()
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    writing.write(file, kind, "Sheet", headings, cells)
    file.seek(0)
    job = jobs.create(File(file), name=f"a.{kind}", resource=resource, by=by, **options)
    return jobs.plan(job)


def kinds(job):
    """The kinds of the rows, in order."""
    return [str(kind) for kind in job.rows.values_list("kind", flat=True)]


def only(job):
    """The only row that is not unchanged."""
    [row] = job.rows.exclude(kind=ImportRow.Kind.UNCHANGED)
    return row


def publish_drafts(job, by):
    """Publish what the job made, whatever is asked answered as proposed; how many there were."""
    drafts = [draft for rows in jobs.drafts(job).values() for draft in rows]
    agreed = {question.code for draft in drafts for question in draft.questions()}
    jobs.ask_to_publish(job, by=by, agreed=agreed)
    return jobs.publish(job).findings["published"]
