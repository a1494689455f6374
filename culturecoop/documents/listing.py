"""Keeping the rows that the admin's list of documents is searched by, drafts of files as well."""

from collections import defaultdict

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from culturecoop.editions.bulk import steps
from culturecoop.parts_of_words import searchable
from culturecoop.upgrades import has_table, say

from .models import Document, DocumentFile, DocumentListing


def refresh(documents):
    """Bring the rows of documents (ids) up to their titles and files."""
    DocumentListing.objects.bulk_create(
        _compiled(documents),
        batch_size=200,
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["words", "bare"],
    )


def rebuild():
    """Make all rows anew, in steps, each a transaction; yield how many each step took."""
    for pks in steps(Document):
        with transaction.atomic():
            list(Document.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
            refresh(pks)
        yield len(pks)


def faults():
    """Yield sentences about rows that are not what `refresh` makes."""
    for pks in steps(Document):
        stored = DocumentListing.objects.in_bulk(pks)
        for row in _compiled(pks):
            found = stored.get(row.pk)
            if found is None or (found.words, found.bare) != (row.words, row.bare):
                yield f"document {row.pk}: its listed words differ; rebuild_search mends it"


def _compiled(documents):
    """Return the rows of documents (ids) as they ought to be stored."""
    texts = defaultdict(list)
    files = DocumentFile.objects.filter(document__in=documents).order_by("pk")
    for pk, *names in files.values_list("document", "title", "original_name"):
        texts[pk] += names
    rows = Document.objects.filter(pk__in=documents).order_by("pk")
    return [
        DocumentListing(
            document_id=pk, words=searchable([title, slug, *texts[pk]]), bare=not texts[pk]
        )
        for pk, title, slug in rows.values_list("pk", "title", "slug")
    ]


@receiver(post_save, sender=Document)
def follow_document(instance, **kwargs):
    """Let the list find a document by its title of now."""
    refresh([instance.pk])


@receiver(post_save, sender=DocumentFile)
@receiver(post_delete, sender=DocumentFile)
def follow_file(instance, **kwargs):
    """Let the list find a document by the names of its files."""
    refresh([instance.document_id])


@receiver(post_migrate, sender=apps.get_app_config("documents"))
def list_what_is_missing(using, verbosity, stdout=None, **kwargs):
    """Make the rows of a site that is from before their table, or a column of it."""
    missing = Document.objects.filter(Q(listing=None) | Q(listing__bare=None))
    if has_table(DocumentListing, using) and missing.exists():
        done = sum(rebuild())
        if verbosity:
            say(f"Listed {Document._meta.verbose_name_plural}: {done}.", stdout)
