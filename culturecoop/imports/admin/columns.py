"""The step in which the headings of the file are mapped to the columns of the register."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culturecoop.mapping import Invalid, Mapping
from culturecoop.sheets import registry
from culturecoop.tabular.reading import Unreadable

from .. import jobs
from . import mappings
from .base import NotNow, StepViews, guarded
from .columnforms import ColumnsForm
from .samples import sampled
from .targets import Targets


class ColumnsViews(StepViews):
    def urls(self):
        return [
            ("columns/", self.columns_view, "columns"),
            ("mapping/", self.mapping_view, "mapping"),
            ("mapping.toml", self.toml_view, "toml"),
        ]

    @guarded
    def columns_view(self, request, pk):
        job = self._mapped_job(request, pk)
        try:
            columns = sampled(job)
        except Unreadable as error:
            self.warn(request, str(error))
            return self.to(job, "sheet")
        mapping, targets = mapping_of(job), _targets(job, request)
        posted = request.POST if request.method == "POST" else None
        form = ColumnsForm(posted, mapping, columns, targets)
        if form.is_valid():
            mapping = form.changed_mapping()
            job.mapping = mapping.to_dict()
            jobs.save_parse_options(job)
            if answer := self._saved(request, job, mapping, targets):
                return answer
            form = ColumnsForm(None, mapping, columns, targets)
        return self.step_page(
            request, job, "columns", "columns",
            form=form,
            appearance=form.appearance_fields(_seen(job, columns)),
            missing=missing_columns(mapping, targets),
            lacking=targets.resource.lacking(mapping.columns),
            kept=mappings.choices(),
            name=request.POST.get("name", job.mapping_name),
        )  # fmt: skip

    def _saved(self, request, job, mapping, targets):
        """Return where to go next; None to show the page with what is missing."""
        if "keep" in request.POST:
            replace = "replace" in request.POST
            try:
                mappings.keep(job, request.POST.get("name", ""), request.user, replace=replace)
            except ValidationError as error:
                self.warn(request, " ".join(error.messages))
                return None
            self.say(request, _("The mapping is kept as “%s”.") % job.mapping_name)
        if "preview" not in request.POST:
            # Once more, with the texts in the languages that were asked for.
            more = filter(None, request.POST.getlist("language"))
            return self.to(job, "columns", {"language": [*request.GET.getlist("language"), *more]})
        return None if missing_columns(mapping, targets) else self.plan(request, job)

    @guarded
    def mapping_view(self, request, pk):
        """Use a kept mapping, or one from a TOML file, in place of the present one."""
        job = self._mapped_job(request, pk)
        if request.method != "POST":
            return self.to(job, "columns")
        try:
            if "file" in request.FILES or "upload" in request.POST:
                mapping, name = mappings.uploaded(request.FILES.get("file")), ""
            else:
                mapping, name = mappings.chosen(request.POST.get("mapping", ""))
            if mapping is None:
                raise ValidationError(_("Choose a mapping first."))
            mappings.use(job, mapping, name)
            jobs.save_parse_options(job)
            self.say(request, _("The columns are read with this mapping now."))
        except (ValidationError, Unreadable) as error:
            self.warn(request, " ".join(getattr(error, "messages", [str(error)])))
        return self.to(job, "columns")

    def toml_view(self, request, pk):
        job = self.seen_job(request, pk)
        try:
            return mappings.download(job.mapping, job.mapping_name or job.name)
        except Invalid as error:
            self.warn(request, str(error))
            return self.to(job, "columns")

    def _mapped_job(self, request, pk):
        job = self.editable_job(request, pk)
        if not job.needs_mapping:
            why = _("The columns of this sheet need no mapping: they are those of the site.")
            raise NotNow(why)
        return job


def _seen(job, columns):
    """Return what was found in the sheet beside its values: in all of it, once it was read."""
    return {*job.findings.get("seen", {}), *(what for column in columns for what in column.seen)}


def mapping_of(job):
    """Return the Mapping of a job, also one that has no columns yet."""
    if job.mapping.get("columns"):
        return Mapping.from_dict(job.mapping)
    mapping = Mapping.from_dict({**job.mapping, "columns": {"slug": {"value": "-"}}})
    mapping.columns = {}
    return mapping


def missing_columns(mapping, targets):
    """Return the Targets that have to be filled, and are not."""
    missing = [name for name in targets.resource.required if name not in mapping.columns]
    return [targets.find(name) for name in missing]


def _targets(job, request):
    resource = registry.find(job.mapping["resource"])
    ends = {name.rpartition("_")[2] for name in job.mapping.get("columns", {})}
    return Targets(resource(by=job.created_by), {*ends, *request.GET.getlist("language")})
