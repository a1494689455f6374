"""The preview, the work, and the report: what the job's own address shows."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from culturecoop.sheets import registry
from culturecoop.texts import whole_number

from .. import background, jobs
from ..damage import damage_of
from ..jobs.states import EDITABLE, claim, has_stopped
from ..models import ImportJob, ImportRow
from . import progress, publication_impact, report
from .base import StepViews, guarded, still_allowed
from .steps import has_names

PER_PAGE = 50
REFRESH = 2  # seconds
State = ImportJob.State
NOTES = "notes"
#: The step that work on an import belongs to.
WHERE = {State.READING: "preview", State.RUNNING: "running"}


class PreviewViews(StepViews):
    def urls(self):
        post = require_POST
        return [
            ("options/", post(self.options_view), "options"),
            ("apply/", post(self.apply_view), "apply"),
            ("resume/", post(self.resume_view), "resume"),
            ("discard/", post(self.discard_view), "discard"),
        ]

    def change_view(self, request, pk):
        job = self.seen_job(request, pk)
        if job.is_busy:
            return self._running(request, job)
        if job.state == State.UPLOADED and job.needs_mapping and self.may_act(request, job):
            return self.to(job, "sheet")  # back to where it was left
        step = "preview" if job.state in EDITABLE else "report"
        if step == "report":
            shown = report.outcome(job, request.user)
        else:
            # Without the faults of whole rows.
            faulty = [(column, n) for column, n in job.findings.get("faults", []) if column]
            shown = {"impact": publication_impact.foreseen(job), "faulty": faulty}
            shown["damage"] = damage_of(job)
        return self.step_page(
            request, job, step, step, **shown, **_rows(job, request.GET),
            asks_names=has_names(job), may_publish=report.may_publish(request.user, job),
        )  # fmt: skip

    def _running(self, request, job):
        # Without scripts the page is asked for again; the module of the page does it in place.
        return self.step_page(
            request, job, WHERE.get(job.state, "report"), "running",
            progress=progress.progress(job), stopped=has_stopped(job), refresh=REFRESH,
            may_resume=self.may_resume(request, job),
        )  # fmt: skip

    def may_resume(self, request, job):
        """Whoever may publish goes on with that, and with what nobody asked for by himself.

        The rest goes on by whose import it is.
        """
        if job.state == State.PUBLISHING:
            return jobs.may_publish(request.user, job)
        if job.state == State.FOLLOWING:
            return jobs.publishes(request.user)
        return self.may_act(request, job)

    @guarded
    def options_view(self, request, pk):
        """All or nothing, change what is there: then plan again."""
        job = self.editable_job(request, pk)
        moved_on, planned_for = jobs.is_stale(job), job.overwrite_without_base
        chosen = ("all_or_nothing", "overwrite_without_base")
        claim(job, job.state, of=EDITABLE, **{name: name in request.POST for name in chosen})
        if planned_for == job.overwrite_without_base and not moved_on:
            return self.to(job)
        return self.plan(request, job)

    @guarded
    def apply_view(self, request, pk):
        job = self.own_job(request, pk)
        if not still_allowed(request.user, job):
            self.warn(request, _("You have no right to import this (any more)."))
            return self.to(job)
        if jobs.is_stale(job):
            self.warn(request, _("Another import has changed the register since: look again."))
            return self.plan(request, job)
        try:
            jobs.start(job)
        except jobs.NotApplied as refusal:
            self.warn(request, _("Nothing was written. %(why)s") % {"why": refusal})
            return self.to(job)
        self.model_admin.log_change(request, job, _("taken over"))
        background.launch(job, "run")
        if job.state == State.PREVIEWED and job.message:
            self.warn(request, _("Nothing was written. %(why)s") % {"why": job.message})
        return self.to(job)

    @guarded
    def resume_view(self, request, pk):
        """Go on with what was stopped."""
        job = self.seen_job(request, pk)
        if not self.may_resume(request, job):
            raise PermissionDenied
        if has_stopped(job):
            background.resume(job)
        return self.to(job)

    @guarded
    def discard_view(self, request, pk):
        jobs.discard(self.editable_job(request, pk))
        self.say(request, _("The import was discarded."))
        return self.to_list()


def names_of(parts):
    """What the sheets of a job are called; what they hold, where one sheet fills several."""
    names = [part["sheet"] for part in parts]
    if len(set(names)) == len(names):
        return names
    known = [registry.find(part["resource"]) for part in parts]
    return [capfirst(found.label) if found else "" for found in known]


def _rows(job, asked):
    """The page of rows, and the filters with their counts."""
    kind, sheet = asked.get("kind", ""), asked.get("sheet", "")
    rows = job.rows.all()
    parts = job.sheets if len(job.sheets) > 1 else []
    number = whole_number(sheet)
    if number is not None and number < len(parts):
        rows, counts = rows.filter(sheet=number), parts[number]["counts"]
    else:
        sheet, counts = "", job.counts
    noted = rows.exclude(notes=[]).exclude(kind=ImportRow.Kind.DUPLICATE)
    if kind == NOTES:
        rows = noted
    elif kind in ImportRow.Kind.values:
        rows = rows.filter(kind=kind)
    else:
        kind = ""
    return {
        "kind": kind,
        "sheet": sheet,
        "kinds": [(k.value, k.label, counts.get(k.value, 0)) for k in ImportRow.Kind],
        "all_count": sum(counts.values()),
        "notes_count": noted.count() if job.total else 0,
        "parts": [
            (str(number), name, sum(part["counts"].values()))
            for number, (name, part) in enumerate(zip(names_of(parts), parts, strict=True))
        ],
        "sheet_names": names_of(parts),
        "page": Paginator(rows, PER_PAGE).get_page(asked.get("p")),
    }
