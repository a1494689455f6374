from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from culturecoop.editions.models import Edition
from culturecoop.editions.proofs import faults


class Command(BaseCommand):
    help = "Prove that every stored copy about editions is what it should be. Changes nothing."

    def handle(self, **options):
        models = [model for model in apps.get_models() if issubclass(model, Edition)]
        found = [fault for model in models for fault in faults(model)]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in the editions.")
        count = sum(model.objects.count() for model in models)
        self.stdout.write(self.style.SUCCESS(f"{count} editions, every copy is right."))
