"""Two at once, and what has changed meanwhile: nothing doubles, nothing hangs, all is counted."""

import datetime
import io

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import AgreementEdition, Party, Theme
from culturecoop.editions import verbs
from culturecoop.imports import background, jobs
from culturecoop.imports.jobs import planning, publishing, running
from culturecoop.imports.models import ImportJob
from culturecoop.reference.verbs import remove
from culturecoop.tabular import writing
from tests.answering import ASKED

from .adminsteps import LIST
from .plannedjobs import export, upload
from .test_states import agreements, at_once


def titled(number):
    return [{"slug": f"a{n}", "title_en": "T"} for n in range(number)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("column", "model", "code"), [("parties", Party, "code"), ("themes", Theme, "slug")]
)
def test_undone_although_what_it_pointed_to_is_gone(admin_user, column, model, code):
    named = {"name": "x"} if model is Theme else {}
    model.objects.create(**{code: "FR"}, **named)
    gone = model.objects.create(**{code: "DE"}, **named)
    row = {"slug": "a", "title_en": "A", column: "FR; DE"}
    jobs.apply(upload("agreements", list(row), [row], by=admin_user))
    headings, [row] = export("agreements")
    job = jobs.apply(upload("agreements", headings, [row | {column: "FR"}], by=admin_user))
    remove(gone, by=admin_user)
    background.launch(job, "undo")
    assert job.state == "undone"
    assert job.findings["kept"] == [["a", "What it pointed to before is no longer there."]]


@pytest.mark.django_db(transaction=True)
def test_planned_once_however_often_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(planning, "BATCH", 20)
    job = upload("agreements", ["slug"], [{"slug": f"a{n:04}"} for n in range(600)])
    copies = [ImportJob.objects.get(pk=job.pk) for _n in range(2)]
    failed = []

    def go(copy):
        try:
            background.launch(copy, "plan")
        except jobs.NotApplied:
            pass
        except Exception as error:
            failed.append(error)

    at_once(*(lambda copy=copy: go(copy) for copy in copies))
    assert not failed
    job.refresh_from_db()
    assert (job.state, job.total, job.rows.count()) == ("previewed", 600, 600)


def test_never_discarded_while_it_is_at_work(admin_user):
    tab = upload("agreements", ["slug"], [{"slug": f"a{n}"} for n in range(4)], by=admin_user)
    job = jobs.start(ImportJob.objects.get(pk=tab.pk))
    running.write_next(job)
    with pytest.raises(jobs.NotApplied, match="at work"):
        jobs.discard(tab)
    assert jobs.run(job).state == "applied"


def test_only_what_was_published_is_counted(admin_user):
    job = jobs.apply(upload("agreements", ["slug", "title_en"], titled(4), by=admin_user))
    jobs.ask_to_publish(job, by=admin_user, agreed=ASKED)
    verbs.discard(AgreementEdition.objects.get(agreement__slug="a3"), by=admin_user)
    jobs.publish(job)
    assert job.findings["published"] == AgreementEdition.objects.published().count() == 3


def test_the_counts_of_a_sheet_follow(publisher, make_agreement):
    file = io.BytesIO()
    with writing.XlsxWriter(file) as writer:
        writer.add_sheet("agreements", ["slug", "title_en"], [["a", "A"], ["b", "B"]])
        events = [["a", "", "signature", "2000"]]
        writer.add_sheet("events", ["agreement", "key", "kind", "date"], events)
    content = ContentFile(file.getvalue())
    job = jobs.create(content, name="w.xlsx", resource="workbook", by=publisher.user)
    job = jobs.plan(job)
    make_agreement("a", publish=False)
    job = jobs.apply(job)
    page = publisher.get(f"{LIST}{job.pk}/change/", {"sheet": "0"})
    counts = {str(kind): number for kind, _label, number in page.context["kinds"]}
    assert counts["conflict"] == job.rows.filter(sheet=0, kind="conflict").count() == 1


def applied_queries(number, user):
    """How many queries it takes to change so many drafts of one's own in two sheets."""
    columns = ["slug", "title_en", "signature", "initialled"]
    dates = {"signature": "2001", "initialled": "2000"}
    rows = [dates | {"slug": f"n{number}-{n}", "title_en": f"{number}, {n}"} for n in range(number)]
    jobs.apply(upload("agreements", columns, rows, by=user))
    file = io.BytesIO()
    with writing.XlsxWriter(file) as writer:
        for name in ("agreements", "events"):
            headings, found = export(name)
            mine = [row for row in found if f"n{number}-" in str(row)]
            changed = "internal_note" if name == "agreements" else "note"
            cells = [[(row | {changed: "x"})[heading] for heading in headings] for row in mine]
            writer.add_sheet(name, headings, cells)
    content = ContentFile(file.getvalue())
    job = jobs.plan(jobs.create(content, name="w.xlsx", resource="workbook", by=user))
    assert job.counts == {"changed": 3 * number}, job.counts
    with CaptureQueriesContext(connection) as captured:
        job = jobs.apply(job)
    assert job.counts == {"changed": 3 * number}, job.counts
    return len(captured)


def test_queries_do_not_grow_with_the_drafts_that_were_there(admin_user):
    few = applied_queries(3, admin_user)
    assert applied_queries(40, admin_user) <= few + 10


def test_publishing_resumed_after_its_moment_publishes_at_once(admin_user):
    job = jobs.apply(agreements())
    jobs.ask_to_publish(
        job, by=admin_user, agreed=ASKED, at=timezone.now() + datetime.timedelta(hours=1)
    )
    later = timezone.now() + datetime.timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        jobs.publish(ImportJob.objects.get(pk=job.pk))
        assert AgreementEdition.objects.live().count() == 2
    job.refresh_from_db()
    assert (job.findings["published"], job.findings["unpublished"]) == (2, [])


def test_publishing_whose_moment_comes_meanwhile_publishes_at_once(admin_user, monkeypatch):
    """The moment passes while somebody else holds the locks."""
    job = jobs.apply(agreements())
    at = timezone.now() + datetime.timedelta(hours=1)
    jobs.ask_to_publish(job, by=admin_user, agreed=ASKED, at=at)
    together = publishing.try_to_publish_many
    with time_machine.travel(at - datetime.timedelta(seconds=1), tick=False) as clock:

        def wait(drafts, **options):
            clock.move_to(at + datetime.timedelta(seconds=1))
            return together(drafts, **options)

        monkeypatch.setattr(publishing, "try_to_publish_many", wait)
        jobs.publish(ImportJob.objects.get(pk=job.pk))
        assert AgreementEdition.objects.live().count() == 2
    job.refresh_from_db()
    assert (job.findings["published"], job.findings["unpublished"]) == (2, [])
