from django.core.management.base import BaseCommand

from agreements.rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Make anew what the lists of the register are read from, of all that readers see or are "
        "about to see. In steps, while the site serves."
    )

    def handle(self, **options):
        done = 0
        for number in rebuild():
            done += number
            if options["verbosity"] > 1:
                self.stdout.write(f"{done} …")
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"The register lists {done} agreements."))
