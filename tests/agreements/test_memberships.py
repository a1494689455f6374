"""What an amended membership changes in published editions, and what it cannot change."""

import datetime
from itertools import product

import pytest
from django.core.management import CommandError, call_command

from agreements import compilation, memberships
from agreements.models import AgreementEdition, Membership, Party, StatusPeriod
from agreements.publication import store_periods
from agreements.treaty import memberships_of, periods_of
from culturecoop.editions import changes, verbs
from culturecoop.editions.proofs import faults
from culturecoop.imports import background, jobs
from culturecoop.imports.models import ImportJob
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import amend, remove, undo
from tests.answering import publish
from tests.forms import fields

EVENTS = [
    ("signature", "2001-05"),
    ("ratification", "2002-05-01", "FR"),
    ("ratification", "2003-05-01", "EU"),
    ("ratification", "2003-06-01", "KR"),
    ("entry_into_force", "2004-05-01"),
]


@pytest.fixture
def bodies(db):
    """Our own body, a grouping and two countries, without memberships."""
    kinds = {"EU": "organisation", "ACP": "grouping", "FR": "country", "KR": "country"}
    return {code: Party.objects.create(code=code, kind=kind) for code, kind in kinds.items()}


def belongs(bodies, body, member, **days):
    row = Membership(grouping=bodies[body], member=bodies[member], **days)
    amend(row)
    return row


@pytest.fixture
def every_kind(make_agreement, bodies):
    """An edition for each combination of what is listed, for whom it stands, on whose side."""
    listed = [None, "", "name"], [None, "", "person"], [None, "", "partner"]
    for n, (eu, acp, fr, form) in enumerate(product(*listed, ["", "multilateral"])):
        edition = make_agreement(f"number-{n}", events=EVENTS, publish=False, form=form)
        edition.parties.create(party=bodies["KR"], side="partner", capacity="person")
        for code, capacity in (("EU", eu), ("ACP", acp)):
            if capacity is not None:
                edition.parties.create(party=bodies[code], capacity=capacity)
        if fr is not None:
            edition.parties.create(party=bodies["FR"], side=fr)
        # As what was stored before sides were: publication leaves none open.
        AgreementEdition.objects.filter(pk=edition.pk).update(
            number=1, live_from=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        )
    return AgreementEdition.objects.published()


def follows(editions):
    """Return {id: the periods and entries that follow of an edition now}."""
    known = {}
    for edition in editions.prefetch_related(*compilation.PARTS, "events__party"):
        members = memberships_of([row.party_id for row in edition.parties.all()])
        entries = compilation.entries_of(edition, members)
        rows = [(e.party_id, e.since, e.until, e.standing, e.pending) for e in entries]
        known[edition.pk] = (periods_of(edition, members), rows)
    return known


def test_what_is_not_concerned_does_not_change(every_kind, bodies):
    for body, member in product(("EU", "ACP"), ("FR", "KR")):
        before = follows(every_kind)
        row = Membership.objects.create(
            grouping=bodies[body], member=bodies[member], since=datetime.date(2000, 1, 1)
        )
        after = follows(every_kind)
        changed = {pk for pk, found in after.items() if found != before[pk]}
        found = memberships.concerned({(row.grouping_id, row.member_id)})
        concerned = set(found.values_list("pk", flat=True))
        assert changed
        assert changed <= concerned
        assert len(concerned) < len(after) * 3 / 4
        row.delete()


def test_what_is_stored_follows_every_change_of_a_membership(every_kind, bodies, monkeypatch):
    monkeypatch.setattr(memberships, "PORTION", 7)
    for edition in every_kind:
        store_periods([edition])
    compilation.store(list(every_kind))
    rows = Membership.objects.order_by("pk")
    for step in (
        lambda: belongs(bodies, "ACP", "FR", since=datetime.date(2002, 1, 1)),
        lambda: belongs(bodies, "EU", "FR"),
        lambda: amend(given(rows[0], since=None)),
        lambda: amend(given(rows[0], member=bodies["KR"])),
        lambda: amend(given(rows[1], grouping=bodies["ACP"])),
        lambda: remove(rows[0]),
        lambda: undo(Amendment.objects.latest("pk")),
    ):
        before = stored()
        step()
        assert list(faults(AgreementEdition)) == []
        assert stored() != before


def given(row, **columns):
    """Return a row with new values of columns, not stored."""
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def stored():
    """Return the stored periods without their keys."""
    return sorted(map(str, StatusPeriod.objects.values_list("edition", "party", "since", "status")))


