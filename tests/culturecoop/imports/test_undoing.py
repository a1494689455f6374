"""Undoing an import while others work, and after other imports."""

import threading

import pytest
from django.db import connection

from agreements.models import Agreement, AgreementEdition, Party, PartyAlias
from culturecoop.editions import bulk, verbs
from culturecoop.imports import jobs
from culturecoop.imports.jobs import undoing
from culturecoop.imports.models import ImportJob
from culturecoop.reference.verbs import amend
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export, upload


def agreements(number=1, **options):
    rows = [{"slug": f"a{n:03}", "title_en": f"Agreement {n}"} for n in range(number)]
    return jobs.apply(upload("agreements", ["slug", "title_en"], rows, **options))


def test_published_at_the_last_moment(db, monkeypatch):
    """After the drafts were looked for, and before they are locked."""
    job, lock = agreements(), bulk.lock

    def published_before(model, pks):
        monkeypatch.undo()
        publish(AgreementEdition.objects.get())
        return lock(model, pks)

    monkeypatch.setattr(bulk, "lock", published_before)
    assert jobs.undo(job) == [("a000", "It was published since.")]
    assert AgreementEdition.objects.published().count() == 1


@pytest.mark.django_db(transaction=True)
def test_published_and_edited_while_it_is_undone(monkeypatch):
    """With real connections: what somebody published or edited is there in the end."""
    monkeypatch.setattr(undoing, "BATCH", 20)
    job, done, ready = agreements(200), set(), threading.Barrier(2)
    pks = list(AgreementEdition.objects.order_by("-pk").values_list("pk", flat=True))

    def others():
        ready.wait()
        for n, pk in enumerate(pks):
            draft = AgreementEdition.objects.drafts().filter(pk=pk).first()
            if draft is None:
                break
            try:
                publish(draft) if n % 2 else verbs.record_change(draft)
            except verbs.Refused:
                break
            done.add(pk)
        connection.close()

    thread = threading.Thread(target=others)
    thread.start()
    ready.wait()
    kept = jobs.undo(job)
    thread.join()
    left = set(AgreementEdition.objects.values_list("pk", flat=True))
    assert done == left
    assert len(kept) <= len(left)


def test_an_alias_that_somebody_else_has_by_now(admin_user):
    france, germany = (Party.objects.create(code=code) for code in ("FR", "DE"))
    PartyAlias.objects.create(party=france, alias="Foo")
    headings, rows = export("parties")
    rows = [
        row | ({"aliases": "", "name": "La France"} if row["code"] == "FR" else {}) for row in rows
    ]
    job = jobs.apply(upload("parties", headings, rows, by=admin_user))
    amend(PartyAlias(party=germany, alias="Foo"))
    [(_what, why)] = jobs.undo(job)
    assert why == "Something else stands in its place by now."
    job.refresh_from_db()
    assert job.state == "undone"


def test_a_second_undo_that_was_faster(admin_user, monkeypatch):
    columns = ["code", "kind", "name"]
    rows = [{"code": f"P{n}", "kind": "country", "name": f"N{n}"} for n in range(3)]
    job = jobs.apply(upload("parties", columns, rows, by=admin_user))
    take_back = undoing._undo_effect

    def after_another(job, effect):
        monkeypatch.undo()
        jobs.undo(job)
        return take_back(job, effect)

    monkeypatch.setattr(undoing, "_undo_effect", after_another)
    assert jobs.undo(job) == []
    assert not Party.objects.exists()


def test_undoing_reference_data_gives_signs_of_life(admin_user, monkeypatch):
    columns = ["code", "kind", "name"]
    rows = [{"code": f"P{n}", "kind": "country", "name": f"N{n}"} for n in range(3)]
    job, beats = jobs.apply(upload("parties", columns, rows, by=admin_user)), set()
    take_back = undoing._undo_effect

    def watched(job, effect):
        found = take_back(job, effect)
        beats.add(ImportJob.objects.get(pk=job.pk).heartbeat_at)
        return found

    monkeypatch.setattr(undoing, "_undo_effect", watched)
    jobs.undo(job)
    assert len(beats) == 3


def test_the_later_import_first_then_the_earlier(admin_user):
    first = agreements(by=admin_user)
    headings, [row] = export("agreements")
    row["title_en"] = "Changed"
    second = jobs.apply(upload("agreements", headings, [row], by=admin_user))
    assert second.counts == {"changed": 1}
    assert jobs.undo(second) == []
    assert AgreementEdition.objects.get().texts.get().title == "Agreement 0"
    assert jobs.undo(first) == []
    assert not Agreement.objects.exists()
