"""The imports: everybody sees his own; who publishes, and an administrator, all of them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.sheets import registry, workbook

from .. import jobs
from ..jobs.states import has_stopped
from ..models import ImportJob, ImportRow
from .columns import ColumnsStep
from .everything import Everything
from .names import NamesStep
from .preview import PreviewSteps
from .progress import progress
from .report import ReportSteps
from .upload import UploadSteps


@admin.register(ImportJob)
class ImportJobAdmin(UploadSteps, ColumnsStep, NamesStep, PreviewSteps, ReportSteps, Everything):
    """Its change page is the preview, then the work, then the report."""

    list_display = [
        "name", "resource_column", "state_column", "rows_column", "created_by", "created_at",
    ]  # fmt: skip
    list_filter = ["state"]
    list_select_related = ["created_by"]
    actions = None
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/spreadsheets/change_list.html"

    def has_add_permission(self, request):
        allowed = any(resource.can_import(request.user) for resource in registry.resources())
        return super().has_add_permission(request) and allowed

    def has_delete_permission(self, request, obj=None):
        at_work = obj is not None and obj.is_busy and not has_stopped(obj)
        return not at_work and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """Counts in place of the rows, of which there can be hundreds of thousands."""
        counts = {
            self.opts.verbose_name_plural: len(objs),
            ImportRow._meta.verbose_name_plural: ImportRow.objects.filter(job__in=objs).count(),
        }
        return [str(job) for job in objs], counts, set(), []

    def delete_model(self, request, obj):
        try:
            jobs.discard(obj)
        except jobs.NotApplied as why:  # begun since the page was asked for
            raise PermissionDenied(str(why)) from why

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "spreadsheets_importjob"
        steps = [
            path(f"<int:pk>/{end}", wrap(view), name=f"{name}_{step}")
            for end, view, step in self.step_urls()
        ]
        everything = path("everything/", wrap(self.everything_view), name=f"{name}_everything")
        return [everything, *steps, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        tools = [(reverse("admin:spreadsheets_importmapping_changelist"), _("Mappings"))]
        if workbook.can_export(request.user):
            address = reverse("admin:spreadsheets_importjob_everything")
            tools.insert(0, (address, _("Export everything")))
        shown = {"title": capfirst(self.opts.verbose_name_plural), "list_tools": tools}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    # Columns of the list

    @admin.display(description=gettext_lazy("what it holds"))
    def resource_column(self, job):
        if job.resource == ImportJob.WORKBOOK:
            return capfirst(_("workbook"))
        return job.resource_class.label if job.resource_class else "–"

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_column(self, job):
        if has_stopped(job):
            return _("stopped")
        told = job.get_state_display()
        percent = progress(job).percent if job.is_busy else None
        return told if percent is None else f"{told}, {percent} %"

    @admin.display(description=gettext_lazy("rows"))
    def rows_column(self, job):
        return job.total or (job.done if job.is_busy else "–")
