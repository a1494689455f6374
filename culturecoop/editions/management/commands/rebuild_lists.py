from django.core.management.base import BaseCommand

from culturecoop.editions.listings import rebuild
from culturecoop.editions.redirects import edition_models


class Command(BaseCommand):
    help = (
        "Make anew what the lists of the admin are read from, of everything that has editions. In "
        "steps, while the site serves."
    )

    def handle(self, **options):
        for model in edition_models():
            done = sum(rebuild(model))
            if options["verbosity"]:
                words = f"Listed {model._meta.verbose_name_plural}: {done}."
                self.stdout.write(self.style.SUCCESS(words))
