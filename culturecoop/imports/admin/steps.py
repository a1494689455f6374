"""The steps of an import, for the list on top of each of its pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..jobs.states import EDITABLE
from ..models import ImportJob

State = ImportJob.State
FINISHED = (State.APPLIED, State.UNDOING, State.UNDONE, State.PUBLISHING)
#: {name of a step: what it is called}, in their order.
LABELS = {
    "upload": _("Upload"), "sheet": _("Sheet and headings"), "columns": _("Columns"),
    "names": _("Names"), "preview": _("Preview"), "running": _("Taking over"),
    "report": _("Report"),
}  # fmt: skip


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
    """The Steps of a job, `now` being the name of the present one; without a job: of any.

    None where there is no file.
    """
    if job and not job.is_import:
        return []
    left_out = _left_out(job)
    names = [name for name in LABELS if name not in left_out]
    place, reached, found = names.index(now), _reached(job) if job else (), []
    for index, name in enumerate(names):
        state = "now" if name == now else "done" if index < place else "ahead"
        page = name if name in ("sheet", "columns", "names") else "change"
        url = address(job, page) if name in reached else ""
        found.append(Step(name, LABELS[name], state, url))
    return found


def has_names(job):
    """Whether there are names to be answered, or answers to be changed."""
    asked = job.findings.get("unmatched") or job.findings.get("new")
    answered = any(job.mapping.get(part) for part in ("names", "row_names", "new_names"))
    return job.needs_mapping and bool(asked or answered)


def _left_out(job):
    """The names of the steps that an import does not take; without a job, that few take."""
    if job is None:
        return {"names", "running"}
    if not job.needs_mapping:
        return {"columns", "names"}
    return set() if has_names(job) else {"names"}


def _reached(job):
    """The steps that can be opened in the present state."""
    if job.state in EDITABLE:
        found = {"sheet", "columns"}
        return found | {"names", "preview"} if job.state == State.PREVIEWED else found
    return {"report"} if job.state in FINISHED else {"running"}
