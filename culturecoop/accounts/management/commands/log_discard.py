"""`log_discard`: shorten the log of accounts, which holds addresses of persons."""

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from culturecoop.accounts import audit
from culturecoop.accounts.models import AccountEntry
from culturecoop.commands import days_ago

AT_LEAST = 90  # days


class Command(BaseCommand):
    help = "Delete the entries about accounts and exports that are older; that is logged itself."

    def add_arguments(self, parser):
        parser.add_argument("--older", type=int, required=True, metavar="DAYS")

    @transaction.atomic
    def handle(self, *, older, **options):
        if older < AT_LEAST:
            raise CommandError(f"--older: at least {AT_LEAST} days are kept, not {older}.")
        before = days_ago(older, "--older")
        old = AccountEntry.objects.filter(at__lt=before)
        number = old.count()
        old._raw_delete(old.db)  # past the guard that refuses every other deletion
        if number:
            audit.record(audit.Kind.DISCARDED, rows=number, before=before.isoformat())
        self.stdout.write(f"Entries deleted: {number}.")
