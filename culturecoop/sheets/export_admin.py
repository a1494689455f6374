"""Export in the admin: the rows that are selected, or those that the filters of a list leave.

django-import-export's `ExportMixin` carries it; docs/decisions/0003 says where this goes past it.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ExportMixin as LibraryExportMixin
from import_export.signals import post_export

from culturecoop.accounts import audit
from culturecoop.onemoment import one_moment
from culturecoop.texts import whole_number

from .export_form import ExportForm
from .formats import Csv, Ods, Xlsx
from .resources import SheetResource

FORMER_PARAMETERS = ("sheet", "format")


class ExportMixin(LibraryExportMixin):
    """A ModelAdmin whose list has a link and an action that export its rows.

    `resource_classes` are `SheetResource`s that accept a queryset of the admin's model.
    """

    import_export_change_list_template = None
    export_template_name = "admin/spreadsheets/export.html"
    export_form_class = ExportForm
    export_formats = (Xlsx, Ods, Csv)
    actions = ["export_selected"]

    def export_address(self, parameters: Mapping) -> str:
        query = urlencode(parameters, doseq=True)
        return reverse("admin:{}_{}_export".format(*self.get_model_info())) + (
            query and f"?{query}"
        )

    def list_tools(self, request: HttpRequest) -> list:
        tools: list = getattr(super(), "list_tools", lambda request: [])(request)
        tools = [*self._tools_of_filters(request), *tools]
        sheets = self.get_export_resource_classes(request)
        if sheets:
            tools = [*tools, (self.export_address(dict(request.GET.lists())), _("Export"))]
        if any(sheet.can_import(request.user) for sheet in sheets):
            tools = [*tools, (reverse("admin:spreadsheets_importjob_add"), _("Import"))]
        return tools

    def _tools_of_filters(self, request):
        """Return [(address, label)] of where the filters of the list lead, by their own word."""
        found = (getattr(known, "list_tools", None) for known in self.get_list_filter(request))
        return [tool for tools in found if tools for tool in tools(request)]

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[SheetResource]]:
        """Return the sheets that the user may export."""
        sheets = super().get_export_resource_classes(request)
        return [sheet for sheet in sheets if sheet.can_export(request.user)]

    def has_export_permission(self, request: HttpRequest) -> bool:
        sheets = self.get_export_resource_classes(request)
        return bool(sheets) and self.has_view_permission(request)

    @admin.action(description=gettext_lazy("Export the selected rows"), permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        if request.POST.get("select_across") == "1":
            return HttpResponseRedirect(self.export_address(dict(request.GET.lists())))
        ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(self.export_address({"ids": ids}))

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Return the form, or the file; without the filters that the list does not know.

        Addresses from before the form was posted also name a sheet and a format.
        """
        kept = {k: v for k, v in request.GET.lists() if k not in FORMER_PARAMETERS}
        if len(kept) < len(request.GET):
            return HttpResponseRedirect(self.export_address(kept))
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            sentence = _(
                "The list does not know this filter, so it was left out: all rows are here."
            )
            self.message_user(request, sentence, messages.WARNING)
            return HttpResponseRedirect(self.export_address({ERROR_FLAG: "1"}))

    def get_export_queryset(self, request: HttpRequest) -> QuerySet:
        """Return what is selected (by `ids`), else what the filters of the list leave."""
        if "ids" not in request.GET:
            return super().get_export_queryset(request)
        numbers = {whole_number(number) for number in request.GET["ids"].split(",")} - {None}
        return self.get_queryset(request).filter(pk__in=numbers)

    def init_request_context_data(self, request: HttpRequest, form: ExportForm) -> dict:
        context = super().init_request_context_data(request, form)
        return context | {"count": self.get_export_queryset(request).count()}

    def _do_file_export(self, file_format, request, queryset, export_form=None):
        """Return the sheet as a download, from a temporary file; the log keeps it."""
        with one_moment():
            sheet = self.get_data_for_export(request, queryset, export_form=export_form)
            file, kind = file_format.export_data(sheet), file_format.get_extension()
        audit.record(
            audit.Kind.EXPORT, by=request.user, sheet=sheet.name, format=kind, rows=sheet.count
        )
        post_export.send(sender=None, model=self.model)
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"{sheet.name}-{timezone.localdate():%Y-%m-%d}.{kind}",
            content_type=file_format.get_content_type(),
        )


class ReferenceExportMixin(ExportMixin):
    """For the plain lists of reference data, which have no links of their own above them."""

    change_list_template = "admin/spreadsheets/change_list.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        tools = {"list_tools": self.list_tools(request)}
        return super().changelist_view(request, {**tools, **(extra_context or {})})
