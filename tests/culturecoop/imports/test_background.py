"""Where the work of an import is done: in a thread of the server, or by a worker."""

import datetime
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.imports import background, jobs
from tests.culturecoop.imports.plannedjobs import upload

QUEUED = """
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from culturecoop.imports import background, jobs

call_command("migrate", verbosity=0)
job = jobs.create(ContentFile(b"slug\\nchile\\nperu\\n"), name="a.csv", resource="agreements")
background.launch(job, "plan")
assert job.state == "reading", job.state
# A task that was queued when its package had another name is found again.
for target, package in [(["spreadsheets", "0004"], "spreadsheets"), ([], "imports")]:
    call_command("migrate", *target, verbosity=0)
    path = DBTaskResult.objects.get().task_path
    assert path == f"culturecoop.{package}.tasks.import_task", path
"""


@pytest.mark.django_db(transaction=True)
def test_in_a_thread_of_the_server(settings):
    settings.IMPORTS = "thread"
    job = jobs.start(upload("agreements", ["slug"], [{"slug": "chile"}, {"slug": "peru"}]))
    background.launch(job, "run")
    for thread in threading.enumerate():
        if thread.name == f"import-{job.pk}":
            thread.join()
    job.refresh_from_db()
    assert job.state == "applied"
    assert AgreementEdition.objects.drafts().count() == 2


def test_a_fault_leaves_the_job_to_be_resumed(db, settings, monkeypatch):
    job = jobs.start(upload("agreements", ["slug"], [{"slug": "chile"}]))

    def fail(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr(jobs.running, "write_next", fail)
    with pytest.raises(RuntimeError):
        background.launch(job, "run")
    job.refresh_from_db()
    assert job.state == "running"
    assert not background.has_stopped(job)
    job.heartbeat_at = timezone.now() - datetime.timedelta(minutes=2)
    assert background.has_stopped(job)
    monkeypatch.undo()
    settings.IMPORTS = "here"
    assert background.launch(job, "run").state == "applied"


def test_by_a_worker(tmp_path):
    env = os.environ | {
        "IMPORTS": "worker",
        "VAR_ROOT": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "culturecoop.settings",
    }

    def run(*command):
        done = subprocess.run(
            [sys.executable, *command], cwd=django_settings.BASE_DIR, env=env, timeout=90,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("-c", QUEUED)
    run("manage.py", "db_worker", "--batch")
    assert "2 new" in run("manage.py", "import_jobs")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite limits no statement")
@pytest.mark.django_db(transaction=True)
def test_statements_of_the_work_have_no_limit(settings, monkeypatch):
    """Those of the server have one, which its connections got when they were opened."""
    settings.IMPORTS = "thread"
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "answer_within", 7)
    seen = []

    def look(*_args):
        seen.append("answer_within" in connection.settings_dict["OPTIONS"])
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            seen.append(cursor.fetchone()[0] != "0")

    monkeypatch.setattr(background, "work", look)
    job = jobs.start(upload("agreements", ["slug"], [{"slug": "chile"}]))
    background.launch(job, "run")
    assert seen
    assert not any(seen)
    assert connection.settings_dict["OPTIONS"]["answer_within"] == 7
