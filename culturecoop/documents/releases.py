"""When files become public: with the first published edition that uses them, or by themselves.

What is withdrawn is left alone: no file of a withdrawn document comes out, and no withdrawn file
comes back.
"""

from functools import partial
from operator import attrgetter

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.approval import may_override
from culturecoop.editions.reviews import review_of
from culturecoop.editions.verbs import Refused

from . import searching
from .models import Document, DocumentFile
from .usage import next_use
from .withdrawals import lock_all, locked_file


def files_coming_out(documents, at):
    """The files that `release_files` would make public at `at`: the newest of each language.

    Uses the prefetched `files` of the documents.
    """
    free = (row for row in documents if row.withdrawn_at is None or row.withdrawn_at > at)
    newest = (file for document in free for file in document.newest())
    return sorted((file for file in newest if _comes_out(file, at)), key=attrgetter("pk"))


def _comes_out(file, at):
    return file.withdrawn_at is None and (file.live_from is None or file.live_from > at)


@transaction.atomic
def release_files(documents, at):
    """Make the newest files of `documents` (ids) public at `at`, if they are not by then.

    One of each language; older ones that were still to become public after that never do.
    """
    found = Document.objects.filter(pk__in=documents).prefetch_related("files")
    released = {file.document_id for file in files_coming_out(found, at)} if documents else ()
    if not released:
        return
    rows = found.select_for_update().filter(pk__in=released).order_by("pk")
    coming_out = {file.pk: file for file in files_coming_out(rows, at)}
    places = {(file.document_id, file.language) for file in coming_out.values()}
    beside = [
        file.pk for document in rows for file in document.files.all()
        if (document.pk, file.language) in places and file.live_from and file.live_from >= at
    ]  # fmt: skip
    DocumentFile.objects.filter(pk__in=beside).update(live_from=None)
    DocumentFile.objects.filter(pk__in=coming_out).update(live_from=at)
    searching.refresh(*released)


@transaction.atomic
def recall_files(documents, edition):
    """Take back `release_files`: the schedule of `edition` is being cancelled.

    The files wait for the next scheduled edition that uses their document, if there is one.
    """
    lock_all(documents)
    waiting = DocumentFile.objects.filter(
        document__in=documents, live_from=edition.live_from, withdrawn_at=None
    )
    files = list(waiting.select_related("document"))
    for file in files:
        file.live_from = next_use(file.document, edition, partial(_may_come_with, file))
        file.save(update_fields=["live_from"])
    searching.refresh(*{file.document_id for file in files})


def _may_come_with(file, edition):
    """Whether a file may become public with an edition: with FOUR_EYES, when approved for it."""
    return not settings.FOUR_EYES or file.pk in review_of(edition).files


def is_overtaken(file, at):
    """Whether it is public by `at`, or a newer one of its language is."""
    same = DocumentFile.objects.public(at).filter(document=file.document_id, language=file.language)
    return same.filter(pk__gte=file.pk).exists()


def needs_another(file, by):
    """Return whether somebody else than `by` has to publish a file, or nobody did who is known."""
    return settings.FOUR_EYES and (by is None or file.added_by_id == by.pk)


def files_to_publish(document):
    """Those that wait, and that `publish_file` would make public now."""
    if document.is_withdrawn:
        return []
    waiting = document.files.pending().filter(withdrawn_at=None).select_related("document")
    return [file for file in waiting if not is_overtaken(file, timezone.now())]


@transaction.atomic
def publish_file(file, at=None, *, by=None, override=""):
    """Make one file public by itself; False when it is, or a newer one of its language is.

    With `FOUR_EYES` somebody else than who added it publishes it: that is his approval. `override`
    says why an administrator does so all the same.
    """
    at = at or timezone.now()
    stored = locked_file(file)
    if needs_another(stored, by) and not (override.strip() and may_override(by)):
        raise Refused(_("Who added a file cannot publish it alone. Somebody else has to."))
    if stored.withdrawal:
        raise Refused(_("This file or its document is withdrawn. Restore it first."))
    if is_overtaken(stored, at):
        return False
    DocumentFile.objects.filter(pk=stored.pk).update(live_from=at)
    searching.refresh(stored.document_id)
    return True
