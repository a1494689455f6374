"""What an amended membership changes in published editions, and what it cannot change."""

import datetime
from itertools import product

import pytest

from agreements import compilation, memberships
from agreements.models import AgreementEdition, Membership, Party, StatusPeriod
from agreements.publication import store_periods
from agreements.treaty import memberships_of, periods_of
from culturecoop.editions import verbs
from culturecoop.editions.proofs import faults
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import amend, remove, undo
from tests.answering import publish

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
