"""The sheet of files: the newest file of each document in each language. For publishers."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.documents.inspection import inspect
from culturecoop.documents.models import Document, DocumentFile
from culturecoop.documents.verbs import add_file, refuse_withdrawn
from culturecoop.tabular.reading import Unreadable

from .columns import CodeWidget, Column
from .comparison import PlannedRow, normal
from .reference import ReferenceResource
from .registry import register

READ = ("title", "address", "sha256", "size", "pages")


@register
class FileResource(ReferenceResource):
    """One row a language of a document. A file that differs is added; older ones stay."""

    name = "files"
    label = gettext_lazy("files")
    about = gettext_lazy(
        "The files of documents by language. A file is in the folder “files” of the ZIP, or has "
        "an outside address. Another file or address makes a new version; the older ones stay."
    )
    order = 50
    at_once = False
    model = Document
    key_fields = ("slug",)
    keys = required = ("document", "language")
    export_permissions = ("documents.view_documentfile",)
    import_permissions = ("documents.add_documentfile", "documents.publish_document")

    document = Column(
        "document",
        CodeWidget("documents", Document),
        help=gettext_lazy("Its slug, as in the sheet “documents”."),
    )
    language = Column.of(DocumentFile, "language")
    base = Column("base", fixed=True)
    file = Column("file", help=gettext_lazy("Where it is in the ZIP: files/report-2012-en.pdf."))
    address = Column.of(DocumentFile, "address")
    title = Column.of(DocumentFile, "title")
    name_ = Column(
        "name", column_name="name", help=gettext_lazy("The name it had where it came from.")
    )
    sha256 = Column("sha256", help=gettext_lazy("Its checksum; read from the file."))
    size = Column("size", help=gettext_lazy("In bytes; read from the file."))
    pages = Column("pages", help=gettext_lazy("Read from the file."))

    # Out

    def contents(self, keys: list) -> dict:
        """Return {(slug, language): record} of the newest files, or of those that readers see."""
        slugs = {slug for slug, _language in keys}
        return {key: file_record(file) for key, file in self._newest(slugs) if key in keys}

    def records(self, objects: QuerySet) -> Iterator[dict]:
        slugs = list(objects.order_by("slug").values_list("slug", flat=True))
        for start in range(0, len(slugs), 500):
            for _key, file in self._newest(slugs[start : start + 500]):
                record = file_record(file)
                yield record | {"base": self.checksum(record)}

    def attachments(self, objects: QuerySet) -> Iterator[tuple]:
        """Yield (path in the ZIP, stored file, its checksum) of the files that the sheet names."""
        for _key, file in self._newest(objects.values("slug")):
            if file.file:
                yield path_of(file), file.file, file.sha256

    def _newest(self, slugs):
        documents = Document.objects.filter(slug__in=slugs).prefetch_related("files")
        for document in documents.order_by("slug"):
            files = document.files_at() if self.live else document.newest_files()
            for file in files:
                file.document = document
                yield (document.slug, file.language), file

    # In

    def compared(self, row: PlannedRow, columns: dict[str, Column]) -> dict:
        """Return no column: what is to be done depends on several cells."""
        return {}

    def check(self, row: PlannedRow) -> None:
        cells = {name: self._cell(row, name) for name in ("file", "address", "title")}
        if any(cell is None for cell in cells.values()):
            return
        now = row.record.now or {}
        if bool(cells["file"]) == bool(cells["address"]):
            row.refuse("file", _("Expected either a file or an address."))
        elif cells["address"]:
            self._check_address(row, now, cells["address"], cells["title"])
        else:
            self._check_file(row, now, cells["file"], cells["title"])

    def _cell(self, row, name):
        return normal(row, name, self.column(name)) if name in row.cells else ""

    def _check_address(self, row, now, address, title):
        try:
            if address != now.get("address"):
                refuse_withdrawn(address=address)
        except ValidationError as error:
            row.refuse("address", " ".join(error.messages))
        else:
            self._compare(row, now, "address", address, title)

    def _check_file(self, row, now, path, title):
        checksum = row.cells.get("sha256", "").strip().lower()
        if self.files is None or path not in self.files:
            if not checksum or checksum != now.get("sha256"):
                row.skip("file", _("Missing file: it is not in the ZIP. It is left out."))
            return
        try:
            found = self.upload(row, path)
            found_sha = hashlib.file_digest(found, "sha256").hexdigest()
            found.seek(0)
            if found_sha != now.get("sha256"):
                refuse_withdrawn(sha256=found_sha)
                inspect(found)
        except Unreadable as error:
            row.refuse("file", str(error))
        except ValidationError as error:
            row.refuse("file", " ".join(error.messages))
        else:
            self._compare(row, now, "sha256", found_sha, title)

    def _compare(self, row, now, name, value, title):
        if now.get(name) != value:
            row.changes.append([name if name == "address" else "file", now.get(name, ""), value])
        if title and title != now.get("title", ""):
            row.changes.append(["title", now.get("title", ""), title])

    def upload(self, row: PlannedRow, path: str) -> File:
        """Return the file in the ZIP, under the name that it had."""
        name = row.cells.get("name", "").strip() or PurePosixPath(path).name
        return File(self.files[path](), name=name)

    def apply(self, rows: list[PlannedRow]) -> None:
        slugs = {row.keys["document"] for row in rows}
        self._documents = Document.objects.in_bulk(slugs, field_name="slug")
        super().apply(rows)

    def write(self, row: PlannedRow) -> None:
        path, address, title = (
            row.cells.get(name, "").strip() for name in ("file", "address", "title")
        )
        made = add_file(
            self._documents[row.keys["document"]],
            row.keys["language"],
            upload=self.upload(row, path) if path else None,
            address=address,
            title=title,
            by=self.by,
        )
        self.made.append(made)


def file_record(file: DocumentFile) -> dict:
    record = {name: getattr(file, name) for name in READ}
    return record | {
        "document": file.document.slug,
        "language": file.language,
        "file": path_of(file) if file.file else "",
        "name": file.original_name,
    }


def path_of(file: DocumentFile) -> str:
    """Return where the file is in the ZIP."""
    return f"files/{file.document.slug}-{file.language}.{file.extension}"
