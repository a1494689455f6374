"""`manage.py import FILE`: the same as the steps in the admin."""  # noqa: N999

import sys
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob, ImportMapping
from culturecoop.imports.progress import bar
from culturecoop.imports.reporting import (
    ERRORS_SHOWN,
    lines,
    parties_added,
    some_left_out,
    write,
)
from culturecoop.mapping import Invalid, Mapping, files
from culturecoop.sheets import registry
from culturecoop.tabular.reading import Unreadable

SOME_REFUSED = 3


class Command(BaseCommand):
    help = (
        "Import a spreadsheet (CSV, XLSX, XLSM, XLS, ODS), or the ZIP of a whole site. Rows with "
        "errors are left out and told. Exit status: 0 all is in, 3 some rows or files were left "
        "out, 1 nothing was written."
    )

    def add_arguments(self, parser):
        names = [resource.name for resource in registry.resources()]
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--resource", choices=names, default="", help="What the sheet holds, if not obvious."
        )
        parser.add_argument(
            "--mapping", default="", help="A saved or shipped mapping, or a TOML file with one."
        )
        parser.add_argument("--sheet", default="", help="The first visible one by default.")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="An error in a row stops all rows."
        )
        parser.add_argument(
            "--update", action="store_true", help="Rows without a base change what is there."
        )
        parser.add_argument("--dry-run", action="store_true", help="Tell only what would change.")
        parser.add_argument("--json", action="store_true", help="Print a report as JSON.")

    def handle(self, *, file, dry_run, **options):
        job = self._planned(file, options)
        if job.state == ImportJob.State.REFUSED:
            self._refuse(job, options)
        if not dry_run:
            job = self._applied(job, options)
        more = parties_added(job)
        write(self, job, as_json=options["json"], written=not dry_run, more=more)
        some = some_left_out(job)
        if dry_run:
            jobs.discard(job)
        if some:
            sys.exit(SOME_REFUSED)

    def _planned(self, file, options):
        mapping, mapping_name = _mapping(options["mapping"])
        try:
            with file.open("rb") as opened:
                job = jobs.create(
                    File(opened),
                    name=file.name,
                    resource=options["resource"],
                    sheet=options["sheet"],
                    mapping=mapping,
                    mapping_name=mapping_name,
                    all_or_nothing=options["all_or_nothing"],
                    overwrite_without_base=options["update"],
                )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        if not mapping and not options["resource"]:
            self._recognise(job)
        with bar(self.stderr, "Reading") as progress:
            return jobs.plan(job, progress=progress)

    def _recognise(self, job):
        """A workbook of the whole site tells itself; a foreign sheet needs a mapping."""
        try:
            jobs.propose(job)
        except (Unreadable, Invalid):
            return  # planning tells it better
        if job.needs_mapping:
            job.mapping, job.resource = {}, ""
            jobs.save_parse_options(job)

    def _applied(self, job, options):
        if job.to_write == 0 and not (job.all_or_nothing and job.stopping):
            return job
        try:
            with bar(self.stderr, "Writing", total=job.to_write) as progress:
                return jobs.apply(job, progress=progress)
        except jobs.NotApplied as refusal:
            job.refresh_from_db()
            job.message = str(refusal)
            self._refuse(job, options)

    def _refuse(self, job, options):
        if options["json"]:
            write(self, job, as_json=True, written=False)
        reasons = [*lines(job, ERRORS_SHOWN), job.message, "Nothing was written."]
        if job.state == ImportJob.State.REFUSED and not job.mapping:
            reasons.append("Is it a foreign file? Say how its columns are read with --mapping.")
        jobs.discard(job)
        raise CommandError("\n".join(reasons))


def _mapping(name):
    """Return (Mapping, name) of a saved mapping, a shipped one or a TOML file, or (None, "")."""
    if not name:
        return None, ""
    try:
        saved = ImportMapping.objects.filter(name=name).first()
        if saved:
            return Mapping.from_dict(saved.content), name
        path = files.shipped().get(name) or Path(name)
        return files.load(path.read_text(encoding="utf-8")), path.stem
    except (OSError, UnicodeDecodeError):
        known = [*ImportMapping.objects.values_list("name", flat=True), *files.shipped()]
        others = f"Saved and shipped are: {', '.join(known) or '–'}."
        raise CommandError(f"There is no mapping or file “{name}”. {others}") from None
    except Invalid as error:
        raise CommandError(f"{name}: {error}") from error
