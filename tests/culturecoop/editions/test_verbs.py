"""The verbs, one rule at a time."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.models import Frozen, State
from tests.answering import publish

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def live(make_agreement):
    return make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010")])


def test_publishing_makes_a_draft_what_readers_see(make_agreement):
    draft = make_agreement("korea", publish=False)
    assert draft.state == State.DRAFT
    publish(draft, change_note="First")
    stored = AgreementEdition.objects.live().get()
    assert (stored.number, stored.change_note, stored.state) == (1, "First", State.LIVE)


def test_a_new_draft_copies_content_and_parts_with_their_keys(live):
    draft = verbs.new_draft(live)
    assert draft.based_on == live
    for parts in ("texts", "parties", "events"):
        old, new = getattr(live, parts).get, getattr(draft, parts).get
        if parts != "parties":
            assert old().key == new().key
            assert old().pk != new().pk
    assert draft.parties.count() == 2


def test_many_to_many_rows_are_copied(make_agreement):
    live = make_agreement("korea", themes=["trade", "culture"])
    assert {t.slug for t in verbs.new_draft(live).themes.all()} == {"trade", "culture"}


def test_there_is_one_draft_at_most(live):
    verbs.new_draft(live)
    with pytest.raises(verbs.Refused, match="draft already"):
        verbs.new_draft(live)


def test_the_next_edition_supersedes_the_one_before(live):
    second = publish(verbs.new_draft(live))
    live.refresh_from_db()
    assert live.state == State.SUPERSEDED
    assert live.live_until == second.live_from
    assert (second.number, second.live_until) == (2, None)


def test_a_schedule_needs_no_clock_job(live):
    at = timezone.now() + DAY
    scheduled = publish(verbs.new_draft(live), at=at)
    live.refresh_from_db()
    assert scheduled.state == State.SCHEDULED
    assert live.state == State.LIVE
    assert AgreementEdition.objects.live(at).get() == scheduled
    assert AgreementEdition.objects.live(at - DAY / 2).get() == live


def test_publishing_before_a_scheduled_edition_ends_when_that_begins(live):
    at = timezone.now() + DAY
    scheduled = publish(verbs.new_draft(live), at=at)
    correction = publish(verbs.new_draft(live))
    assert correction.live_until == at
    assert AgreementEdition.objects.live(at).get() == scheduled


def test_publication_is_never_backdated(live):
    with pytest.raises(verbs.Refused, match="backdated"):
        publish(verbs.new_draft(live), at=timezone.now() - DAY)


def test_two_editions_never_begin_at_the_same_moment(live):
    at = timezone.now() + DAY
    publish(verbs.new_draft(live), at=at)
    with pytest.raises(verbs.Refused, match="very moment"):
        publish(verbs.new_draft(live), at=at)


def test_a_cancelled_schedule_is_the_draft_again(live):
    scheduled = publish(verbs.new_draft(live), at=timezone.now() + DAY)
    verbs.cancel_schedule(scheduled)
    live.refresh_from_db()
    assert scheduled.state == State.DRAFT
    assert live.live_until is None
    assert not scheduled.periods.exists()


def test_cancelling_is_refused_while_another_draft_exists(live):
    scheduled = publish(verbs.new_draft(live), at=timezone.now() + DAY)
    verbs.new_draft(live)
    with pytest.raises(verbs.Refused, match="draft already"):
        verbs.cancel_schedule(scheduled)


def test_only_a_schedule_can_be_cancelled(live):
    with pytest.raises(verbs.Refused, match="not scheduled"):
        verbs.cancel_schedule(live)


def test_a_withdrawal_is_a_published_row_with_a_reason(live):
    withdrawal = verbs.withdraw(live, reason="Wrong", redirect_to="/agreements/")
    assert not AgreementEdition.objects.live().exists()
    assert AgreementEdition.objects.in_force().get() == withdrawal
    assert (withdrawal.number, withdrawal.reason) == (2, "Wrong")


def test_a_withdrawal_needs_a_reason(live):
    with pytest.raises(verbs.Refused, match="Say why"):
        verbs.withdraw(live, reason="  ")


def test_what_is_not_on_the_site_cannot_be_withdrawn(live):
    withdrawal = verbs.withdraw(live, reason="Wrong")
    for edition in (live, withdrawal):
        with pytest.raises(verbs.Refused, match=r"superseded|not on the site"):
            verbs.withdraw(edition, reason="Wrong")


def test_withdrawing_cancels_schedules_and_keeps_them(live):
    first = publish(verbs.new_draft(live), at=timezone.now() + DAY)
    second = publish(verbs.new_draft(live), at=timezone.now() + 2 * DAY)
    withdrawal = verbs.withdraw(live, reason="Wrong")
    assert withdrawal.live_until is None
    for cancelled in (first, second):
        cancelled.refresh_from_db()
        assert cancelled.state == State.CANCELLED
    assert verbs.restore(second).state == State.DRAFT


def test_a_scheduled_withdrawal_that_is_cancelled_leaves_nothing(live):
    withdrawal = verbs.withdraw(live, reason="Wrong", at=timezone.now() + DAY)
    verbs.cancel_schedule(withdrawal)
    live.refresh_from_db()
    assert live.live_until is None
    assert AgreementEdition.objects.count() == 1


def test_restoring_writes_a_new_draft(live):
    second = publish(verbs.new_draft(live))
    draft = verbs.restore(live)
    assert draft.based_on == live
    assert second.siblings().count() == 3


def test_a_withdrawal_cannot_be_restored(live):
    withdrawal = verbs.withdraw(live, reason="Wrong")
    with pytest.raises(verbs.Refused, match="no content"):
        verbs.restore(withdrawal)


def test_a_draft_that_was_never_published_takes_its_identity_with_it(make_agreement):
    verbs.discard(make_agreement("korea", publish=False))
    assert not Agreement.objects.exists()


def test_another_draft_is_discarded_alone(live):
    verbs.discard(verbs.new_draft(live))
    assert Agreement.objects.count() == AgreementEdition.objects.count() == 1


def test_an_identity_that_others_point_to_stays(make_agreement):
    draft = make_agreement("korea", publish=False)
    other = make_agreement("second", title="The second", publish=False)
    other.relations.create(kind="amends", agreement=draft.agreement)
    with pytest.raises(verbs.Refused, match="points to it: “The second”"):
        verbs.discard(draft)
    assert AgreementEdition.objects.filter(agreement__slug="korea").exists()


def test_a_verb_on_what_is_gone_says_so(make_agreement):
    draft = make_agreement("korea", publish=False)
    again = AgreementEdition.objects.get()
    verbs.discard(draft)
    for verb in (verbs.publish, verbs.discard, verbs.new_draft, verbs.cancel_schedule):
        with pytest.raises(verbs.Refused, match="no longer there"):
            verb(again)


def test_publishing_twice_is_refused(live):
    with pytest.raises(verbs.Refused, match="no longer a draft"):
        publish(live)


def test_the_second_who_saves_is_told_who_was_first(live, django_user_model):
    ana = django_user_model.objects.create(username="ana")
    draft = verbs.new_draft(live)
    seen = draft.version
    verbs.record_change(draft, by=ana, version=seen)
    with pytest.raises(verbs.Conflict, match="ana saved this draft"):
        verbs.record_change(draft, version=seen)


def test_a_published_edition_and_its_parts_are_frozen(live):
    with pytest.raises(Frozen):
        live.save()
    with pytest.raises(Frozen):
        live.delete()
    with pytest.raises(Frozen):
        live.texts.get().save()
    with pytest.raises(Frozen):
        live.texts.get().delete()


def test_what_readers_cannot_be_shown_is_not_published(make_agreement):
    draft = make_agreement("korea", publish=False)
    draft.texts.all().delete()
    with pytest.raises(ValidationError, match="source language"):
        publish(draft)
    draft.refresh_from_db()
    assert draft.is_draft


def test_an_event_of_a_stranger_is_not_published(make_agreement):
    with pytest.raises(ValidationError, match="neither a party"):
        make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010", "JP")])


def test_the_foremost_edition_is_what_the_editor_works_on(live):
    current_for_editor = AgreementEdition.objects.current_for_editor
    assert current_for_editor().get() == live
    scheduled = publish(verbs.new_draft(live), at=timezone.now() + DAY)
    assert current_for_editor().get() == scheduled
    draft = verbs.new_draft(live)
    assert current_for_editor().get() == draft


def test_base_names_edition_and_draft_version(live):
    assert live.base == "1"
    draft = verbs.record_change(verbs.new_draft(live))
    assert draft.base == "1/2"
