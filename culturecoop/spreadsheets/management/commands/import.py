"""`manage.py import FILE`: the same as upload, preview and apply in the admin."""  # noqa: N999

from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from culturecoop.spreadsheets import jobs, registry
from culturecoop.spreadsheets.models import ImportJob, ImportRow
from culturecoop.spreadsheets.progress import bar

FAULTS_SHOWN = 50


class Command(BaseCommand):
    help = "Import a spreadsheet (CSV, XLSX, XLSM, XLS, ODS): all of it, or nothing on any error."

    def add_arguments(self, parser):
        names = [resource.name for resource in registry.resources()]
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--resource", choices=names, default="", help="What the sheet holds, if not obvious."
        )
        parser.add_argument("--sheet", default="", help="The first visible one by default.")

    def handle(self, *, file, resource, sheet, **options):
        job = self._planned(file, resource, sheet)
        try:
            self._refuse_faults(job)
            if job.can_apply:
                with bar(self.stderr, "Writing", total=job.to_write) as progress:
                    jobs.apply(job, progress=progress)
        except (CommandError, jobs.NotApplied) as refusal:
            jobs.discard(job)
            raise CommandError(f"{refusal}\nNothing was written.") from refusal
        self.stdout.write(f"{file.name}: {_summary(job)}.")

    def _planned(self, file, resource, sheet):
        try:
            with file.open("rb") as opened:
                job = jobs.create(File(opened), name=file.name, resource=resource, sheet=sheet)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        with bar(self.stderr, "Reading") as progress:
            return jobs.plan(job, progress=progress)

    def _refuse_faults(self, job):
        if job.state == ImportJob.State.REFUSED:
            raise CommandError(job.message)
        if not job.stopping:
            return
        kinds = [ImportRow.Kind.ERROR, ImportRow.Kind.CONFLICT]
        rows = job.rows.filter(kind__in=kinds)
        lines = [line for row in rows[:FAULTS_SHOWN] for line in _lines(job, row)]
        if rows.count() > FAULTS_SHOWN:
            lines.append(f"… and {rows.count() - FAULTS_SHOWN} rows more.")
        raise CommandError("\n".join([*lines, f"{_summary(job)}."]))


def _lines(job, row):
    """A line for each fault of a row: where it is, what stands there, what was expected."""
    for column, value, message in row.faults:
        place = f"{job.sheet}, row {row.number}"
        if column:
            place += f", column {column}"
        if column and value not in message:
            place += f", “{value}”"
        yield f"{place}: {message}"


def _summary(job):
    return ", ".join(f"{job.counts.get(kind, 0)} {kind}" for kind in ImportRow.Kind.values)
