"""The steps of an import, for the list on top of each of its pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ..jobs.states import EDITABLE
from ..models import ImportJob

State = ImportJob.State
FINISHED = (State.APPLIED, State.UNDOING, State.UNDONE, State.PUBLISHING)


@dataclass(frozen=True)
class Step:
    """`state` is "done", "now" or "ahead"; `url` is empty where there is nothing to open."""

    name: str
    label: str
    state: str
    url: str = ""


def address(job, name, query=None):
    """The address of a page of a job, such as "sheet"; "change" is the job's own."""
    return reverse(f"admin:spreadsheets_importjob_{name}", args=[job.pk], query=query)


def steps(job, now):
    """The Steps of a job, `now` being the name of the present one; without a job: of any."""
    if job is None:
        return [
            Step(name, label, "now" if name == now else "ahead")
            for name, label in [
                ("upload", _("Upload")), ("sheet", _("Sheet and headings")),
                ("columns", _("Columns")), ("preview", _("Preview")), ("report", _("Report")),
            ]
        ]  # fmt: skip
    names = _names(job)
    place = [name for name, _label in names].index(now)
    reached = _reached(job)
    found = []
    for index, (name, label) in enumerate(names):
        state = "now" if name == now else "done" if index < place else "ahead"
        found.append(Step(name, label, state, _url(job, name) if name in reached else ""))
    return found


def has_names(job):
    """Whether there are names to be answered, or answers to be changed."""
    asked = job.findings.get("unmatched") or job.findings.get("new")
    answered = job.mapping.get("names") or job.mapping.get("new_names")
    return job.needs_mapping and bool(asked or answered)


def _names(job):
    found = [("upload", _("Upload")), ("sheet", _("Sheet and headings"))]
    if job.needs_mapping:
        found.append(("columns", _("Columns")))
    if has_names(job):
        found.append(("names", _("Names")))
    return [
        *found, ("preview", _("Preview")), ("running", _("Taking over")), ("report", _("Report")),
    ]  # fmt: skip


def _reached(job):
    """The steps that can be opened in the present state."""
    if job.state in EDITABLE:
        found = {"sheet", "columns"}
        return found | {"names", "preview"} if job.state == State.PREVIEWED else found
    return {"report"} if job.state in FINISHED else {"running"}


def _url(job, name):
    return address(job, name if name in ("sheet", "columns", "names") else "change")
