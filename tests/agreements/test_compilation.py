"""The entries of the register are what the editions and their stored periods say, at any moment."""

import datetime
from contextlib import suppress

import pytest
import time_machine
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements import rebuilding
from agreements.compilation import compared, entry_faults
from agreements.models import (
    Agreement,
    AgreementEdition,
    CompiledAgreement,
    Membership,
    Party,
    RegisterEntry,
    RegisterTitle,
    Theme,
)
from culturecoop.dates import PartialDate
from culturecoop.editions import compiled, verbs
from culturecoop.editions.verbs import Refused
from culturecoop.reference.verbs import amend, remove
from tests.answering import publish
from tests.profiles import examples

START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAYS = [datetime.date(year, 6, 1) for year in (1, 1999, 2004, 2008, 2012, 2026, 2040, 9999)]
MODELS = (RegisterEntry, RegisterTitle)
KINDS = ["signature", "provisional_application", "entry_into_force", "termination"]
slugs = st.sampled_from(["andes", "korea"])
ahead = st.sampled_from([0, 0, 1, 3])
STEPS = st.one_of(
    st.tuples(st.just("edit"), slugs, st.integers(0, 5)),
    st.tuples(st.just("publish"), slugs, ahead),
    st.tuples(st.just("cancel"), slugs),
    st.tuples(st.just("withdraw"), slugs, ahead),
    st.tuples(st.just("restore"), slugs),
    st.tuples(st.just("rename"), slugs),
    st.tuples(st.just("join"), st.integers(2000, 2012)),
    st.tuples(st.just("leave"), st.integers(2005, 2030)),
    st.tuples(st.just("forget")),
    st.tuples(st.just("wait"), st.integers(1, 4)),
)


class Site:
    """Two agreements, one with a grouping that stands for its member, to which things happen."""

    def __init__(self, clock):
        self.clock, self.count = clock, 0
        kinds = {"EU": "organisation", "ANDEAN": "grouping", "PE": "country", "KR": "country"}
        self.parties = {
            code: Party(code=code, kind=kind, name=code) for code, kind in kinds.items()
        }
        self.theme = Theme(slug="arts", name="Arts")
        for row in (*self.parties.values(), self.theme):
            amend(row)
        for slug, partner in (("andes", "ANDEAN"), ("korea", "KR")):
            draft = verbs.start(Agreement.objects.create(slug=slug), AgreementEdition)
            draft.texts.create(language="en", title=slug)
            draft.parties.create(party=self.parties["EU"])
            draft.parties.create(party=self.parties[partner], position=1)

    def do(self, name, *words):
        with suppress(Refused, StopIteration):
            getattr(self, name)(*words)

    def _one(self, rows):
        row = rows.order_by("live_from", "pk").last()
        if row is None:
            raise StopIteration
        return row

    def _editions(self, slug):
        return AgreementEdition.objects.filter(agreement__slug__startswith=slug)

    def edit(self, slug, number):
        draft = verbs.new_draft(self._one(self._editions(slug).content().published()))
        kind = ["signature", "provisional_application", "entry_into_force", "termination"][
            number % 4
        ]
        party = self.parties["PE"] if number == 5 else None
        draft.events.create(kind=kind, date=PartialDate(2000 + 4 * number), party=party, source="–")
        draft.themes.set([self.theme] if number % 2 else [])

    def publish(self, slug, hours):
        at = datetime.datetime.now(datetime.UTC) + hours * HOUR if hours else None
        with suppress(Exception):  # the law can contradict itself: then nothing happens
            publish(self._one(self._editions(slug).drafts()), at=at)

    def cancel(self, slug):
        verbs.cancel_schedule(self._one(self._editions(slug).scheduled()))

    def withdraw(self, slug, hours):
        at = datetime.datetime.now(datetime.UTC) + hours * HOUR if hours else None
        verbs.withdraw(self._one(self._editions(slug).live()), reason="Why", at=at)

    def restore(self, slug):
        verbs.restore(self._one(self._editions(slug).content().shown()))

    def rename(self, slug):
        self.count += 1
        agreement = Agreement.objects.get(slug__startswith=slug)
        agreement.slug = f"{slug}-{self.count}"
        amend(agreement)

    def join(self, year):
        if not Membership.objects.exists():
            day = datetime.date(year, 1, 1)
            amend(Membership(
                grouping=self.parties["ANDEAN"], member=self.parties["PE"], since=day
            ))  # fmt: skip

    def leave(self, year):
        for row in Membership.objects.all():
            row.until = max(datetime.date(year, 1, 1), row.since + datetime.timedelta(days=1))
            amend(row)

    def forget(self):
        for row in Membership.objects.all():
            remove(row)

    def wait(self, hours):
        self.clock.shift(hours * HOUR)


