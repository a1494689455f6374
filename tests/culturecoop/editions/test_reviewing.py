"""The verbs of a review, and that nothing goes to readers which nobody else has approved."""

import datetime

import pytest
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import bulk, verbs
from culturecoop.editions.reviews import Contribution, Review, Step, in_step, review_of, step_of
from culturecoop.editions.together import try_to_publish_many
from tests.answering import Everything, publish
from tests.culturecoop.editions.savings import fresh, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def four_eyes(settings):
    settings.FOUR_EYES = True


@pytest.fixture
def ana(signed_in):
    return signed_in("publisher", "ana").user


@pytest.fixture
def ben(signed_in):
    return signed_in("publisher", "ben").user


@pytest.fixture
def root(signed_in):
    return signed_in("administrator", "root").user


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
        for verb in (verbs.submit, verbs.take_back, verbs.approve):
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
            with pytest.raises(verbs.Refused, match="Somebody else has to approve"):
                publish(fresh(draft), by=by)
        verbs.approve(fresh(draft), by=ben)
        published = publish(fresh(draft), by=ana)
        assert published.number == 1
        review = review_of(published)
        assert (review.step, review.by, review.version) == (Step.APPROVED, ben, published.version)
        assert not Contribution.objects.exists()

    def test_not_by_who_changed_it(self, draft, ana, ben):
        save(draft, "Two", ana)
        save(draft, "Three", ben)
        for by in (ana, ben):
            with pytest.raises(verbs.Refused, match="You changed it"):
                verbs.approve(fresh(draft), by=by)
            with pytest.raises(verbs.Refused, match="You changed it"):
                publish(fresh(draft), by=by, approves=True)
        with pytest.raises(verbs.Refused, match="A command approves nothing"):
            publish(fresh(draft), approves=True)
        assert step(draft) == ""

    def test_who_changed_it_before_the_last_approval_may(self, draft, ana, ben):
        save(draft, "Two", ana)
        verbs.approve(fresh(draft), by=ben)
        save(draft, "Three", ben)
        with pytest.raises(verbs.Refused, match="approve"):
            publish(fresh(draft), by=ana)
        verbs.approve(fresh(draft), by=ana)
        assert publish(fresh(draft), by=ben).number == 1

    def test_by_who_publishes_it(self, draft, ana, ben):
        save(draft, "Two", ana)
        published = publish(fresh(draft), by=ben, approves=True)
        assert (review_of(published).by, review_of(published).step) == (ben, Step.APPROVED)

    def test_who_makes_a_draft_of_an_edition_is_an_author(self, draft, ana, ben):
        verbs.approve(draft, by=ana)
        source = publish(fresh(draft), by=ana)
        copy = verbs.new_draft(source, by=ana)
        with pytest.raises(verbs.Refused, match="You changed it"):
            verbs.approve(copy, by=ana)
        verbs.approve(copy, by=ben)

    def test_of_a_schedule_that_was_cancelled_it_is_void(self, draft, ana, ben):
        verbs.approve(draft, by=ben)
        ahead = timezone.now() + datetime.timedelta(days=1)
        scheduled = publish(fresh(draft), by=ana, at=ahead)
        again = verbs.cancel_schedule(scheduled, by=ben)
        assert step(again) == ""
        with pytest.raises(verbs.Refused, match="Somebody else"):
            publish(fresh(again), by=ana)

    def test_who_took_a_draft_back_is_an_author(self, draft, ana, ben):
        save(draft, "Two")
        verbs.revert(fresh(draft), to=1, by=ana)
        with pytest.raises(verbs.Refused, match="You changed it"):
            verbs.approve(fresh(draft), by=ana)

    def test_who_ran_an_import_is_an_author(self, ana, ben, make_agreement):
        draft = make_agreement("peru", publish=False)
        bulk.record_changes([draft], by=ana)
        with pytest.raises(verbs.Refused, match="You changed it"):
            verbs.approve(fresh(draft), by=ana)
        verbs.approve(fresh(draft), by=ben)
        bulk.record_changes([fresh(draft)], by=ana)
        assert step(draft) == ""

    def test_withdrawing_is_free_of_it(self, draft, ana, ben):
        verbs.approve(draft, by=ben)
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
        with pytest.raises(verbs.Refused, match="Somebody else"):
            publish(fresh(draft), by=root, override=" ")
        edition = publish(fresh(draft), by=root, override="It burns")
        review = review_of(edition)
        assert (review.step, review.by, review.note) == (Step.OVERRIDDEN, root, "It burns")


class TestFiles:
    @pytest.fixture
    def document(self, draft):
        document = Document.objects.create(slug="text", title="Text")
        draft.documents.create(document=document)
        return document

    def test_those_that_came_since_are_not_approved(self, draft, document, make_file, ana, ben):
        verbs.approve(fresh(draft), by=ben)
        make_file(document)
        with pytest.raises(verbs.Refused, match="Somebody else"):
            publish(fresh(draft), by=ana)
        verbs.approve(fresh(draft), by=ben)
        assert publish(fresh(draft), by=ana).number == 1

    def test_not_by_who_added_one(self, draft, document, make_file, ana, ben):
        make_file(document, added_by=ben)
        with pytest.raises(verbs.Refused, match="You added a file"):
            verbs.approve(fresh(draft), by=ben)
        verbs.approve(fresh(draft), by=ana)

    def test_one_by_itself_is_published_by_somebody_else(self, document, make_file, ana, ben):
        file = make_file(document, added_by=ana)
        for by in (ana, None):
            with pytest.raises(verbs.Refused, match="Somebody else"):
                publish_file(file, by=by)
        assert publish_file(file, by=ben)


class TestTogether:
    def test_only_those_that_are_approved(self, draft, make_agreement, ana, ben):
        other = make_agreement("peru", publish=False)
        save(draft, "Two", ana)
        save(other, "Two", ana)
        verbs.approve(fresh(other), by=ben)
        drafts = [fresh(draft), fresh(other)]
        refused = try_to_publish_many(drafts, by=ben, agreed=Everything())
        assert list(refused) == [draft.pk]
        assert "Somebody else" in refused[draft.pk]

    @pytest.mark.parametrize("number", [1, 40])
    def test_queries_do_not_grow(
        self, make_agreement, ana, ben, number, django_assert_max_num_queries
    ):
        drafts = [make_agreement(f"a{n}", publish=False) for n in range(number)]
        bulk.record_changes(drafts, by=ana)
        with django_assert_max_num_queries(100):
            refused = try_to_publish_many(drafts, by=ben, agreed=Everything(), approves=True)
        assert not refused
        assert Review.objects.filter(step=Step.APPROVED, by=ben).count() == number


def test_all_goes_with_a_draft(draft, ana):
    save(draft, "Two", ana)
    verbs.submit(fresh(draft), by=ana)
    verbs.discard(fresh(draft), by=ana)
    assert not Review.objects.exists()
    assert not Contribution.objects.exists()
