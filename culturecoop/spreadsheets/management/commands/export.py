"""`manage.py export FILE`: the same as the export in the admin, of everything."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from culturecoop.spreadsheets import registry, writing
from culturecoop.spreadsheets.progress import bar, counted


class Command(BaseCommand):
    help = "Write a sheet of the register to a CSV, XLSX or ODS file."

    def add_arguments(self, parser):
        names = [resource.name for resource in registry.resources()]
        parser.add_argument("file", type=Path)
        parser.add_argument("--resource", choices=names, default="agreements")
        parser.add_argument("--format", choices=writing.FORMATS, help="By the file's name.")

    def handle(self, *, file, resource, format, **options):
        kind = format or file.suffix.lstrip(".").lower()
        if kind not in writing.FORMATS:
            known = ", ".join(f".{name}" for name in writing.FORMATS)
            raise CommandError(f"{file}: its name ends in none of {known}. Say --format.")
        sheet = registry.find(resource)()
        try:
            rows = self._write(file, kind, sheet)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"{file}: {rows} rows of {sheet.label}.")

    def _write(self, file, kind, sheet):
        objects = sheet.objects()
        headings = sheet.headings(objects)
        with bar(self.stderr, "Writing") as progress, file.open("wb") as opened:
            rows = counted(sheet.rows(objects, headings), progress)
            writing.write(opened, kind, sheet.label, headings, rows)
            return rows.count
