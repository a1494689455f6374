"""Export in the admin: what is selected, or what the filters of a list leave."""

import tempfile
from collections import Counter
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.accounts import audit
from culturecoop.tabular import writing
from culturecoop.texts import whole_number

from . import registry

OWN_PARAMETERS = ("sheet", "format", "ids")


class ExportForm(forms.Form):
    sheet = forms.ChoiceField(label=gettext_lazy("What"), widget=forms.RadioSelect)
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("xlsx", gettext_lazy("XLSX (Excel)")),
            ("ods", gettext_lazy("ODS (LibreOffice)")),
            ("csv", gettext_lazy("CSV")),
        ],
        widget=forms.RadioSelect,
        initial="xlsx",
    )

    def __init__(self, *args, sheets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(sheet.name, sheet.label) for sheet in sheets]
        self.fields["sheet"].initial = sheets[0].name


class ExportMixin:
    """For a ModelAdmin: a link and an action that export its rows.

    `export_sheets` names the resources, each of which can take a queryset of the admin's model.
    """

    export_sheets = ()
    actions = ["export_selected"]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=name), *super().get_urls()]

    def export_address(self, parameters):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_export"
        query = urlencode(parameters, doseq=True)
        return reverse(name) + (f"?{query}" if query else "")

    def list_tools(self, request):
        tools = getattr(super(), "list_tools", lambda request: [])(request)
        tools = [*self._tools_of_filters(request), *tools]
        if self.sheets_for(request.user):
            tools = [*tools, (self.export_address(_lists(request.GET)), _("Export"))]
        if any(sheet.can_import(request.user) for sheet in self.sheets_for(request.user)):
            tools = [*tools, (reverse("admin:spreadsheets_importjob_add"), _("Import"))]
        return tools

    def _tools_of_filters(self, request):
        """Return [(address, label)] of where the filters of the list lead, by their own word."""
        found = (getattr(known, "list_tools", None) for known in self.get_list_filter(request))
        return [tool for tools in found if tools for tool in tools(request)]

    def sheets_for(self, user):
        found = (registry.find(name) for name in self.export_sheets)
        return [sheet for sheet in found if sheet.can_export(user)]

    @admin.action(description=gettext_lazy("Export the selected rows"), permissions=["view"])
    def export_selected(self, request, queryset):
        if request.POST.get("select_across") == "1":
            return HttpResponseRedirect(self.export_address(_lists(request.GET)))
        ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(self.export_address({"ids": ids}))

    def export_view(self, request):
        """The form, or the file once format and sheet are chosen."""
        sheets = self.sheets_for(request.user)
        if not sheets or not self.has_view_permission(request):
            raise PermissionDenied
        try:
            queryset = self.exported(request)
        except IncorrectLookupParameters:
            return self._without_filters(request)
        asked = "sheet" in request.GET or "format" in request.GET
        form = ExportForm(request.GET if asked else None, sheets=sheets)
        if asked and form.is_valid():
            sheet = registry.find(form.cleaned_data["sheet"])
            return file_response(sheet, queryset, form.cleaned_data["format"], by=request.user)
        kept = [(name, value) for name, values in _lists(request.GET).items() for value in values]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export"),
            "opts": self.opts,
            "form": form,
            "count": queryset.count(),
            "kept": [(name, value) for name, value in kept if name not in ("sheet", "format")],
        }
        return TemplateResponse(request, "admin/spreadsheets/export.html", context)

    def _without_filters(self, request):
        """Where the list itself would go, which leaves out what it does not understand."""
        sentence = _("The list does not know this filter, so it was left out: all rows are here.")
        self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(self.export_address({ERROR_FLAG: "1"}))

    def exported(self, request):
        """What is selected (by `ids`), else what the filters of the list leave."""
        ids = request.GET.get("ids")
        if ids is not None:
            numbers = {whole_number(number) for number in ids.split(",")} - {None}
            return self.get_queryset(request).filter(pk__in=numbers)
        parameters = QueryDict(mutable=True)
        for name, values in _lists(request.GET).items():
            if name not in OWN_PARAMETERS:
                parameters.setlist(name, values)
        asked, request.GET = request.GET, parameters
        try:
            return self.get_changelist_instance(request).get_queryset(request)
        finally:
            request.GET = asked


class ReferenceExportMixin(ExportMixin):
    """For the plain lists of reference data, which have no links of their own above them."""

    change_list_template = "admin/spreadsheets/change_list.html"

    def changelist_view(self, request, extra_context=None):
        tools = {"list_tools": self.list_tools(request)}
        return super().changelist_view(request, {**tools, **(extra_context or {})})


def file_response(resource_class, queryset, kind, *, by):
    """The sheet as a download; written to a temporary file, not to memory. The log keeps it."""
    resource = resource_class()
    objects = resource.objects(queryset)
    headings = resource.headings(objects)
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it
    counter = Counter()
    rows = counted(resource.rows(objects, headings), counter)
    writing.write(file, kind, str(resource.label), headings, rows)
    audit.record(audit.Kind.EXPORT, by=by, sheet=resource.name, format=kind, rows=counter.total())
    file.seek(0)
    name = f"{resource.name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=writing.MIME_TYPES[kind]
    )


def counted(rows, counter):
    """The rows, counted as they pass."""
    for row in rows:
        yield row
        counter["rows"] += 1


def _lists(query):
    """{name: [value, …]} of a query string."""
    return dict(query.lists())
