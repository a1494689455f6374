"""The tray of statuses that changed lately or will soon, and the list of all of them."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from agreements.admin.changing import AROUND
from culturecoop.editions import verbs

pytestmark = pytest.mark.django_db
ENTRY = "2026-12-01"
KOREA = {
    "parties": ["EU", "KR"],
    "events": [("signature", "2010-10-06"), ("entry_into_force", ENTRY)],
}


@pytest.fixture(autouse=True)
def published_before():
    """What a test publishes is live on all days that it looks at."""
    with on("2026-06-01"):
        yield


@pytest.fixture
def ada(signed_in):
    return signed_in("author", "ada")


def on(day, days=0):
    """A noon so many days after a day."""
    noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    return time_machine.travel(noon + datetime.timedelta(days=days), tick=False)


def tray_of(client):
    """Return the tray, or None where nothing changes."""
    client.force_login(client.user)
    trays = client.get(reverse("admin:index")).context["full"]
    return next((tray for tray in trays if tray.name == "changing"), None)


@pytest.mark.parametrize(
    ("days", "told"), [(-31, False), (-30, True), (0, True), (30, True), (31, False)]
)
def test_it_is_told_for_thirty_days_before_and_after(ada, make_agreement, days, told):
    assert AROUND.days == 30
    make_agreement("korea", title="Agreement with Korea", **KOREA)
    with on(ENTRY, days):
        tray = tray_of(ada)
        assert bool(tray) == told
        if tray:
            [row] = tray.rows
            assert row["title"] == "Agreement with Korea"
            assert row["said"] == "signed → in force, on 1 December 2026"
            [lead] = tray.lists
            assert ada.get(lead["address"]).context["cl"].result_count == lead["count"] == 1


def test_the_nearest_days_stand_first(ada, make_agreement):
    for days in (3, -1, 20, -25):
        day = datetime.date.fromisoformat(ENTRY) + datetime.timedelta(days=days)
        events = [("signature", "2010-10-06"), ("entry_into_force", str(day))]
        make_agreement(f"in-{days}", parties=["EU", "KR"], events=events)
    with on(ENTRY):
        assert [row["title"] for row in tray_of(ada).rows] == ["in--1", "in-3", "in-20", "in--25"]


def test_neither_a_draft_nor_what_changes_nothing_is_told(ada, make_agreement):
    make_agreement("draft", publish=False, **KOREA)
    signed, _entry = KOREA["events"]
    events = [signed, ("entry_into_force", "2011-01-01"), ("denunciation_notified", ENTRY)]
    make_agreement("denounced", parties=["EU", "KR"], events=events)
    with on(ENTRY):
        assert tray_of(ada) is None


def test_the_list_shows_the_draft_of_what_changes(ada, make_agreement):
    draft = verbs.new_draft(make_agreement("korea", **KOREA))
    with on(ENTRY):
        [lead] = tray_of(ada).lists
        assert [row.pk for row in ada.get(lead["address"]).context["cl"].result_list] == [draft.pk]


def test_first_steps_are_changes_from_nothing(ada, make_agreement):
    make_agreement("korea", parties=["EU", "KR"], events=[("signature", ENTRY)])
    with on(ENTRY):
        [row] = tray_of(ada).rows
        assert row["said"] == "no legal step recorded → signed, on 1 December 2026"
