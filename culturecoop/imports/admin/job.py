"""The imports: everybody sees his own; who publishes, and an administrator, all of them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.changelists import CheckedLists
from culturecoop.sheets import registry, workbook

from .. import jobs
from ..jobs.states import has_stopped
from ..models import ImportJob, ImportRow
from .columns import ColumnsViews
from .everything import EverythingView
from .names import NamesViews
from .preview import PreviewViews
from .progress import progress
from .report import ReportViews
from .upload import UploadViews


@admin.register(ImportJob)
class ImportJobAdmin(CheckedLists, admin.ModelAdmin):
    """Its change page is the preview, then the work, then the report."""

    step_views = (UploadViews, ColumnsViews, NamesViews, PreviewViews, ReportViews)

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

    def get_queryset(self, request):
        found = super().get_queryset(request).select_related("created_by")
        # Who publishes reviews what imports made.
        all_of_them = self.has_delete_permission(request) or jobs.publishes(request.user)
        return found if all_of_them else found.filter(created_by=request.user)

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "spreadsheets_importjob"
        steps = [
            path(f"<int:pk>/{end}", wrap(view), name=f"{name}_{step}")
            for views in self.step_views
            for end, view, step in views(self).urls()
        ]
        view = EverythingView.as_view(model_admin=self)
        everything = path("everything/", wrap(view), name=f"{name}_everything")
        return [everything, *steps, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        return UploadViews(self).add_view(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return PreviewViews(self).change_view(request, object_id)

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
        if job.is_chosen:
            return _("chosen drafts")
        if job.resource == ImportJob.CONSEQUENCES:
            return _("what follows from a change")
        return job.resource_class.label if job.resource_class else "–"

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_column(self, job):
        if has_stopped(job):
            return _("stopped")
        state = job.get_state_display()
        if job.is_chosen and not job.is_busy:
            return _("published") if "published" in job.findings else "–"
        if not (job.is_import or job.is_busy):
            return _("done")
        percent = progress(job).percent if job.is_busy else None
        return state if percent is None else f"{state}, {percent} %"

    @admin.display(description=gettext_lazy("rows"))
    def rows_column(self, job):
        return job.total or (job.done if job.is_busy else "–")
