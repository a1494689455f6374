"""Imports in the admin: a page for each step, the kept mappings, and the whole as a ZIP."""

from django.contrib import admin

from culturecoop.documents.admin import DocumentAdmin
from culturecoop.documents.models import Document
from culturecoop.sheets.documents import DocumentResource
from culturecoop.sheets.export_admin import ReferenceExportMixin

from ..origin import ReferenceImportFilter
from .job import ImportJobAdmin
from .saved_mappings import ImportMappingAdmin

__all__ = ["ExportedDocumentAdmin", "ImportJobAdmin", "ImportMappingAdmin"]

# The building block of documents does not know spreadsheets, so its list gets the export here.
admin.site.unregister(Document)


@admin.register(Document)
class ExportedDocumentAdmin(ReferenceExportMixin, DocumentAdmin):
    resource_classes = [DocumentResource]
    list_filter = [*DocumentAdmin.list_filter, ReferenceImportFilter]
