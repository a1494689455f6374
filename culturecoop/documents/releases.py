"""When files become public: with the first published edition that uses them, or by themselves."""

from django.db import transaction
from django.utils import timezone

from .models import DocumentFile


@transaction.atomic
def release_files(documents, at):
    """Make the newest file of each language of `documents` public at `at`, if it is not yet.

    `documents` are Document rows or their ids.
    """
    newest = {}
    for file in DocumentFile.objects.filter(document__in=documents).order_by("pk"):
        newest[file.document_id, file.language] = file
    pending = [file.pk for file in newest.values() if file.live_from is None]
    DocumentFile.objects.filter(pk__in=pending).update(live_from=at)


@transaction.atomic
def recall_files(documents, at):
    """Take back `release_files(documents, at)`: the edition was cancelled before `at` came."""
    DocumentFile.objects.filter(document__in=documents, live_from=at).update(live_from=None)


@transaction.atomic
def publish_file(file, at=None):
    """Make one file public by itself; False when it is, or a newer one of its language is."""
    at = at or timezone.now()
    same = DocumentFile.objects.select_for_update().filter(
        document=file.document_id, language=file.language
    )
    if same.filter(pk__gte=file.pk, live_from__isnull=False).exists():
        return False
    return bool(same.filter(pk=file.pk).update(live_from=at))
