"""Running an import in steps: stopped and resumed, undone, published."""

import datetime
import multiprocessing
import random
import signal
import time

import pytest
from django.db import connections

from agreements.models import Agreement, AgreementEdition, AgreementParty, Event, Party
from culturecoop.editions import verbs
from culturecoop.imports import jobs
from culturecoop.imports.jobs import running
from culturecoop.imports.jobs.steps import Overtaken
from culturecoop.imports.models import ImportJob
from strategy.models import Page
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export, publish_drafts, upload

COLUMNS = ["slug", "title_en", "parties", "signature"]


@pytest.fixture
def countries(db):
    return [Party.objects.create(code=code) for code in ("EU", "KR", "CL")]


def rows(number):
    first = datetime.date(1990, 1, 1)
    return [
        {
            "slug": f"agreement-{n}",
            "title_en": f"Agreement {n}",
            "parties": "EU; KR" if n % 2 else "EU; CL",
            "signature": str(first + datetime.timedelta(n)),
        }
        for n in range(number)
    ]


def content():
    """Everything the drafts say, as sorted lines."""
    headings, found = export("agreements")
    return [[row[heading] for heading in headings] for row in found]


def interrupted(after):
    """A progress function that stops the work after so many steps, as a fault of the machine."""
    calls = []

    def progress(done):
        calls.append(done)
        if len(calls) > after:
            raise KeyboardInterrupt

    return progress


def test_resumed_where_it_stopped(countries, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 3)
    job = jobs.start(upload("agreements", COLUMNS, rows(10)))
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job, progress=interrupted(2))
    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 6)
    assert AgreementEdition.objects.count() == 6
    job = jobs.run(job)
    assert (job.state, job.done) == ("applied", 10)
    assert AgreementEdition.objects.drafts().count() == 10
    with pytest.raises(Overtaken):
        running.write_next(job)


def test_started_once(countries):
    job = upload("agreements", COLUMNS, rows(2))
    jobs.start(job)
    with pytest.raises(jobs.NotApplied, match="at work already"):
        jobs.start(job)


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment(countries, monkeypatch):
    """Thirty times the process is killed outright; in the end nothing is missing or double."""
    monkeypatch.setattr(running, "BATCH", 20)
    job = jobs.start(upload("agreements", COLUMNS, rows(400)))
    began = time.monotonic()
    jobs.run(job)
    whole, expected = time.monotonic() - began, content()
    assert len(expected) == 400
    chance, kills = random.Random(7), 0
    while kills < 30:
        jobs.undo(job)
        assert not Agreement.objects.exists()
        job = jobs.start(upload("agreements", COLUMNS, rows(400)))
        while job.state == ImportJob.State.RUNNING and kills < 30:
            kills += killed_after(chance.uniform(0, whole / 4), job)
            job.refresh_from_db()
    if job.state == ImportJob.State.RUNNING:
        job = jobs.run(job)
    assert content() == expected
    assert AgreementParty.objects.count() == 800
    assert Event.objects.count() == 400


def run_alone(job):
    """Run the job with connections of this process's own.

    Those it was forked with are shared: what a killed process had begun on one of them would
    never be rolled back, as the parent still holds it open.
    """
    for connection in connections.all(initialized_only=True):
        del connections[connection.alias]
    jobs.run(job)


def killed_after(seconds, job):
    """Run the job in a process that is killed after so long; whether it was still at work."""
    process = multiprocessing.get_context("fork").Process(target=run_alone, args=(job,))
    process.start()
    process.join(seconds)
    alive = process.is_alive()
    process.kill()
    process.join()
    return alive and process.exitcode == -signal.SIGKILL


def test_undone_to_the_last_row(countries, make_agreement):
    make_agreement("korea", title="Korea", parties=["EU", "KR"])
    headings, [row] = export("agreements")
    before = content()
    job = upload("agreements", headings, [row | {"kind": "protocol"}, {"slug": "chile"}])
    job = jobs.apply(job)
    assert AgreementEdition.objects.drafts().count() == 2
    assert jobs.undo(job) == []
    assert content() == before
    assert not Agreement.objects.filter(slug="chile").exists()
    job.refresh_from_db()
    assert job.state == "undone"


def test_what_was_edited_or_published_since_is_kept(countries):
    job = jobs.apply(upload("agreements", COLUMNS, rows(3)))
    edited, published, _other = AgreementEdition.objects.order_by("pk")
    verbs.record_change(edited)
    publish(published)
    kept = jobs.undo(job)
    assert dict(kept) == {
        "agreement-0": "The draft was edited since.",
        "agreement-1": "It was published since.",
    }
    assert Agreement.objects.count() == 2
    job.refresh_from_db()
    assert job.findings["kept"] == [list(pair) for pair in kept]


def test_ones_own_draft_goes_back_to_what_it_was(countries, make_agreement, admin_user):
    edition = make_agreement(
        "korea", title="Korea", parties=["EU", "KR"], events=[("signature", "2010-10-06")],
        themes=["trade"],
    )  # fmt: skip
    verbs.new_draft(edition, by=admin_user)
    headings, [row] = export("agreements")
    before = content()
    new = row | {"title_en": "New", "parties": "EU", "signature": "2011", "themes": ""}
    job = jobs.apply(upload("agreements", headings, [new], by=admin_user))
    assert job.counts == {"changed": 1}
    assert content() != before
    assert jobs.undo(job) == []
    assert [cells[2:] for cells in content()] == [cells[2:] for cells in before]


def test_reference_data_goes_back(countries, admin_user):
    headings, found = export("parties")
    found = [row | ({"name": "Corea"} if row["code"] == "KR" else {}) for row in found]
    found.append({"code": "PE"})
    job = jobs.apply(upload("parties", headings, found, by=admin_user))
    assert Party.objects.get(code="KR").name == "Corea"
    assert jobs.undo(job) == []
    assert Party.objects.get(code="KR").name == ""
    assert not Party.objects.filter(code="PE").exists()


def test_drafts_are_published_together(countries, admin_user):
    job = jobs.apply(upload("agreements", COLUMNS, [*rows(3), {"slug": "no-title"}]))
    assert [rows.count() for rows in jobs.drafts(job).values()] == [4]
    assert publish_drafts(job, by=admin_user) == 3
    assert [what for what, _why in job.findings["unpublished"]] == ["no-title"]
    assert jobs.undo(job) != []
    assert AgreementEdition.objects.published().count() == 3


def test_pages_go_with_those_above_them(db):
    rows = [{"path": path, "language": "en", "title": "A page"} for path in ("/", "/a", "/a/b")]
    job = jobs.apply(upload("pages", ["path", "language", "title"], rows))
    assert Page.objects.count() == 3
    assert jobs.undo(job) == []
    assert not Page.objects.exists()


def test_a_right_lost_while_it_waited(countries, admin_user):
    """The rows are refused with the reason, and the job comes to its end."""
    job = jobs.start(upload("agreements", COLUMNS, rows(2), by=admin_user))
    admin_user.is_superuser = False
    admin_user.save()
    job = jobs.run(ImportJob.objects.get(pk=job.pk))
    assert (job.state, job.counts["error"]) == ("applied", 2)
    assert "no right" in job.rows.first().errors[0][2]
    assert not AgreementEdition.objects.exists()
