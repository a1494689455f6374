"""The mappings of columns that editors keep under a name."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from culturecoop.changelists import CheckedLists
from culturecoop.mapping import Invalid
from culturecoop.sheets import registry

from ..models import ImportMapping
from . import mappings


@admin.register(ImportMapping)
class ImportMappingAdmin(CheckedLists, admin.ModelAdmin):
    """Rename and delete one's own; who may delete imports may do so with all of them."""

    list_display = ["name", "resource_column", "created_by", "changed_at", "download"]
    list_select_related = ["created_by"]
    search_fields = ["name"]
    fields = ["name", "resource_column", "created_by", "changed_at", "download"]
    readonly_fields = ["resource_column", "created_by", "changed_at", "download"]
    actions = None

    def get_urls(self):
        view = self.admin_site.admin_view(self.toml_view)
        name = "spreadsheets_importmapping_toml"
        return [path("<int:pk>/mapping.toml", view, name=name), *super().get_urls()]

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("spreadsheets.add_importjob")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        everything = request.user.has_perm("spreadsheets.delete_importjob")
        mine = obj is not None and obj.created_by == request.user
        return everything or (mine and self.has_view_permission(request))

    has_delete_permission = has_change_permission

    def toml_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        kept = get_object_or_404(ImportMapping, pk=pk)
        try:
            return mappings.download(kept.content, kept.name)
        except Invalid as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:spreadsheets_importmapping_changelist"))

    @admin.display(description=_("what it is for"))
    def resource_column(self, kept):
        known = registry.find(kept.content.get("resource", ""))
        return known.label if known else "–"

    @admin.display(description=_("file"))
    def download(self, kept):
        address = reverse("admin:spreadsheets_importmapping_toml", args=[kept.pk])
        return format_html('<a href="{}">{}</a>', address, _("Download as TOML"))
