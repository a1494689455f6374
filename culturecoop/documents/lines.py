"""The line that a document is on every page: its title, type and size, and its other languages."""

from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from culturecoop.editions.changes import kept
from culturecoop.links import host_of

from .models import Document

KILOBYTE = 1024
MANY_LANGUAGES = 6


def size_text(size):
    """A number of bytes for readers, in the active language: "27 KB", "1.4 MB"."""
    kilobytes = max(round(size / KILOBYTE), 1)
    if kilobytes < KILOBYTE:
        return _("%(size)s KB") % {"size": number_format(kilobytes)}
    megabytes = round(size / KILOBYTE**2, 1)
    return _("%(size)s MB") % {"size": number_format(megabytes, decimal_pos=1)}


@dataclass(frozen=True)
class FileLine:
    """One language version: its address and what is known of the file."""

    file: object
    url: str

    @property
    def language(self):
        return self.file.language

    @property
    def language_name(self):
        return self.file.language_name

    @property
    def type(self):
        return self.file.extension.upper()

    @property
    def size(self):
        return size_text(self.file.size) if self.file.size else ""

    @property
    def pages(self):
        pages = self.file.pages or 0
        words = ngettext("%(n)s page", "%(n)s pages", pages) % {"n": number_format(pages)}
        return words if pages else ""

    @property
    def meta(self):
        """ "PDF – 149 KB"; nothing for an address outside."""
        return " – ".join(filter(None, [self.type, self.size]))

    @property
    def full_meta(self):
        return " – ".join(filter(None, [self.type, self.size, self.pages]))

    @property
    def host(self):
        """Where an outside address leads: "eur-lex.europa.eu"."""
        return host_of(self.file.address)


@dataclass(frozen=True)
class DocumentLine:
    """A document as a reader of one language sees it at one time."""

    document: Document
    files: list  # of FileLine, the document's own language first
    withdrawn: list = field(default_factory=list)  # the DocumentFiles that are kept back

    @cached_property
    def main(self):
        """The file that the title leads to: in the reader's language, else the first; or None."""
        mine = (line for line in self.files if line.language == get_language())
        return next(mine, None) or next(iter(self.files), None)

    @property
    def is_withdrawn(self):
        """Return whether readers are shown why there is no file."""
        return bool(self.withdrawn) and not self.files

    @property
    def withdrawal(self):
        """The document or the file that was withdrawn last."""
        rows = (file.withdrawal for file in self.withdrawn)
        return max(rows, key=attrgetter("withdrawn_at"), default=None)

    @cached_property
    def others(self):
        return [line for line in self.files if line is not self.main]

    @property
    def spoken(self):
        """The other languages that a line names; of more than a few it gives the number only."""
        return self.others if len(self.others) <= MANY_LANGUAGES else []

    @property
    def unspoken(self):
        """ "11 other languages", where a line does not name them; leads to the document's page."""
        number = len(self.others) - len(self.spoken)
        words = ngettext("%(n)s other language", "%(n)s other languages", number)
        return words % {"n": number} if number else ""

    @cached_property
    def title(self):
        return (self.main and self.main.file.title) or self.document.title

    @cached_property
    def title_language(self):
        titled = self.main and self.main.file.title
        return self.main.language if titled else self.document.source_language

    @property
    def title_foreign(self):
        """The language of the title, where it is not the reader's own."""
        return self.title_language if self.title_language != get_language() else ""

    @cached_property
    def foreign(self):
        """The file's language, where it is not the reader's own."""
        return self.main.language if self.main and self.main.language != get_language() else ""


def document_line(document, reading):
    """The DocumentLine of a document whose `files` are prefetched."""
    latest = document.newest() if reading.draft else document.latest_at(reading.at)
    files = document.shown(latest)
    for file in latest:
        file.document = document
    dated = reading.draft or reading.past
    return DocumentLine(
        document,
        [FileLine(f, f.get_dated_url() if dated else f.get_absolute_url()) for f in files],
        [file for file in latest if file not in files],
    )


def document_lines(reading, ids, slugs=()):
    """Return {document id: DocumentLine} of documents by their ids or slugs, in two queries.

    What is published of them is kept; an editor's preview reads them anew.
    """
    ids, slugs = sorted(ids), sorted(slugs)
    if not ids and not slugs:
        return {}
    read = partial(_with_files, Q(pk__in=ids) | Q(slug__in=slugs))
    documents = read() if reading.draft else kept(f"documents {ids} {slugs}", read)
    return {document.pk: document_line(document, reading) for document in documents}


def _with_files(wanted):
    return list(Document.objects.filter(wanted).prefetch_related("files"))
