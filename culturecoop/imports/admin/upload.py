"""The first two steps: the file, then its sheet and headings."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from culturecoop.mapping import Invalid
from culturecoop.tabular.reading import Unreadable, column_letter

from .. import jobs
from ..jobs.states import EDITABLE, claim
from ..models import ImportJob
from . import mappings
from .base import StepViews, guarded
from .columns import mapping_of
from .forms import SheetForm, UploadForm

State = ImportJob.State


class UploadViews(StepViews):
    def urls(self):
        return [("sheet/", self.sheet_view, "sheet")]

    def add_view(self, request):
        if not self.model_admin.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
        if request.method == "POST" and form.is_valid():
            return self._uploaded(request, form)
        return self.step_page(request, None, "upload", "upload", form=form)

    def _uploaded(self, request, form):
        chosen = form.cleaned_data
        mapping, name = chosen["mapping"]
        job = jobs.create(
            chosen["file"], name=chosen["file"].name, resource=chosen["resource"], by=request.user
        )
        self.model_admin.log_addition(request, job, _("uploaded"))
        try:
            if mapping:
                mappings.use(job, mapping, name)
                jobs.save_parse_options(job)
            elif earlier := jobs.propose(job):
                note = _("This is the report of “%(name)s”: its columns and answers hold here too.")
                self.say(request, note % {"name": earlier.name})
                return self.plan(request, job)
        except Unreadable as error:
            claim(job, State.REFUSED, of=EDITABLE, message=str(error))
            return self.to(job)
        if job.needs_mapping and not mapping:
            return self.to(job, "sheet")
        return self.plan(request, job)

    @guarded
    def sheet_view(self, request, pk):
        """Choose the sheet, the rows of its headings, encoding and delimiter."""
        job = self.editable_job(request, pk)
        try:
            look, error = jobs.look(job), ""
        except Unreadable as refusal:
            look, error = None, str(refusal)
        form = SheetForm(request.POST or None, job=job, look=look, initial=_chosen(job))
        if request.method == "POST" and form.is_valid():
            return self._choose(request, job, form)
        return self.step_page(
            request, job, "sheet", "sheet",
            form=form, look=look, error=error, table=_table(job, look),
        )  # fmt: skip

    def _choose(self, request, job, form):
        chosen = form.cleaned_data
        stay = "show" in request.POST
        if not form.changed_data and not stay and _is_usable(job):
            return self._go_on(request, job)
        before = job.sheet
        if "encoding" in form.changed_data:
            job.encoding, job.encoding_guessed = chosen["encoding"], not chosen["encoding"]
        if "delimiter" in form.changed_data:
            job.delimiter = chosen["delimiter"]
        rows = (chosen["first"], chosen["last"]) if chosen["first"] else None
        moved = {"first", "last"} & set(form.changed_data)
        if chosen.get("sheet", before) != before and not moved:
            rows = None
        try:
            jobs.propose(job, sheet=chosen.get("sheet", ""), heading_rows=rows)
        except Unreadable as error:
            jobs.save_parse_options(job)
            self.warn(request, str(error))
            return self.to(job, "sheet")
        return self.to(job, "sheet") if stay else self._go_on(request, job)

    def _go_on(self, request, job):
        if job.needs_mapping:
            return self.to(job, "columns")
        return self.to(job) if job.state == State.PREVIEWED else self.plan(request, job)


def _is_usable(job):
    """Whether the mapping of the job can be used: one of an earlier version may not."""
    if job.needs_mapping:
        try:
            mapping_of(job)
        except Invalid:
            return False
    return True


def _chosen(job):
    default = (1, 1) if job.needs_mapping else ("", "")
    first, last = job.mapping.get("heading_rows", default)
    return {
        "sheet": job.sheet, "first": first, "last": last,
        "encoding": job.encoding, "delimiter": job.delimiter,
    }  # fmt: skip


def _table(job, look):
    """The letters of the columns, and the first rows: (number, is a heading, cells)."""
    rows = look.rows.get(job.sheet or next(iter(look.rows), ""), []) if look else []
    first, last = job.mapping.get("heading_rows", (1, 1))
    width = max((len(cells) for _number, cells in rows), default=0)
    return {
        "letters": [column_letter(index) for index in range(width)],
        "rows": [
            (number, first <= number <= last, [*cells, *[""] * (width - len(cells))])
            for number, cells in rows
        ],
    }
