"""The verbs of a review, and that nothing goes to readers which nobody else has approved."""

import datetime

import pytest
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.editions import bulk, verbs
from culturecoop.editions.reviews import Contribution, Review, Step, in_step, review_of, step_of
from culturecoop.editions.seen import Seen
from tests.answering import approve, publish
from tests.culturecoop.editions.savings import fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("four_eyes")]


def ahead():
    return timezone.now() + datetime.timedelta(days=1)


def step(draft):
    draft = fresh(draft)
    return step_of(draft, review_of(draft))


class TestSubmitted:
    def test_with_a_note(self, draft, ana):
        verbs.submit(draft, note="Please look at the dates.", by=ana)
        review = review_of(draft)
        assert (review.step, review.by, review.note) == (
            Step.SUBMITTED, ana, "Please look at the dates.",
        )  # fmt: skip
        with pytest.raises(verbs.Refused, match="already"):
            verbs.submit(draft, by=ana)

    def test_a_later_saving_voids_it(self, draft, ana, ben):
        verbs.submit(draft, by=ana)
        save(draft, "Two", ben)
        assert step(draft) == ""
        verbs.submit(fresh(draft), by=ana)
        assert step(draft) == Step.SUBMITTED

    def test_only_the_version_that_was_seen(self, draft, ana):
        save(draft, "Two")
        for verb in (verbs.submit, verbs.take_back, approve):
            with pytest.raises(verbs.Conflict):
                verb(draft, by=ana)
        with pytest.raises(verbs.Conflict):
            verbs.send_back(draft, reason="No", by=ana)

    def test_taken_back_by_who_submitted_it(self, draft, ana, ben):
        with pytest.raises(verbs.Refused, match="not in review"):
            verbs.take_back(draft, by=ana)
        verbs.submit(draft, by=ana)
        with pytest.raises(verbs.Refused, match="ana submitted it"):
            verbs.take_back(draft, by=ben)
        verbs.take_back(draft, by=ana)
        assert step(draft) == ""

    def test_sent_back_with_a_reason_that_lasts(self, draft, ana, ben):
        with pytest.raises(verbs.Refused, match="not in review"):
            verbs.send_back(draft, reason="Sign it", by=ben)
        verbs.submit(draft, by=ana)
        with pytest.raises(verbs.Refused, match="Say why"):
            verbs.send_back(draft, reason=" ", by=ben)
        verbs.send_back(draft, reason="The date is wrong.", by=ben)
        save(draft, "Two", ana)
        assert step(draft) == Step.SENT_BACK
        assert review_of(draft).note == "The date is wrong."
        verbs.submit(fresh(draft), by=ana)
        assert step(draft) == Step.SUBMITTED

    def test_those_in_a_step(self, draft, make_agreement, ana, ben):
        other = make_agreement("peru", publish=False)
        for one in (draft, other):
            verbs.submit(one, by=ana)
        drafts = AgreementEdition.objects.drafts()
        assert set(in_step(drafts, Step.SUBMITTED)) == {draft, other}
        save(draft, "Two", ana)
        verbs.send_back(other, reason="No", by=ben)
        assert not in_step(drafts, Step.SUBMITTED).exists()
        assert list(in_step(drafts, Step.SENT_BACK)) == [other]


