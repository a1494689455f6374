"""The savings of a draft: what is kept of it, for how long, and taking it back to one."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements.models import Agreement, AgreementEdition, Event, Party
from agreements.vocabulary import EventKind
from culturecoop.dates import PartialDate
from culturecoop.editions import snapshots, verbs
from culturecoop.editions.saved import snapshot_in
from culturecoop.editions.savings import KEPT, DraftSaving, savings_of
from culturecoop.reference.verbs import amend, remove
from tests.answering import publish
from tests.culturecoop.editions.savings import fresh, said, save
from tests.profiles import examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


def versions(draft):
    return list(savings_of(draft).values_list("version", flat=True))


def content(draft):
    """What a draft says, without the numbers of its rows."""
    return plain(snapshots.take([draft])[draft.pk])


def plain(snapshot):
    rows = [(part["model"], sorted(part["fields"].items())) for part in snapshot["parts"]]
    return snapshot["fields"], sorted(rows, key=str), snapshot["many"]


class TestKept:
    def test_what_it_said_before_each_saving(self, draft, ana, ben):
        assert versions(draft) == []
        save(save(draft, "Two", ana), "Three", ben)
        assert versions(draft) == [2, 1]
        second, first = savings_of(draft)
        assert (first.saved_by, second.saved_by) == (None, ana)
        assert first.saved_at < second.saved_at < fresh(draft).changed_at
        assert snapshot_in(fresh(draft), 1)["parts"][0]["fields"]["title"] == "Korea"
        assert snapshot_in(fresh(draft), 2)["parts"][0]["fields"]["title"] == "Two"
        assert snapshot_in(fresh(draft), 3)["parts"][0]["fields"]["title"] == "Three"
        assert snapshot_in(fresh(draft), 4) is None

    def test_what_the_draft_was_made_of(self, live):
        draft = verbs.new_draft(live)
        verbs.revert(save(draft, "Other"), 1)
        assert content(fresh(draft))[0] == content(live)[0]
        assert said(draft) == "Peru"

    def test_the_last_twenty_of_each_draft(self, draft, make_agreement):
        other = make_agreement("chile", publish=False)
        save(other, "Other")
        for number in range(KEPT + 4):
            save(draft, f"Title {number}")
        assert versions(draft) == list(range(KEPT + 4, 4, -1))
        assert versions(other) == [1]

    def test_the_oldest_can_be_taken_back_to(self, draft):
        for number in range(KEPT + 4):
            save(draft, f"Title {number}")
        verbs.revert(fresh(draft), 5)
        assert said(draft) == "Title 3"
        assert versions(draft) == list(range(KEPT + 5, 5, -1))
        with pytest.raises(verbs.Refused, match="no longer kept"):
            verbs.revert(fresh(draft), 4)

    def test_nothing_when_the_saving_is_refused(self, draft):
        save(draft, "Two")
        with pytest.raises(verbs.Conflict):
            verbs.record_change(fresh(draft), version=1)
        assert versions(draft) == [1]


class TestGone:
    def test_with_the_draft_that_is_published(self, draft):
        publish(save(draft, "Two"))
        assert not DraftSaving.objects.exists()

    def test_with_the_draft_that_is_scheduled(self, draft):
        later = timezone.now() + datetime.timedelta(days=2)
        edition = publish(save(draft, "Two"), at=later)
        assert not DraftSaving.objects.exists()
        again = verbs.cancel_schedule(edition)
        assert versions(again) == []
        verbs.revert(save(again, "Three"), again.version)
        assert said(again) == "Two"

    def test_with_the_draft_that_is_discarded(self, live, draft):
        beside = save(verbs.new_draft(live), "Two")
        save(draft, "Two")
        verbs.discard(beside)
        assert versions(draft) == [1]
        verbs.discard(fresh(draft))
        assert not DraftSaving.objects.exists()

    def test_not_when_it_cannot_be_published(self, draft):
        save(draft, "Two").texts.all().delete()
        with pytest.raises(ValidationError):
            publish(fresh(draft))
        assert versions(draft) == [1]

    def test_of_many_drafts_in_the_same_number_of_queries(self, make_agreement):
        one = self._queries(make_agreement, 1)
        many = self._queries(make_agreement, 100)
        assert many == one
        assert not DraftSaving.objects.exists()

    def _queries(self, make_agreement, number):
        """How often the savings are asked when so many drafts are published together."""
        drafts = [
            save(make_agreement(f"s{number}-{n}", publish=False), "Two") for n in range(number)
        ]
        with CaptureQueriesContext(connection) as asked:
            assert verbs.publish_many(drafts, agreed=["no_event", "no_partner"]) == {}
        return sum("editions_draftsaving" in query["sql"] for query in asked)


class TestRevert:
    def test_it_is_a_saving_that_can_be_taken_back(self, draft, ana):
        save(draft, "Two")
        draft = verbs.revert(fresh(draft), 1, by=ana)
        assert (said(draft), fresh(draft).version, fresh(draft).changed_by) == ("Korea", 3, ana)
        assert versions(draft) == [2, 1]
        verbs.revert(fresh(draft), 2)
        assert said(draft) == "Two"

    def test_all_that_it_said(self, draft):
        trade = draft.themes.model.objects.create(slug="trade", name="Trade")
        draft.themes.add(trade)
        before = content(draft)
        draft = save(draft, "Two")
        draft.themes.clear()
        draft.events.all().delete()
        draft.parties.first().delete()
        draft.references.create(scheme="other", value="1")
        AgreementEdition.objects.filter(pk=draft.pk).update(legal_basis="Article 207")
        verbs.revert(fresh(draft), 1)
        assert content(fresh(draft)) == before

    def test_not_when_somebody_saved_meanwhile(self, draft, ben):
        seen = save(draft, "Two")
        save(draft, "Three", ben)
        with pytest.raises(verbs.Conflict, match="ben saved this draft"):
            verbs.revert(fresh(draft), 1, version=seen.version)
        assert said(draft) == "Three"
        assert versions(draft) == [2, 1]

    def test_only_a_draft(self, draft):
        edition = publish(save(draft, "Two"))
        with pytest.raises(verbs.Refused, match="no longer a draft"):
            verbs.revert(edition, 1)

    def test_the_list_follows(self, draft):
        save(draft, "Two")
        verbs.revert(fresh(draft), 1)
        assert fresh(draft).listing.version == 3
        assert "korea" in fresh(draft).listing.words

    def test_what_points_to_what_is_gone_stays_away_and_is_named(self, draft):
        atlantis = Party(code="X-ATL", kind="country", name="Atlantis")
        amend(atlantis)
        draft.parties.create(party=atlantis, position=2)
        draft.events.create(kind="signature", date=PartialDate.parse("2011"), party=atlantis)
        draft = save(draft, "Two")
        draft.parties.filter(party=atlantis).delete()
        draft.events.filter(party=atlantis).delete()
        remove(atlantis)
        draft = verbs.revert(fresh(draft), 1)
        assert draft.left_out == ["party “Atlantis”"]
        assert said(draft) == "Korea"
        assert (draft.parties.count(), draft.events.count()) == (2, 1)
        kept = savings_of(draft).get(version=1).snapshot["parts"]
        assert any(part["fields"].get("party") == atlantis.pk for part in kept)


def test_a_saving_of_a_version_of_the_site_that_had_more(make_agreement, ana):
    draft = make_agreement("korea", title="Before", publish=False)
    save(draft, "After", ana)
    saving = DraftSaving.objects.get()
    saving.snapshot["parts"].append({"model": "agreements.gone", "pk": 1, "fields": {"x": 1}})
    saving.snapshot["fields"]["gone"] = "x"
    saving.snapshot["many"]["gone"] = [1]
    saving.save()
    verbs.revert(fresh(draft), 1)
    assert said(draft) == "Before"


def rename(draft, number):
    draft.texts.update(title=f"Title {number}")


def add_event(draft, number):
    kinds = sorted(EventKind.values)
    draft.events.create(kind=kinds[number % len(kinds)], date=PartialDate.parse(f"20{number}"))


def remove_event(draft, number):
    if event := draft.events.order_by("pk").first():
        event.delete()


def change_event(draft, number):
    draft.events.update(note=f"Note {number}")


def change_field(draft, number):
    AgreementEdition.objects.filter(pk=draft.pk).update(internal_note=str(number))


CHANGES = [rename, add_event, remove_event, change_event, change_field]
saves = st.tuples(st.sampled_from(CHANGES), st.integers(10, 60))
reverts = st.tuples(st.just(None), st.integers(0, KEPT))


class AnyHistory(TestCase):
    @examples(1 / 4)
    @given(st.lists(st.one_of(saves, saves, reverts), min_size=1, max_size=30))
    def test_taken_back_to_any_saving_it_says_what_it_said_then(self, history):
        draft = verbs.start(Agreement.objects.create(slug="a"), AgreementEdition)
        draft.texts.create(language="en", title="A")
        told = {1: content(draft)}
        for change, number in history:
            kept = versions(draft)
            if change:
                draft = verbs.record_change(fresh(draft))
                change(draft, number)
            elif kept:
                to = kept[number % len(kept)]
                draft = verbs.revert(fresh(draft), to)
                assert content(fresh(draft)) == told[to]
            told[fresh(draft).version] = content(fresh(draft))
        kept = versions(draft)
        assert kept == sorted(told, reverse=True)[1 : KEPT + 1]
        for version in kept:
            assert plain(snapshot_in(fresh(draft), version)) == told[version]
        assert Event.objects.filter(edition=draft).count() == draft.events.count()
