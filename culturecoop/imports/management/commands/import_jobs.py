"""`manage.py import_jobs`: the imports there are; one of them resumed, old ones discarded."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from culturecoop.commands import days_ago
from culturecoop.imports import jobs, reporting
from culturecoop.imports.jobs.states import has_stopped
from culturecoop.imports.jobs.work import WORK
from culturecoop.imports.models import ImportJob
from culturecoop.imports.progress import bar

SOME_REFUSED = 3


class Command(BaseCommand):
    help = (
        "List the imports, go on with one that was stopped (--resume NUMBER), or discard the "
        "old ones with their files (--discard-older DAYS). Exit status of --resume: 0 all is in, "
        "3 some rows or files were left out, 1 nothing was resumed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--resume", type=int, metavar="NUMBER")
        either.add_argument("--discard-older", type=int, metavar="DAYS")

    def handle(self, *, resume, discard_older, **options):
        if resume is not None:
            self._resume(resume, options["json"])
            return
        if discard_older is not None:
            self._discard(discard_older)
            return
        all_jobs = ImportJob.objects.select_related("created_by")
        if options["json"]:
            facts = [reporting.facts_of(job) for job in all_jobs]
            self.stdout.write(json.dumps(facts, indent=2, ensure_ascii=False))
        else:
            for job in all_jobs:
                self.stdout.write(reporting.line_of(job))

    def _discard(self, days):
        """Discard old imports. What they wrote stays, and can no longer be undone."""
        if days < 0:
            raise CommandError("The number of days must be 0 or more.")
        before = days_ago(days, "--discard-older")
        old = ImportJob.objects.filter(created_at__lt=before).exclude(heartbeat_at__gte=before)
        ended = [job for job in old if not job.is_busy or has_stopped(job)]
        for job in ended:
            jobs.discard(job)
        self.stdout.write(f"Discarded {len(ended)} imports, with their files.")

    def _resume(self, pk, as_json):
        job = reporting.find(pk)
        if job.state not in WORK:
            raise CommandError(f"Import {pk} is {job.get_state_display()}: nothing to resume.")
        try:
            with bar(self.stderr, job.get_state_display(), total=job.to_write) as progress:
                WORK[job.state](job, progress=progress)
        except jobs.NotApplied as refusal:
            raise CommandError(str(refusal)) from refusal
        job.refresh_from_db()
        reporting.write(self, job, as_json=as_json)
        if reporting.some_left_out(job):
            sys.exit(SOME_REFUSED)
