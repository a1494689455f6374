from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from culturecoop.editions.approval import may_override
from strategy import demonstration


class Command(BaseCommand):
    help = "Make the demonstration site of fixtures/demonstration/. Only when there is no page."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing on a used site.")
        parser.add_argument("--by", help="The administrator who publishes it, with FOUR_EYES.")

    def handle(self, **options):
        if not demonstration.is_empty():
            if options["if_empty"]:
                return
            raise CommandError("There are pages already; the demonstration is for an empty site.")
        made = demonstration.load(by=administrator(options["by"]))
        counts = ", ".join(f"{count} {name}" for name, count in made.items())
        self.stdout.write(self.style.SUCCESS(f"Loaded the demonstration: {counts}."))


def administrator(name):
    """Return the account in whose name it is published without approval; None without FOUR_EYES."""
    if not settings.FOUR_EYES:
        return None
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if not may_override(user):
        raise CommandError(
            "FOUR_EYES is on, and nobody has approved the demonstration: name with --by the "
            "administrator who publishes it without approval."
        )
    return user
