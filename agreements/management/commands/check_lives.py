"""Check the law against lives of agreements with the status that is right on a day."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from agreements.lives import NotALife, failures_of, read_lives


class Command(BaseCommand):
    help = (
        "Read lives of agreements (TOML, see docs/lives.md), print each expectation that the "
        "register would not meet, and the count. Ends with status 1 if there is one."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.toml")

    def handle(self, *, files, **options):
        lives = [life for file in files for life in self._read(file)]
        failures = [failure for life in lives for failure in failures_of(life)]
        for failure in failures:
            self.stdout.write(str(failure))
        count = sum(len(life["expect"]) for life in lives)
        self.stdout.write(f"{len(failures)} wrong of {count}")
        if failures:
            raise SystemExit(1)

    def _read(self, file):
        try:
            with file.open("rb") as lives:
                return read_lives(lives)
        except (OSError, NotALife) as fault:
            raise CommandError(f"{file}: {fault}", returncode=2) from fault
