"""What is not public is not found, by no way, before its moment and after its end."""

import datetime

import pytest
import time_machine
from django.http import QueryDict

from agreements.filters import RegisterFilter
from agreements.models import Party
from culturecoop.documents import withdrawals
from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from culturecoop.reference.verbs import amend
from culturecoop.search.results import Results
from tests.answering import publish

pytestmark = pytest.mark.django_db
START = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    """The clock of a working day, which the tests move."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def told(text):
    """Everything that the page of search says of what was typed, but for what was typed."""
    results = Results(text)
    rows = [(row.result.title, row.snippet and row.snippet.html) for row in results.rows]
    return results.count, rows, results.spelled, results.offers


NOTHING = (0, [], "", [])


@pytest.fixture
def draft(make_agreement):
    """A draft with words that nothing else has."""
    amend(Party(code="KR"))
    draft = make_agreement("korea", title="Zitherkunst", parties=["EU", "KR"], publish=False)
    draft.texts.update(summary="Of quinquereme and others")
    draft.references.create(scheme="celex", value="22011A0514(04)")
    return draft


WORDS = ["Zitherkunst", "zitherkunts", "quinquer", "22011A0514(04)", "South Korea", "KR",
         "zitherkunst nothing"]  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
class TestAnAgreement:
    def test_as_a_draft(self, draft, text):
        assert told(text) == NOTHING

    def test_scheduled(self, draft, clock, text):
        publish(draft, at=START + HOUR)
        assert told(text) == NOTHING

        clock.shift(HOUR)
        assert told(text)[0] == 1

    def test_a_schedule_that_was_cancelled(self, draft, clock, text):
        verbs.cancel_schedule(publish(draft, at=START + HOUR))

        clock.shift(2 * HOUR)
        assert told(text) == NOTHING

    def test_withdrawn_and_restored(self, draft, clock, text):
        live = publish(draft)
        assert told(text)[0] == 1
        clock.shift(HOUR)
        verbs.withdraw(live, reason="A mistake")
        assert told(text) == NOTHING

        clock.shift(HOUR)
        live.refresh_from_db()
        publish(verbs.restore(live))
        assert told(text)[0] == 1

    def test_a_withdrawal_that_lies_ahead(self, draft, clock, text):
        verbs.withdraw(publish(draft), reason="Its time is over", at=START + HOUR)
        assert told(text)[0] == 1

        clock.shift(HOUR)
        assert told(text) == NOTHING


def test_a_party_that_only_a_draft_has_is_not_offered(draft, make_agreement):
    make_agreement("about", title="On South Korea")
    assert told("South Korea")[0] == 1
    assert told("South Korea")[3] == []

    publish(draft)
    assert [offer.label for offer in told("South Korea")[3]] == ["South Korea"]


def test_words_of_the_edition_before_end_with_it(draft, clock, find):
    following = verbs.new_draft(publish(draft))
    following.texts.update(title="Lautenspiel")
    publish(following, at=START + HOUR)
    assert find("zitherkunst")
    assert not find("lautenspiel")

    clock.shift(HOUR)
    assert find("lautenspiel")
    assert not find("zitherkunst")


def test_the_register_finds_as_search_does(draft, clock):
    publish(draft, at=START + HOUR)
    words = QueryDict("words=Südkorea+zitherkunst")
    assert not RegisterFilter(words).qs

    clock.shift(HOUR)
    assert len(RegisterFilter(words).qs) == 1


def test_a_word_of_tomorrow_is_not_suggested_for_another_form_of_it(make_agreement, clock):
    make_agreement("now", title="Relational")
    publish(make_agreement("ahead", title="Relate", publish=False), at=START + HOUR)
    assert Results("rleate").spelled == ""

    clock.shift(HOUR)
    assert Results("rleate").spelled == "Relate"


class TestAFile:
    @pytest.fixture
    def file(self, make_file):
        document = Document(slug="report", title="Zitherbericht")
        amend(document)
        return make_file(document, language="de", title="Lautenbericht")

    def test_waiting(self, file, find):
        assert find("zitherbericht") == find("lautenbericht") == []

    def test_published_and_withdrawn(self, file, find, clock):
        publish_file(file)
        assert find("zitherbericht") == find("lautenbericht") == ["/documents/report/"]

        clock.shift(HOUR)
        withdrawals.withdraw_file(file, reason="It names somebody")
        assert find("zitherbericht") == find("lautenbericht") == []

        withdrawals.restore_file(file)
        assert find("lautenbericht") == ["/documents/report/"]

    def test_its_document_withdrawn(self, file, find, clock):
        publish_file(file)
        withdrawals.withdraw_document(file.document, reason="Old", at=START + HOUR)
        assert find("lautenbericht")

        clock.shift(HOUR)
        assert find("lautenbericht") == []

    def test_scheduled_with_an_edition(self, file, find, clock, draft):
        draft.documents.create(document=file.document)
        edition = publish(draft, at=START + HOUR)
        assert find("lautenbericht") == []
        clock.shift(HOUR)
        assert find("lautenbericht") == ["/documents/report/"]

        clock.shift(-HOUR / 2)
        verbs.cancel_schedule(edition)
        clock.shift(HOUR)
        assert find("lautenbericht") == []

    def test_replaced_by_a_newer_one(self, file, find, clock, make_file):
        publish_file(file)
        newer = make_file(file.document, language="de", title="Harfenbericht", pages=2)
        clock.shift(HOUR)
        publish_file(newer)
        assert find("harfenbericht")
        assert not find("lautenbericht")

        clock.shift(HOUR)
        withdrawals.withdraw_file(newer, reason="It names somebody")
        assert find("harfenbericht") == find("lautenbericht") == []

    def test_a_new_title_of_its_document(self, file, find):
        publish_file(file)
        file.document.title = "Harfenbericht"
        amend(file.document)
        assert find("harfenbericht")
        assert not find("zitherbericht")


def test_a_page_is_found_in_each_of_its_languages(make_page, clock, find):
    make_page("", title="Welcome")
    german = make_page("", title="Willkommen", language="de", publish=False)
    publish(german, at=START + HOUR)
    assert find("willkommen") == []

    clock.shift(HOUR)
    assert find("willkommen") == ["/de/"]
    assert find("welcome", "de") == ["/"]
    clock.shift(HOUR)
    verbs.withdraw(german, reason="No longer")
    assert find("willkommen") == []
