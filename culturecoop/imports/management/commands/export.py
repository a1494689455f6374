"""`manage.py export FILE`: the same as the export in the admin, of everything."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from culturecoop.accounts import audit
from culturecoop.imports.progress import bar, counted
from culturecoop.onemoment import one_moment
from culturecoop.sheets import registry, workbook
from culturecoop.storage import replacing
from culturecoop.tabular import writing

EXPORT = audit.Kind.EXPORT
SOME_MISSING = 3


class Command(BaseCommand):
    help = (
        "Write a sheet of the register to a CSV, XLSX or ODS file. Exit status: 0 all is there, "
        "3 files are missing in the ZIP or not as they should be, 1 nothing was written."
    )

    def add_arguments(self, parser):
        names = [resource.name for resource in registry.resources()]
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--resource", choices=names, help="Which sheet; agreements when it is not said."
        )
        parser.add_argument("--format", choices=writing.FORMATS, help="By the file's name.")
        parser.add_argument(
            "--everything",
            action="store_true",
            help="The whole site as one workbook; with its files when FILE ends in .zip.",
        )
        parser.add_argument(
            "--live",
            action="store_true",
            help="What readers see, without drafts and what was withdrawn.",
        )

    def handle(self, *, file, resource, format, everything, live, **options):
        if everything and resource:
            raise CommandError("--everything has all sheets: leave --resource out.")
        if everything:
            self._export_everything(file, format, live)
            return
        kind = format or file.suffix.lstrip(".").lower()
        if kind not in writing.FORMATS:
            known = ", ".join(f".{name}" for name in writing.FORMATS)
            raise CommandError(f"{file}: its name ends in none of {known}. Say --format.")
        sheet = registry.find(resource or "agreements")(live=live)
        try:
            rows = self._write(file, kind, sheet)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        audit.record(EXPORT, sheet=sheet.name, live=live, format=kind, rows=rows, file=str(file))
        self.stdout.write(f"{file}: {rows} rows of {sheet.label}.")

    def _export_everything(self, file, format, live):
        """Write a ZIP with the files, or the workbook alone."""
        ending = file.suffix.lstrip(".").lower()
        kind = format or ("xlsx" if ending == "zip" else ending)
        if kind not in workbook.KINDS:
            raise CommandError(f"{file}: its name ends in none of .zip, .xlsx, .ods.")
        write = workbook.write_zip if ending == "zip" else _workbook_alone
        try:
            with bar(self.stderr, "Writing") as progress, replacing(file) as opened:
                rows, faults = write(opened, kind, live=live, progress=progress)
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {error.strerror}") from error
        counts = {"rows": rows, "faults": len(faults), "file": str(file)}
        audit.record(EXPORT, sheet="everything", live=live, format=kind, **counts)
        for fault in faults:
            self.stderr.write(fault)
        noun = "file" if len(faults) == 1 else "files"
        missing = f", {len(faults)} {noun} missing or other than before" if faults else ""
        self.stdout.write(f"{file}: {rows} rows{missing}.")
        if faults:
            sys.exit(SOME_MISSING)

    @one_moment()
    def _write(self, file, kind, sheet):
        objects = sheet.objects()
        headings = sheet.headings(objects)
        with bar(self.stderr, "Writing") as progress, replacing(file) as opened:
            rows = counted(sheet.rows(objects, headings), progress)
            writing.write(opened, kind, sheet.label, headings, rows)
            return rows.count


def _workbook_alone(*args, **options):
    """Write the workbook, which has no files and so no faults of files."""
    return workbook.write_workbook(*args, **options), []
