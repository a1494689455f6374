"""The formats of django-import-export that an export offers, written row by row."""

import tempfile
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import Format

from culturecoop.tabular import writing

from .resources import StreamedDataset


class StreamedFormat(Format):
    """A format whose file never is in memory as a whole; `kind` is one of `writing.FORMATS`."""

    kind = ""
    title: str | Promise = ""

    def get_title(self) -> str:
        return str(self.title)

    def get_extension(self) -> str:
        return self.kind

    def get_content_type(self) -> str:
        return writing.MIME_TYPES[self.kind]

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: StreamedDataset, **kwargs: object) -> IO[bytes]:
        """Return a temporary file with the rows of a `StreamedDataset`; the caller closes it."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
        writing.write(file, self.kind, dataset.title, dataset.headers, dataset)
        file.seek(0)
        return file


class Xlsx(StreamedFormat):
    kind, title = "xlsx", _("XLSX (Excel)")


class Ods(StreamedFormat):
    kind, title = "ods", _("ODS (LibreOffice)")


class Csv(StreamedFormat):
    kind, title = "csv", _("CSV")
