from typing import Any

from django.core.management.base import BaseCommand

from culturecoop.editions import changes
from culturecoop.search.indexing import forget_words, rebuild
from culturecoop.search.topics import rebuild_names


class Command(BaseCommand):
    help = (
        "Make anew what search knows: names, and the words of all that readers see or are about "
        "to see. In steps, while the site serves; run it after an upgrade that says so."
    )

    def handle(self, **options: Any) -> None:
        forget_words()
        rebuild_names()
        done = 0
        for number in rebuild():
            done += number
            changes.record()  # lists of what words find are kept in memory
            if options["verbosity"] > 1:
                self.stdout.write(f"{done} …")
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"Search knows {done} things and their names."))
