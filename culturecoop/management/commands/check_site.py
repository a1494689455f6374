from functools import partial

from django.core.management.base import BaseCommand, CommandError

from culturecoop.documents import proofs as documents
from culturecoop.documents.models import DocumentFile
from culturecoop.editions import listings, redirects
from culturecoop.editions import proofs as editions
from culturecoop.imports import proofs as spreadsheets
from culturecoop.reference import proofs as addresses
from culturecoop.search import proofs as search


class Command(BaseCommand):
    help = (
        "Prove what is stored: copies about editions, periods of statuses, files against their "
        "checksums, addresses, redirects, links inside the site, what search and lists know. "
        "Changes nothing; a line for each fault."
    )

    def handle(self, *, verbosity, **options):
        models = redirects.edition_models()
        found = 0
        for fault in faults(models, self._progress if verbosity > 1 else None):
            self.stderr.write(fault)
            found += 1
        for note in [*documents.notes(), *spreadsheets.notes()]:
            self.stdout.write(f"note: {note}")
        if found:
            raise CommandError(f"{found} fault{'s' if found > 1 else ''}.")
        count = sum(model.objects.count() for model in models)
        files = DocumentFile.objects.count()
        self.stdout.write(self.style.SUCCESS(f"{count} editions, {files} files: all as it should."))

    def _progress(self, model, done, total):
        self.stdout.write(f"{model._meta.verbose_name_plural}: {done} of {total}")


def faults(models, progress=None):
    """Yield a sentence for each fault; `models` are those of editions.

    `progress` is called with the model, how many of its editions are done, and how many they are.
    """
    for model in models:
        total = progress and model.objects.published().count()
        yield from editions.faults(model, progress and partial(progress, model, total=total))
        yield from listings.faults(model)
    yield from documents.faults()
    yield from spreadsheets.faults()
    yield from addresses.faults()
    yield from redirects.faults()
    yield from search.faults()
