"""Imports in the admin: upload, preview, apply."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from culturecoop.documents.admin import DocumentAdmin
from culturecoop.documents.models import Document

from . import jobs, registry
from .exporting import ReferenceExportMixin
from .models import ImportJob, ImportRow
from .reading import errors
from .reading.limits import limit

PER_PAGE = 50


class UploadForm(forms.Form):
    """What is imported; the rest is told from the file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A spreadsheet in CSV, XLSX, XLSM, XLS or ODS format. Nothing is written yet: "
            "you see first what would change."
        ),
    )
    resource = forms.ChoiceField(
        label=gettext_lazy("What it holds"),
        required=False,
        help_text=gettext_lazy("Told by the headings when you leave it open."),
    )
    sheet = forms.CharField(
        label=gettext_lazy("Sheet"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("The name of the sheet; empty for the first one."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(r.name, r.label) for r in registry.resources() if r.can_import(user)]
        self.fields["resource"].choices = [("", _("Tell by the headings")), *known]

    def clean_file(self):
        file, most = self.cleaned_data["file"], limit("BYTES")
        if file.size > most:
            raise forms.ValidationError(str(errors.too_large(file.size // 2**20, most // 2**20)))
        return file


@admin.register(ImportJob)
class ImportJobAdmin(admin.ModelAdmin):
    """Everybody sees his own imports, an administrator all of them."""

    list_display = ["name", "resource_column", "state", "rows_column", "created_by", "created_at"]
    list_filter = ["state"]
    list_select_related = ["created_by"]
    actions = None
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        found = super().get_queryset(request).select_related("created_by")
        return (
            found if self.has_delete_permission(request) else found.filter(created_by=request.user)
        )

    def has_add_permission(self, request):
        allowed = any(resource.can_import(request.user) for resource in registry.resources())
        return super().has_add_permission(request) and allowed

    def delete_model(self, request, obj):
        jobs.discard(obj)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = "spreadsheets_importjob"
        return [
            path("<int:pk>/apply/", wrap(require_POST(self.apply_view)), name=f"{name}_apply"),
            path(
                "<int:pk>/discard/", wrap(require_POST(self.discard_view)), name=f"{name}_discard"
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    # Steps

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
        if request.method == "POST" and form.is_valid():
            job = self._planned(request, form.cleaned_data)
            return HttpResponseRedirect(job.get_absolute_url())
        context = self._context(request, title=_("Import a spreadsheet"), form=form)
        return TemplateResponse(request, "admin/spreadsheets/upload.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The preview, a page at a time."""
        job = self._job(request, object_id)
        kind = request.GET.get("kind", "")
        rows = job.rows.filter(kind=kind) if kind in ImportRow.Kind.values else job.rows.all()
        context = self._context(
            request,
            title=job.name,
            job=job,
            kind=kind,
            kinds=[(k.value, k.label, job.counts.get(k.value, 0)) for k in ImportRow.Kind],
            page=Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
            may_apply=self._may_apply(request, job),
            drafts_url=_drafts_url(job),
        )
        return TemplateResponse(request, "admin/spreadsheets/preview.html", context)

    def apply_view(self, request, pk):
        job = self._job(request, pk)
        if not self._may_apply(request, job):
            raise PermissionDenied
        try:
            jobs.apply(job)
        except jobs.NotApplied as refusal:
            self.message_user(request, _("Nothing was written. %(why)s") % {"why": refusal},
                              messages.ERROR)  # fmt: skip
            return HttpResponseRedirect(job.get_absolute_url())
        self.log_change(request, job, _("applied"))
        self.message_user(request, _applied(job), messages.SUCCESS)
        return HttpResponseRedirect(job.get_absolute_url())

    def discard_view(self, request, pk):
        job = self._job(request, pk)
        if not self._may_apply(request, job):
            raise PermissionDenied
        jobs.discard(job)
        self.message_user(request, _("The import was discarded."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:spreadsheets_importjob_changelist"))

    # What they share

    def _planned(self, request, chosen):
        job = jobs.create(
            chosen["file"], name=chosen["file"].name, resource=chosen["resource"],
            sheet=chosen["sheet"].strip(), by=request.user,
        )  # fmt: skip
        self.log_addition(request, job, _("uploaded"))
        return jobs.plan(job)

    def _job(self, request, pk):
        """The job, among those that the user may see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = pk if str(pk).isdigit() else None
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _may_apply(self, request, job):
        """The drafts become those of who uploaded the file, so nobody else applies it."""
        return job.created_by == request.user and self.has_change_permission(request, job)

    def _context(self, request, **context):
        return {**self.admin_site.each_context(request), "opts": self.opts, **context}

    # Columns

    @admin.display(description=gettext_lazy("what it holds"))
    def resource_column(self, job):
        return job.resource_class.label if job.resource_class else "–"

    @admin.display(description=gettext_lazy("rows"))
    def rows_column(self, job):
        return job.total


def _drafts_url(job):
    """The list of one's own drafts, for what has drafts."""
    model = getattr(job.resource_class, "edition_model", None)
    if model is None:
        return ""
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist") + "?mine=1&state=draft"


def _applied(job):
    return ngettext(
        "%(count)d row was taken over.", "%(count)d rows were taken over.", job.to_write
    ) % {"count": job.to_write}


# The building block of documents does not know spreadsheets, so its list gets the export here.
admin.site.unregister(Document)


@admin.register(Document)
class ExportedDocumentAdmin(ReferenceExportMixin, DocumentAdmin):
    export_sheets = ("documents",)
