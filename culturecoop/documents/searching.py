"""What search knows of documents: a row for each file that readers get, or will get."""

from collections import defaultdict
from contextlib import suppress

from django.db.models import Prefetch
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from culturecoop.clock import Reading
from culturecoop.editions import changes
from culturecoop.editions.changes import one_stamp
from culturecoop.reference.signals import amended
from culturecoop.search import indexing
from culturecoop.search.sources import Result, Source, Span, register, source_named
from culturecoop.search.words import Content, Passage

from . import listing
from .filetexts import FileText
from .inspection import Refused, inspect
from .lines import document_line
from .models import Document, DocumentFile
from .usage import told_apart, uses_of

MOST_USES = 3  # that a result names


@register
class DocumentSource(Source):
    name = "document"
    label = _("document")
    order = 3
    model = DocumentFile
    identity_model = Document
    changes = True  # the title of the document
    suggests = False  # what is in files may have to go without a trace

    def spans(self, identities):
        """Each file until the next of its language, or until it or its document is withdrawn."""
        by_language = defaultdict(list)
        files = DocumentFile.objects.filter(document__in=identities, live_from__isnull=False)
        for file in files.select_related("document").order_by("live_from", "pk"):
            by_language[file.document_id, file.language].append(file)
        now = timezone.now()
        for (document, language), found in by_language.items():
            for file, following in zip(found, [*found[1:], None], strict=True):
                ends = [following and following.live_from, file.withdrawn_at]
                until = min(filter(None, [*ends, file.document.withdrawn_at]), default=None)
                if until is None or (until > now and until > file.live_from):
                    yield Span(file.pk, document, language, file.live_from, until)

    def contents(self, pks, read=()):
        files = DocumentFile.objects.filter(pk__in=pks).select_related("document", "text_inside")
        return {file.pk: _content(file) for file in files}

    def prepare(self, identities):
        """List the documents anew, and read the texts of files from before texts were kept."""
        listing.refresh(identities)
        unread = DocumentFile.objects.filter(document__in=identities, text_inside=None)
        for file in unread.exclude(file="").filter(erased_at=None):
            with suppress(OSError, Refused), file.file.open() as content:
                text = inspect(content).text
                FileText.objects.get_or_create(file=file, defaults={"text": text})

    @one_stamp()
    def results(self, pks):
        documents = Document.objects.filter(files__in=pks).distinct()
        files = DocumentFile.objects.public().select_related("text_inside")
        public = Prefetch("files", files)
        documents = list(documents.prefetch_related(public))
        uses = uses_of(documents, timezone.now())
        found = {}
        for document in documents:
            line = document_line(document, Reading())
            for shown in line.files:
                if shown.file.pk in pks:
                    found[shown.file.pk] = _result(line, shown, uses[document.pk])
        return found


def _content(file):
    return Content(titles=_titles(file), addresses=[file.address], passages=_inside(file))


def _titles(file):
    """Return the title in the file's language where it has one, and that of the document."""
    own = [Passage(file.language, file.title)] if file.title else []
    return [*own, Passage(file.document.source_language, file.document.title)]


def _inside(file):
    """Return the text inside a file, where it was read."""
    text = file.text_inside.text if hasattr(file, "text_inside") else ""
    return [Passage(file.language, text)] if text else []


def _titles_of(editions):
    """Return the titles of what a document belongs to; of many, the first and a mark."""
    found = [Passage(use.heading_language, use.public_title) for use in editions[:MOST_USES]]
    return [*found, Passage("", "…")] if len(editions) > MOST_USES else found


def _result(line, shown, uses):
    """Return the Result of a file, with the address of its document's page.

    As there, its title says with whom its agreement is.
    """
    title = Passage(line.title_language, line.title)
    if shown.language != get_language():
        title = _titles(shown.file)[0]
    about = " – ".join(filter(None, [shown.full_meta or shown.host, shown.language_name]))
    return Result(
        told_apart(title.text, title.language, uses),
        title.language,
        line.document.get_absolute_url(),
        about=about,
        part_of=_titles_of(uses),
        passages=_inside(shown.file),
    )


def refresh(*documents):
    """Let follow what readers get of documents (ids), which are locked until the end."""
    if not documents:
        return
    list(Document.objects.select_for_update().filter(pk__in=documents).order_by("pk"))
    indexing.refresh(source_named(DocumentSource.name), documents)
    changes.record()


@receiver(amended, sender=Document)
def follow_title(instance, **kwargs):
    """Let search know a document by its new title."""
    refresh(instance.pk)
