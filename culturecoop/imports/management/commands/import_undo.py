"""`manage.py import_undo NUMBER`: take back what an import wrote."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from culturecoop.imports import jobs, reporting
from culturecoop.imports.models import ImportJob
from culturecoop.imports.progress import bar

State = ImportJob.State
SOME_KEPT = 3
SHOWN = 50


class Command(BaseCommand):
    help = (
        "Take back what an import wrote. What was edited or published since is kept and told. "
        "Exit status: 0 all is back, 3 something was kept, 1 nothing was to be undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="As import_jobs lists it.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, number, **options):
        job = reporting.find(number)
        if job.state not in (State.APPLIED, State.RUNNING, State.UNDOING):
            raise CommandError(f"Import {number} is {job.get_state_display()}: nothing to undo.")
        try:
            with bar(self.stderr, "Undoing", total=job.to_write) as progress:
                kept = jobs.undo(job, progress=progress)
        except jobs.NotApplied as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            rows = [{"what": what, "why": why} for what, why in kept]
            self.stdout.write(json.dumps({"import": number, "kept": rows}, ensure_ascii=False))
        else:
            for what, why in kept[:SHOWN]:
                self.stderr.write(f"Kept: {what}: {why}")
            if len(kept) > SHOWN:
                self.stderr.write(f"… and {len(kept) - SHOWN} more: import_undo --json lists all.")
            self.stdout.write(f"Import {number} was undone; {len(kept)} kept.")
        if kept:
            sys.exit(SOME_KEPT)
