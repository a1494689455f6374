from django.core.management.base import BaseCommand

from culturecoop.editions import compiled, listings
from culturecoop.editions.redirects import edition_models


class Command(BaseCommand):
    help = (
        "Make anew what the lists of the admin, and the pages of everything that has editions, "
        "are read from. In steps, while the site serves."
    )

    def handle(self, **options):
        for model in edition_models():
            listed, made = sum(listings.rebuild(model)), sum(compiled.rebuild(model))
            if options["verbosity"]:
                words = f"Listed {model._meta.verbose_name_plural}: {listed}; compiled: {made}."
                self.stdout.write(self.style.SUCCESS(words))