def test_what_readers_saw_stays(make_agreement, bodies):
    first = make_agreement("acp", parties=["EU", "ACP"], events=EVENTS[:1])
    second = publish(verbs.new_draft(first))
    belongs(bodies, "ACP", "FR")
    first.refresh_from_db()
    assert not first.periods.filter(party=bodies["FR"]).exists()
    assert second.periods.filter(party=bodies["FR"]).exists()


def test_memory_is_bounded(make_agreement, bodies, monkeypatch):
    """No more agreements are locked, and read, than a portion has."""
    seen = []
    monkeypatch.setattr(memberships, "PORTION", 2)
    monkeypatch.setattr(memberships, "store_periods", lambda editions: seen.append(len(editions)))
    for n in range(5):
        make_agreement(f"number-{n}", parties=["EU", "ACP"], events=EVENTS[:1])
    belongs(bodies, "ACP", "FR")
    assert seen == [2, 2, 1]


@pytest.fixture
def many(make_agreement, bodies, monkeypatch):
    """Three agreements with a grouping that stands for its members: as many as are too many."""
    monkeypatch.setattr(memberships, "MANY", 2)
    monkeypatch.setattr(jobs.following, "PORTION", 2)
    for slug in ("one", "two", "three"):
        make_agreement(slug, parties=["EU", "ACP"], events=EVENTS[:1])


def members_of(edition_slug):
    rows = StatusPeriod.objects.filter(edition__agreement__slug=edition_slug)
    return {row.party.code for row in rows.filter(party__kind="country")}


def test_many_follow_beside_the_request(many, bodies, django_capture_on_commit_callbacks, capsys):
    with django_capture_on_commit_callbacks() as begun:
        belongs(bodies, "ACP", "FR")
        belongs(bodies, "ACP", "KR")
    assert len(begun) == 1
    assert members_of("one") == set()
    with pytest.raises(CommandError):
        call_command("check_site")
    told = capsys.readouterr()
    assert told.err.count("stored periods of the status differ from its events") == 3
    assert "“Membership: France – ACP”: 3 are not worked out anew yet" in told.out
    before = changes.stamp()[0]
    begun[0]()
    assert changes.stamp()[0] == before + 2  # what is kept in memory is computed anew
    for slug in ("one", "two", "three"):
        assert members_of(slug) == {"FR", "KR"}
    assert list(faults(AgreementEdition)) == []
    assert ImportJob.objects.get().state == "applied"


def test_undoing_follows_likewise(many, bodies, django_capture_on_commit_callbacks):
    for change in (
        lambda: belongs(bodies, "ACP", "FR"),
        lambda: undo(Amendment.objects.latest("pk")),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            change()
        assert list(faults(AgreementEdition)) == []
    assert members_of("one") == set()


def test_it_goes_on_after_a_stop(many, bodies, django_capture_on_commit_callbacks, monkeypatch):
    with django_capture_on_commit_callbacks() as begun:
        belongs(bodies, "ACP", "FR")
    store_anew = memberships.store_anew

    def store_two_and_die(agreements, pairs):
        if len(agreements) < 2:
            raise SystemExit
        store_anew(agreements, pairs)

    monkeypatch.setattr(memberships, "store_anew", store_two_and_die)
    with pytest.raises(SystemExit):
        begun[0]()
    monkeypatch.setattr(memberships, "store_anew", store_anew)
    assert len(list(faults(AgreementEdition))) == 2  # its periods and its entries
    belongs(bodies, "ACP", "KR")  # a job of its own: that one is begun
    first, second = ImportJob.objects.order_by("pk")
    assert first.done == 2
    for job in (first, second):
        background.resume(job)
    assert list(faults(AgreementEdition)) == []
    assert members_of("three") == {"FR", "KR"}


def test_the_editor_is_led_to_the_progress(many, bodies, signed_in):
    publisher = signed_in("publisher")
    address = f"/admin/agreements/party/{bodies['ACP'].pk}/change/"
    page = fields(publisher.get(address))
    page |= {"name": "ACP", "memberships-TOTAL_FORMS": "1"}
    page["memberships-0-member"] = bodies["FR"].pk
    text = publisher.post(address, page, follow=True).content.decode()
    job = ImportJob.objects.get()
    assert f'<a href="{job.get_absolute_url()}">{job.name}</a>' in text
    shown = publisher.get(job.get_absolute_url()).content.decode()
    assert "What follows from the change is worked out" in shown
    assert "0 of 3" in shown
    ImportJob.objects.update(heartbeat_at=None)
    publisher.post(job.get_absolute_url().replace("change", "resume"))
    shown = publisher.get(job.get_absolute_url()).content.decode()
    assert "All that follows from the change is stored." in shown
    assert "Undo the import" not in shown
    assert (
        "what follows from a change"
        in publisher.get("/admin/spreadsheets/importjob/").content.decode()
    )
    assert members_of("two") == {"FR"}
