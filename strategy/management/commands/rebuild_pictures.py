from django.core.management.base import BaseCommand, CommandError

from strategy.models import Image
from strategy.pictures import rebuild


class Command(BaseCommand):
    help = (
        "Make what readers get in place of the files of images, where it is missing: upright, in "
        "several sizes, without location and other metadata. In steps, while the site serves."
    )

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="Also where it is there.")

    def handle(self, *, again, verbosity, **options):
        names = set(Image.objects.values_list("file", flat=True))
        made, unread = 0, []
        for name, picture in rebuild(names, again):
            if picture:
                made += 1
            else:
                unread.append(name)
                self.stderr.write(f"{name}: it cannot be read.")
            if verbosity > 1:
                self.stdout.write(name)
        if verbosity:
            there = len(names) - made - len(unread)
            words = f"Pictures made of {made} images; those of {there} were there."
            self.stdout.write(self.style.SUCCESS(words))
        if unread:
            raise CommandError(
                f"{len(unread)} could not be read, so readers do not get them: upload them again."
            )
