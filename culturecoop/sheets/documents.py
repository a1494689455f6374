"""The sheet of documents: their titles, and which files they have."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from culturecoop.documents.models import Document
from culturecoop.languages import EU_LANGUAGES

from .columns import Column
from .reference import ReferenceResource
from .registry import register


@register
class DocumentResource(ReferenceResource):
    """One row a document; its files by language are shown, they have a sheet of their own."""

    name = "documents"
    label = _("documents")
    about = _("The documents that pages and agreements point to, with their titles.")
    model = Document
    key_fields = ("slug",)
    order = 40
    keys = required = ("slug",)
    any_case = True
    export_permissions = ("documents.view_document",)
    import_permissions = (
        "documents.add_document", "documents.change_document", "documents.publish_document",
    )  # fmt: skip

    slug = Column.of(Document, "slug")
    base = Column("base", fixed=True)
    title = Column.of(Document, "title")
    source_language = Column.of(Document, "source_language")

    def dynamic_column(self, heading: str) -> Column | None:
        part, _underline, language = heading.partition("_")
        if part in ("file", "size", "pages") and language in EU_LANGUAGES:
            return Column(f"files__{language}__{part}", fixed=True, column_name=heading)
        return None

    def headings(self, objects: QuerySet) -> list[str]:
        found = set(objects.order_by().values_list("files__language", flat=True))
        languages = [code for code in EU_LANGUAGES if code in found]
        return super().headings(objects) + [
            f"{part}_{code}" for code in languages for part in ("file", "size", "pages")
        ]

    def workbook_headings(self, objects: QuerySet) -> list[str]:
        """Return those without files, which have a sheet of their own there."""
        return super().headings(objects)

    def contents(self, keys: list) -> dict:
        documents = Document.objects.filter(slug__in=keys).prefetch_related("files")
        return {document.slug: _record(document) for document in documents}


def _record(document):
    return {
        "slug": document.slug,
        "title": document.title,
        "source_language": document.source_language,
        "files": {file.language: _file(file) for file in document.newest_files()},
    }


def _file(file):
    return {
        "file": file.original_name or file.address or file.file.name,
        "size": file.size,
        "pages": file.pages,
    }
