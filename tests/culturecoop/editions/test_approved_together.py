"""What is approved along with a draft, its files, and drafts that are published together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import bulk, verbs
from culturecoop.editions.reviews import Review, Step
from culturecoop.editions.together import try_to_publish_many
from tests.answering import Everything, approve, publish
from tests.culturecoop.editions.savings import fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("four_eyes")]


class TestFiles:
    @pytest.fixture
    def document(self, draft):
        document = Document.objects.create(slug="text", title="Text")
        draft.documents.create(document=document)
        return document

    def test_those_that_came_since_are_not_approved(self, draft, document, make_file, ana, ben):
        approve(fresh(draft), by=ben)
        make_file(document)
        with pytest.raises(verbs.Refused, match="Somebody else"):
            publish(fresh(draft), by=ana)
        approve(fresh(draft), by=ben)
        assert publish(fresh(draft), by=ana).number == 1

    def test_not_by_who_added_one(self, draft, document, make_file, ana, ben):
        make_file(document, added_by=ben)
        with pytest.raises(verbs.Refused, match="You added a file"):
            approve(fresh(draft), by=ben)
        approve(fresh(draft), by=ana)

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
        approve(fresh(other), by=ben)
        drafts = [fresh(draft), fresh(other)]
        refused = try_to_publish_many(drafts, by=ben, agreed=Everything())
        assert list(refused) == [draft.pk]
        assert "Somebody else" in refused[draft.pk]

    def test_queries_do_not_grow(self, make_agreement, ana, ben):
        asked = []
        for number in (2, 40):
            drafts = [make_agreement(f"a{number}-{n}", publish=False) for n in range(number)]
            bulk.record_changes(drafts, by=ana)
            with CaptureQueriesContext(connection) as queries:
                assert not try_to_publish_many(drafts, by=ben, agreed=Everything(), approves=True)
            asked.append(len(queries))
        assert asked[1] <= asked[0]
        assert Review.objects.filter(step=Step.APPROVED, by=ben).count() == 42
