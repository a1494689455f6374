"""What a page of today says is read once, until something changes that its readers see."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Party
from culturecoop.editions import verbs
from culturecoop.reference.verbs import amend
from tests.answering import publish

pytestmark = pytest.mark.django_db
EVENING = datetime.datetime(2030, 1, 5, 21, 59, 59, tzinfo=datetime.UTC)  # 22:59:59 in Brussels
SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)


@pytest.fixture(params=["agreement", "page"])
def live(request, make_agreement, make_page):
    if request.param == "page":
        return make_page("", title="Wording 1")
    return make_agreement("korea", title="Wording 1", parties=["EU", "KR"])


@pytest.fixture
def address(live):
    return live.identity.get_absolute_url()


def retitled(live, title, **when):
    """Publish an edition with another title."""
    draft = verbs.new_draft(live)
    if hasattr(draft, "texts"):
        draft.texts.update(title=title)
    else:
        draft.title = title
        draft.save()
    return publish(draft, **when)


def number_of_queries(get, address):
    with CaptureQueriesContext(connection) as captured:
        get(address)
    return len(captured)


def test_it_is_read_once(address, get):
    get(address)
    assert number_of_queries(get, address) == 1  # whether something has changed


def test_each_language_has_its_own(live, address, get):
    pages = [get(address), get(f"/de{address}"), get(f"/fr{address}")]
    assert len(set(pages)) == 3
    assert [get(address), get(f"/de{address}"), get(f"/fr{address}")] == pages


@pytest.mark.parametrize("query", ["?on=2026-01-05", "?on=1999-01-01"])
def test_another_day_is_read_for_its_reader_alone(address, get, query):
    get(address)
    get(address + query)
    assert number_of_queries(get, address + query) > 1


def test_a_publication_is_seen_at_once(live, address, get):
    assert "Wording 1" in get(address)
    retitled(live, "Wording 2")
    assert "Wording 2" in get(address)


def test_a_schedule_is_seen_from_its_moment_on(live, address, get):
    with time_machine.travel(EVENING, tick=False) as clock:
        live = retitled(live, "Wording 2")
        retitled(live, "Wording 3", at=EVENING + HOUR)
        clock.shift(HOUR - SECOND)
        assert "Wording 2" in get(address)
        clock.shift(SECOND)
        assert "Wording 3" in get(address)


def test_a_withdrawal_is_seen_at_once(live, address, get):
    get(address)
    verbs.withdraw(live, reason="By mistake")
    assert "By mistake" in get(address, status=410)
    assert "By mistake" in get(address, status=410)


def test_a_status_begins_at_midnight(make_agreement, get):
    events = [("signature", "2029-03-01"), ("entry_into_force", "2030-01-06")]
    with time_machine.travel(EVENING, tick=False) as clock:
        make_agreement("korea", parties=["EU", "KR"], events=events)
        clock.shift(HOUR)
        assert "has been in force" not in get("/agreements/korea/")
        clock.shift(SECOND)
        assert "has been in force since 6 January 2030" in get("/agreements/korea/")


def test_a_new_name_is_seen_at_once(make_agreement, get):
    make_agreement("korea", parties=["EU", "KR"])
    get("/agreements/korea/")
    party = Party.objects.get(code="KR")
    party.name = "Corea"
    amend(party)
    assert "Corea" in get("/agreements/korea/")