def listed(at, day, party):
    """Return {edition: (status, ends or not, begun or not)} on a day, as the entries have it."""
    entries = RegisterEntry.objects.live(at).on(day, party)
    rows = list(entries.values_list("edition", "standing", "ending", "pending"))
    assert len({pk for pk, *_ in rows}) == len(rows)  # each agreement once
    if party is None:
        begun = set(entries.begun().values_list("edition", flat=True))
        assert begun == {pk for pk, *_, pending in rows if not pending}
    return {pk: (standing, ending, not pending) for pk, standing, ending, pending in rows}


class Plain:
    """The same by the editions at a moment, their parties, memberships and stored periods."""

    def __init__(self, at):
        editions = AgreementEdition.objects.live(at)
        self.editions = list(editions.prefetch_related("parties", "periods"))
        self.memberships = list(Membership.objects.all())

    def said(self, day, party):
        through = {
            row.grouping_id for row in self.memberships
            if row.member_id == party and _is_on(row, day)
        }  # fmt: skip
        sides = {party, *through}
        return {
            edition.pk: self._standing(edition, day, party)
            for edition in self.editions
            if party is None or sides & {row.party_id for row in edition.parties.all()}
        }

    @staticmethod
    def _standing(edition, day, party):
        on_day = [period for period in edition.periods.all() if _is_on(period, day)]
        begun = any(period.party_id is None for period in on_day)
        period = next((period for period in on_day if period.party_id == party), None)
        if period is None:
            return "none", False, begun
        found = "uncertain" if period.uncertain else period.status or "none"
        return found, bool(period.ends or period.notice_id), begun


def _is_on(row, day):
    """Whether a row stands on a day: from its first until before its last, as far as it has any."""
    return (row.since is None or row.since <= day) and (row.until is None or day < row.until)


class AnyHistoryTests(TestCase):
    @examples(1)
    @example([("edit", "korea", 1), ("publish", "korea", 3), ("cancel", "korea"), ("wait", 4)])
    @example([("join", 2004), ("edit", "andes", 5), ("publish", "andes", 0), ("leave", 2010)])
    @example([("edit", "korea", 2), ("publish", "korea", 0), ("wait", 3), ("rename", "korea"),
              ("edit", "korea", 3), ("publish", "korea", 1), ("wait", 2)])  # fmt: skip
    @given(st.lists(STEPS, min_size=3, max_size=12))
    def test_the_entries_say_what_editions_and_periods_say(self, steps):
        with time_machine.travel(START, tick=False) as clock:
            site = Site(clock)
            for step in [("publish", "andes", 0), ("publish", "korea", 0), *steps]:
                site.do(*step)
                clock.shift(datetime.timedelta(seconds=1))
                self.check(site)
            before = rows()
            call_command("rebuild_register", verbosity=0)
            assert rows() == before

    def check(self, site):
        published = AgreementEdition.objects.published().content()
        assert CompiledAgreement.objects.filter(edition__in=published).count() == len(published)
        assert CompiledAgreement.objects.count() == len(published)
        assert list(compiled.faults(AgreementEdition, published)) == []
        now = datetime.datetime.now(datetime.UTC)
        plain = Plain(now)
        for party in (None, *(party.pk for party in site.parties.values())):
            for day in DAYS:
                assert listed(now, day, party) == plain.said(day, party), (day, party)
        for at in (now - 2 * HOUR, now + 2 * HOUR):
            assert listed(at, DAYS[-3], None) == Plain(at).said(DAYS[-3], None)
        editions = AgreementEdition.objects.published()
        assert [fault for edition in editions for fault in entry_faults(edition)] == []
        slugs = set(RegisterEntry.objects.values_list("edition__agreement__slug", "slug"))
        assert all(first == second for first, second in slugs)


def rows():
    """Return the stored rows without their keys, and without what only time makes of them."""
    return [sorted(map(str, map(compared, model.objects.all()))) for model in MODELS]


@pytest.mark.django_db
class TestRebuilding:
    def test_what_was_lost_or_falsified_is_made_again(self, demonstration):
        right = rows()
        RegisterEntry.objects.filter(standing="in_force").delete()
        RegisterEntry.objects.update(kind="convention")
        RegisterTitle.objects.all().delete()

        call_command("rebuild_register", verbosity=0)
        assert rows() == right

    def test_a_site_from_before_the_table_gets_it_by_migrate(self, demonstration):
        right = rows()
        RegisterEntry.objects.all().delete()
        RegisterTitle.objects.all().delete()

        call_command("migrate", verbosity=0)
        assert rows() == right
        assert not rebuilding.is_missing()

    def test_faults_are_told(self, demonstration):
        first, second = AgreementEdition.objects.live()[:2]
        first.entries.update(standing="expired")
        second.sorted_titles.all().delete()

        assert "entries of the register" in " ".join(entry_faults(first))
        assert "sorted titles" in " ".join(entry_faults(second))
