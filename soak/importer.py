"""Whoever imports spreadsheets, step by step, and goes on with what was stopped."""

import io
import time

from agreements.models import AgreementEdition
from culturecoop.imports.jobs.states import has_stopped
from culturecoop.imports.models import ImportJob
from tests.forms import fields

from .actors import Actor, token

IMPORTS = "/admin/spreadsheets/importjob/"
State = ImportJob.State
ROWS = 1200  # three steps of writing
POLL = 0.1  # seconds
PATIENCE = 1200  # polls


class Importer(Actor):
    """Uploads a list of new agreements and takes it over. The name of each file is in its rows."""

    what = "import"

    def once(self):
        name = self.new_name()
        self.go_on(self.upload(name, sheet(name)))

    def upload(self, name, text):
        """Send a list of agreements; the import that becomes of it."""
        file = io.BytesIO(text.encode())
        file.name = f"{name}.csv"
        values = fields(self.visitor.open(f"{IMPORTS}add/")) | {"resource": "agreements"}
        address = self.visitor.submit(f"{IMPORTS}add/", values | {"file": file})
        pk = int(address.removeprefix(IMPORTS).split("/")[0])
        self.acknowledged.append((pk, name))
        return ImportJob.objects.get(pk=pk)

    def go_on(self, job):
        """Press the buttons that lead to the report, one after the other."""
        for _poll in range(PATIENCE):
            job.refresh_from_db()
            if job.state == State.APPLIED:
                return
            if button := "resume" if has_stopped(job) else BUTTONS.get(job.state):
                self._press(job, button)
            time.sleep(POLL)
        raise AssertionError(f"import {job.pk} is {job.state} for ever: {job.message}")

    def _press(self, job, button):
        page = self.visitor.open(f"{IMPORTS}{job.pk}/change/")
        self.visitor.submit(f"{IMPORTS}{job.pk}/{button}/", token(page))

    def resume(self):
        """Go on with all that has stopped, as if half a minute had passed without a sign of life.

        Returns how many there were.
        """
        unfinished = self.jobs().exclude(state=State.APPLIED)
        for job in unfinished:
            if job.is_busy:
                ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=None)
            self.go_on(job)
        return len(unfinished)

    def jobs(self):
        return ImportJob.objects.filter(created_by__username=self.name)

    def missing(self):
        known = set(self.jobs().values_list("pk", flat=True))
        return [f"import {pk} of {name}" for pk, name in self.acknowledged if pk not in known]

    def half(self):
        """Sentences about imports that were taken over, and whose drafts are not as their rows."""
        found = []
        for job in self.jobs():
            name = job.name.removesuffix(".csv")
            made = AgreementEdition.objects.drafts().filter(
                agreement__slug__startswith=f"{name}-row"
            )
            titles = sorted(map(str, made.values_list("texts__title", flat=True)))
            if job.state != State.APPLIED or titles != sorted(map(title, row_names(name))):
                found.append(f"{job!r}: {job.state}, {len(titles)} drafts for {ROWS} rows")
        return found


BUTTONS = {State.UPLOADED: "options", State.PREVIEWED: "apply"}


def row_names(name):
    return [f"{name}-row-{number}" for number in range(ROWS)]


def title(slug):
    return f"Agreement {slug} on cooperation"


def sheet(name):
    rows = ["slug;kind;parties;signature;title_en"]
    rows += [f"{slug};agreement;EU;2010-10-06;{title(slug)}" for slug in row_names(name)]
    return "\n".join(rows)
