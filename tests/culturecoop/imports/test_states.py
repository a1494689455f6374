"""Two who do different things with one import at the same moment: only the first goes."""

import datetime
import functools
import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition, AgreementText, Party
from culturecoop.editions import verbs
from culturecoop.imports import background, jobs
from culturecoop.imports.admin import upload as upload_step
from culturecoop.imports.jobs import planning, running, states, undoing
from culturecoop.imports.jobs.work import WORK, work
from culturecoop.imports.models import ImportJob
from tests.answering import ASKED
from tests.culturecoop.imports.plannedjobs import export
from tests.culturecoop.imports.plannedjobs import upload as planned

from .adminsteps import COLUMNS, LIST, mapped, open_, send, upload


def agreements(number=2, **options):
    rows = [{"slug": f"a{n:03}", "title_en": f"Agreement {n}"} for n in range(number)]
    return planned("agreements", ["slug", "title_en"], rows, **options)


def at_once(*functions):
    """Call the functions at the same moment, each with a connection of its own."""
    ready, found = threading.Barrier(len(functions)), [None] * len(functions)

    def run(place, function):
        ready.wait()
        try:
            found[place] = function()
        except jobs.NotApplied:
            found[place] = "refused"
        connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_publishing_and_undoing_at_the_same_moment(django_user_model):
    user = django_user_model.objects.create_superuser("boss")
    job = jobs.apply(agreements(40))
    first, second = (ImportJob.objects.get(pk=job.pk) for _n in range(2))

    found = at_once(
        lambda: jobs.ask_to_publish(first, by=user, agreed=ASKED),
        lambda: background.launch(second, "undo").state,
    )
    assert found.count("refused") == 1
    job.refresh_from_db()
    if job.state == ImportJob.State.PUBLISHING:
        jobs.publish(job)
    published = AgreementEdition.objects.published().count()
    assert (published, Agreement.objects.count()) in [(40, 40), (0, 0)]


@pytest.mark.django_db(transaction=True)
def test_asked_to_publish_twice(django_user_model):
    user = django_user_model.objects.create_superuser("boss")
    job = jobs.apply(agreements())
    copies = [ImportJob.objects.get(pk=job.pk) for _n in range(2)]
    found = at_once(*(lambda copy=copy: jobs.ask_to_publish(copy, by=user) for copy in copies))
    assert sorted(map(str, found)) == ["None", "refused"]


def test_resumed_once_however_often_it_is_pressed(db, monkeypatch):
    job, begun = jobs.start(agreements()), []
    ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=None)
    copies = [ImportJob.objects.get(pk=job.pk) for _n in range(2)]
    monkeypatch.setattr(background, "_begin", lambda job, what: begun.append(what))
    for copy in copies:
        background.resume(copy)
    assert begun == ["run"]


def test_a_page_that_was_left_open_changes_nothing_any_more(publisher, monkeypatch):
    """The rows are taken over in another tab while this one looks at the file."""
    monkeypatch.setattr(running, "BATCH", 1)
    Party.objects.create(code="RUR", name="Ruritanie")
    job, look = mapped(publisher), upload_step.jobs.look

    def slow(found):
        jobs.start(ImportJob.objects.get(pk=job.pk))
        running.write_next(job)
        running.write_next(job)
        return look(found)

    monkeypatch.setattr(upload_step.jobs, "look", slow)
    said = {"first": "1", "last": "1", "encoding": "cp1252", "delimiter": ";"}
    text = send(publisher, job, "sheet", said)
    assert "Somebody else was faster" in text
    assert (job.state, job.done) == ("running", 1)
    job = jobs.run(job)
    assert job.state == "applied"
    assert AgreementEdition.objects.drafts().count() == job.counts["new"]


def test_another_mapping_takes_the_preview_away(publisher):
    job = mapped(publisher)
    other = COLUMNS | {"to-1": "internal_note", "to-5": "title_fr", "save": "1"}
    send(publisher, job, "columns", other)
    assert (job.state, job.counts, job.rows.count()) == ("uploaded", {}, 0)
    publisher.post(f"{LIST}{job.pk}/apply/")
    assert not AgreementText.objects.exists()


def test_another_heading_row_takes_the_preview_away(publisher):
    job = mapped(publisher)
    said = {"first": "1", "last": "1", "encoding": "cp1252", "delimiter": ";", "show": "1"}
    send(publisher, job, "sheet", said)
    assert (job.state, job.rows.count()) == ("uploaded", 0)
    page = publisher.get(f"{LIST}{job.pk}/change/")
    assert page.headers["Location"].endswith("/sheet/")


def test_the_same_mapping_leaves_the_preview(publisher):
    job = mapped(publisher)
    jobs.save_parse_options(ImportJob.objects.get(pk=job.pk))
    job.refresh_from_db()
    assert (job.state, job.rows.count()) == ("previewed", 3)


