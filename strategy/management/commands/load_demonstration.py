from django.core.management.base import BaseCommand, CommandError

from strategy import demonstration


class Command(BaseCommand):
    help = "Make the demonstration site of fixtures/demonstration/. Only when there is no page."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing on a used site.")

    def handle(self, **options):
        if not demonstration.is_empty():
            if options["if_empty"]:
                return
            raise CommandError("There are pages already; the demonstration is for an empty site.")
        made = demonstration.load()
        counts = ", ".join(f"{count} {name}" for name, count in made.items())
        self.stdout.write(self.style.SUCCESS(f"Loaded the demonstration: {counts}."))