class TestApproved:
    def test_nothing_is_published_that_nobody_else_approved(self, draft, ana, ben):
        save(draft, "Two", ana)
        for by in (ana, ben, None):
            with pytest.raises(verbs.Refused, match="approve"):
                publish(fresh(draft), by=by)
        approve(fresh(draft), by=ben)
        published = publish(fresh(draft), by=ana)
        assert published.number == 1
        review = review_of(published)
        assert (review.step, review.by, review.version) == (Step.APPROVED, ben, published.version)

    def test_not_by_who_changed_it(self, draft, ana, ben):
        save(draft, "Two", ana)
        save(draft, "Three", ben)
        for by in (ana, ben):
            with pytest.raises(verbs.Refused, match="You changed it"):
                approve(fresh(draft), by=by)
            with pytest.raises(verbs.Refused, match="You changed it"):
                publish(fresh(draft), by=by, approves=True)
        with pytest.raises(verbs.Refused, match="A command approves nothing"):
            publish(fresh(draft), approves=True)
        assert step(draft) == ""

    def test_who_changed_it_before_the_last_approval_may(self, draft, ana, ben):
        save(draft, "Two", ana)
        approve(fresh(draft), by=ben)
        save(draft, "Three", ben)
        with pytest.raises(verbs.Refused, match="approve"):
            publish(fresh(draft), by=ana)
        approve(fresh(draft), by=ana)
        assert publish(fresh(draft), by=ben).number == 1

    def test_by_who_publishes_it(self, draft, ana, ben):
        save(draft, "Two", ana)
        published = publish(fresh(draft), by=ben, approves=True)
        assert (review_of(published).by, review_of(published).step) == (ben, Step.APPROVED)

    def test_who_makes_a_draft_of_an_edition_is_an_author(self, draft, ana, ben):
        approve(draft, by=ana)
        source = publish(fresh(draft), by=ana)
        copy = verbs.new_draft(source, by=ana)
        with pytest.raises(verbs.Refused, match="You changed it"):
            approve(copy, by=ana)
        approve(copy, by=ben)

    def test_it_holds_when_a_schedule_is_cancelled(self, draft, ana, ben):
        save(draft, "Two", ana)
        approve(fresh(draft), by=ben)
        scheduled = publish(fresh(draft), by=ana, at=ahead())
        again = verbs.cancel_schedule(scheduled, by=ben)
        assert step(again) == Step.APPROVED
        assert publish(fresh(again), by=ana).published_by == ana

    def test_what_was_approved_by_mistake_is_everybodys_again(self, draft, ana, ben):
        save(draft, "Two", ana)
        approve(fresh(draft), by=ben)
        verbs.send_back(fresh(draft), reason="I was wrong", by=ben)
        with pytest.raises(verbs.Refused, match="You changed it"):
            publish(fresh(draft), by=ana, approves=True)

    def test_nor_by_its_author_what_was_scheduled_without_approval(self, draft, ana, ben, root):
        save(draft, "Two", ana)
        scheduled = publish(fresh(draft), by=root, override="It burns", at=ahead())
        again = verbs.cancel_schedule(scheduled, by=ben)
        with pytest.raises(verbs.Refused, match="You changed it"):
            publish(fresh(again), by=ana, approves=True)

    def test_nor_in_a_copy_of_what_was_scheduled(self, draft, make_agreement, ana, ben, root):
        save(draft, "Two", ana)
        scheduled = publish(fresh(draft), by=root, override="It burns", at=ahead())
        copy = verbs.new_draft(scheduled, by=ben)
        for by in (ana, ben):
            with pytest.raises(verbs.Refused, match="You changed it"):
                approve(fresh(copy), by=by)

    def test_who_made_and_changed_it_before_there_were_reviews(self, draft, ana, ben):
        save(draft, "Two", ana)
        Contribution.objects.all().delete()
        with pytest.raises(verbs.Refused, match="You changed it"):
            approve(fresh(draft), by=ana)

    def test_older_words_that_come_back(self, draft, ana, ben):
        save(draft, "Two", ana)
        approve(save(draft, "Three", ana), by=ben)
        verbs.revert(fresh(draft), to=2, by=ben)
        for by in (ana, ben):
            with pytest.raises(verbs.Refused, match="You changed it"):
                approve(fresh(draft), by=by)

    def test_what_goes_with_it_is_approved_as_well(self, draft, ana, ben):
        """Its author, who publishes it, writes no line that readers see and nobody has read."""
        save(draft, "Two", ana)
        approve(fresh(draft), by=ben, change_note="New: the title")
        edition = publish(fresh(draft), by=ana, change_note="What nobody has read")
        assert edition.change_note == "New: the title"

    def test_what_was_sent_back_since_it_was_seen(self, draft, ana, ben, root):
        save(draft, "Two", ana)
        verbs.submit(fresh(draft), by=ana)
        seen = Seen.now()
        verbs.send_back(fresh(draft), reason="No", by=ben)
        with pytest.raises(verbs.Conflict, match="reviewed meanwhile"):
            publish(fresh(draft), by=root, approves=True, seen=seen)

    def test_who_took_a_draft_back_is_an_author(self, draft, ana, ben):
        save(draft, "Two")
        verbs.revert(fresh(draft), to=1, by=ana)
        with pytest.raises(verbs.Refused, match="You changed it"):
            approve(fresh(draft), by=ana)

    def test_who_ran_an_import_is_an_author(self, ana, ben, make_agreement):
        draft = make_agreement("peru", publish=False)
        bulk.record_changes([draft], by=ana)
        with pytest.raises(verbs.Refused, match="You changed it"):
            approve(fresh(draft), by=ana)
        approve(fresh(draft), by=ben)
        bulk.record_changes([fresh(draft)], by=ana)
        assert step(draft) == ""

    def test_withdrawing_is_free_of_it(self, draft, ana, ben):
        approve(draft, by=ben)
        edition = publish(fresh(draft), by=ana)
        assert verbs.withdraw(edition, reason="Wrong", by=ana).withdrawal

    def test_without_four_eyes_nothing_is_asked(self, draft, ana, settings):
        settings.FOUR_EYES = False
        assert publish(save(draft, "Two", ana), by=ana).number == 1
        assert not Review.objects.exists()


class TestOverridden:
    def test_by_an_administrator_with_a_reason(self, draft, root, ana):
        save(draft, "Two", root)
        with pytest.raises(verbs.Refused, match="Only an administrator"):
            publish(fresh(draft), by=ana, override="It burns")
        with pytest.raises(verbs.Refused, match="somebody else has to approve it"):
            publish(fresh(draft), by=root, override=" ")
        edition = publish(fresh(draft), by=root, override="It burns")
        review = review_of(edition)
        assert (review.step, review.by, review.note) == (Step.OVERRIDDEN, root, "It burns")

    def test_the_reason_stays_when_somebody_approves_it_later(self, draft, root, ana):
        scheduled = publish(save(draft, "Two", root), by=root, override="It burns", at=ahead())
        approve(verbs.cancel_schedule(scheduled, by=root), by=ana)
        [past] = review_of(draft).earlier
        assert (past["step"], past["by"], past["note"]) == (Step.OVERRIDDEN, "root", "It burns")


def test_all_goes_with_a_draft(draft, ana):
    save(draft, "Two", ana)
    verbs.submit(fresh(draft), by=ana)
    verbs.discard(fresh(draft), by=ana)
    assert not Review.objects.exists()
    assert not Contribution.objects.exists()