def test_killed_while_a_refused_import_is_taken_back(admin_user, monkeypatch):
    """All or nothing: after the stop it is at its preview with the reason, as without one."""
    monkeypatch.setattr(running, "BATCH", 1)
    job = jobs.start(agreements(by=admin_user, all_or_nothing=True))
    running.write_next(job)
    running.write_next(job)
    verbs.start(Agreement.objects.create(slug="a001"), AgreementEdition)
    with monkeypatch.context() as patched:
        patched.setattr(undoing, "_discard_drafts", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.run(job)
    job.refresh_from_db()
    assert job.state == "undoing"
    background.resume(job)
    assert job.state == "previewed"
    assert job.message
    assert not Agreement.objects.filter(slug="a000").exists()


@pytest.mark.parametrize("lost", ["account", "role"])
def test_nothing_is_published_for_who_lost_the_right(signed_in, lost):
    author, publisher = signed_in("author"), signed_in("publisher")
    job, _page = upload(author, "slug,title_en\na,T\n", "x.csv", "utf-8")
    send(author, job, "apply")
    jobs.ask_to_publish(job, by=publisher.user, agreed=ASKED)
    if lost == "account":
        publisher.user.is_active = False
        publisher.user.save()
    else:
        publisher.user.groups.set([Group.objects.get(name="author")])
    jobs.publish(ImportJob.objects.get(pk=job.pk))
    job.refresh_from_db()
    assert job.state == "applied"
    assert "may not publish any more" in open_(author, job, "change")
    assert not AgreementEdition.objects.published().exists()


def test_who_lost_the_right_to_import_does_not_undo(signed_in):
    publisher = signed_in("publisher")
    job, _page = upload(publisher, "code,kind,name\nXX,country,X\n", "p.csv", "utf-8")
    send(publisher, job, "apply")
    publisher.user.groups.set([Group.objects.get(name="author")])
    assert publisher.post(f"{LIST}{job.pk}/undo/").status_code == 403
    assert Party.objects.filter(code="XX").exists()


def test_who_lost_the_right_to_import_takes_nothing_over(signed_in):
    publisher = signed_in("publisher")
    job, _page = upload(publisher, "code,kind,name\nXX,country,X\n", "p.csv", "utf-8")
    publisher.user.groups.set([Group.objects.get(name="author")])
    assert "no right to import" in send(publisher, job, "apply")
    assert job.state == "previewed"


def test_a_plan_that_was_overtaken_keeps_nothing(db, monkeypatch):
    """Somebody chooses another sheet while the file is still being read."""
    job = agreements()

    def overtaken(*_args):
        ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.UPLOADED, counts={})

    monkeypatch.setattr(planning, "_find", overtaken)
    jobs.plan(ImportJob.objects.get(pk=job.pk))
    job.refresh_from_db()
    assert (job.state, job.counts) == ("uploaded", {})


def test_each_step_is_a_sign_of_life(db):
    job = jobs.start(agreements())
    ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=None)
    running.write_next(job)
    job.refresh_from_db()
    assert job.heartbeat_at is not None


def test_a_task_that_comes_too_late_does_nothing(admin_user):
    """Its job was published and undone by another worker meanwhile."""
    job = jobs.apply(agreements())
    jobs.undo(job)
    work(job.pk, "publish_asked")
    job.refresh_from_db()
    assert job.state == "undone"


def test_a_job_that_another_one_runs_keeps_no_message_of_who_was_slower(db, monkeypatch):
    """With a message it would be taken for a refused one when it is undone."""
    job = jobs.start(agreements())
    ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.UNDOING)

    @functools.wraps(jobs.undo)
    def after_another(job):
        ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.PREVIEWED)
        jobs.start(job)
        states.claim(job, "undoing", of=("undoing",))

    monkeypatch.setitem(WORK, ImportJob.State.UNDOING, after_another)
    work(job.pk, "undo")
    job.refresh_from_db()
    assert (job.state, job.message) == ("running", "")


def test_what_waits_for_a_worker_has_not_stopped(db):
    job = jobs.start(agreements())
    waiting = timezone.now() - datetime.timedelta(minutes=5)
    ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=waiting)
    job.refresh_from_db()
    assert not states.has_stopped(job)
    ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=waiting, started_at=waiting)
    job.refresh_from_db()
    assert states.has_stopped(job)


def test_a_preview_that_another_import_has_overtaken_is_made_anew(publisher):
    text = "slug,title_en\na,T\n"
    first, _page = upload(publisher, text, "x.csv", "utf-8")
    send(publisher, first, "apply")
    second, _page = upload(publisher, text, "y.csv", "utf-8")
    assert second.counts == {"unchanged": 1}
    jobs.undo(ImportJob.objects.get(pk=first.pk))
    assert "look again" in send(publisher, second, "apply")
    assert (second.state, second.counts) == ("previewed", {"new": 1})


def test_an_import_at_work_is_not_deleted(admin_client):
    job = jobs.start(agreements())
    assert admin_client.post(f"{LIST}{job.pk}/delete/", {"post": "yes"}).status_code == 403
    ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=None)
    admin_client.post(f"{LIST}{job.pk}/delete/", {"post": "yes"})
    assert not ImportJob.objects.exists()


def test_the_file_is_gone(publisher):
    job = mapped(publisher)
    job.file.storage.delete(job.file.name)
    for step in ("sheet", "marked"):
        page = publisher.get(f"{LIST}{job.pk}/{step}/", follow=True)
        assert "not there any more" in page.content.decode(), step
    assert "not there any more" in send(publisher, job, "options", {"overwrite_without_base": "on"})


def test_a_draft_that_was_there_before_is_published_with_the_others(admin_user, make_agreement):
    make_agreement("korea", title="Korea", publish=False)
    AgreementEdition.objects.update(created_by=admin_user)
    headings, [row] = export("agreements")
    changed = [row | {"legal_basis": "Article 207"}]
    job = jobs.apply(planned("agreements", headings, changed, by=admin_user))
    [drafts] = jobs.drafts(job).values()
    assert [draft.legal_basis for draft in drafts] == ["Article 207"]
    verbs.record_change(AgreementEdition.objects.get())
    assert jobs.drafts(job) == {}
