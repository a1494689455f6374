"""The legal state in words: every status, dates as they are known, parts and some parties."""

import datetime

import pytest

from agreements.models import Event
from agreements.statuses import Period
from agreements.vocabulary import Status
from agreements.wording import StatusOn, status_on
from culturecoop.dates import PartialDate

DAY = datetime.date(2013, 3, 1)


def said(status, *, some=False, part=False):
    return StatusOn(status, some, DAY, PartialDate.parse("2013-03"), part)


def event(kind, date, **fields):
    return Event(kind=kind, date=PartialDate.parse(date), **fields)


def on(status, *events, since=DAY, day=DAY, some=False):
    return status_on([Period(None, status, some, since, None)], events, day)


@pytest.mark.parametrize(
    ("status", "sentence", "tone"),
    [
        (
            "under_negotiation",
            "The protocol has been under negotiation since March 2013.",
            "making",
        ),
        ("negotiations_concluded", "The protocol is negotiated but is not yet in force.", "making"),
        ("initialled", "The protocol is initialled but is not yet in force.", "making"),
        ("signed", "The protocol is signed but is not yet in force.", "making"),
        ("concluded", "The protocol is concluded but is not yet in force.", "making"),
        (
            "provisionally_applied",
            "The protocol is provisionally applied since March 2013.",
            "applied",
        ),
        ("in_force", "The protocol has been in force since March 2013.", "force"),
        ("suspended", "The protocol has been suspended since March 2013.", "paused"),
        ("denounced", "The protocol is denounced since March 2013.", "paused"),
        ("terminated", "The protocol is terminated since March 2013.", "ended"),
        ("expired", "The protocol is expired since March 2013.", "ended"),
        ("replaced", "The protocol is replaced since March 2013.", "ended"),
        ("abandoned", "The protocol is abandoned since March 2013.", "ended"),
    ],
)
def test_every_status_has_a_sentence_and_a_tone(status, sentence, tone):
    status = said(Status(status))

    assert status.sentence("protocol") == sentence
    assert status.tone == tone


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("agreement", "The agreement"),
        ("convention", "The convention"),
        ("exchange_of_letters", "The exchange of letters"),
        ("memorandum_of_understanding", "The memorandum of understanding"),
        ("declaration", "The declaration"),
    ],
)
def test_a_sentence_begins_with_the_kind(kind, subject):
    assert said(Status.IN_FORCE).sentence(kind).startswith(f"{subject} has been in force")


def test_before_an_effect_the_clause_ends_the_editors_line():
    assert said(Status.SIGNED).clause("protocol", "is concluded") == " but is not yet in force."
    assert said(Status.SIGNED).clause("protocol", "").startswith(". The protocol is signed")


def test_an_effect_is_a_sentence_of_its_own():
    clause = said(Status.IN_FORCE).clause("agreement", "is concluded")
    assert clause == ". The agreement has been in force since March 2013."


@pytest.mark.parametrize(
    ("some", "part", "extent"),
    [
        (False, False, ""),
        (True, False, " for some parties"),
        (False, True, " in part"),
        (True, True, " in part and for some parties"),
    ],
)
def test_how_far_it_reaches(some, part, extent):
    assert said(Status.IN_FORCE, some=some, part=part).label == f"in force{extent}"


def test_since_is_as_well_known_as_the_event():
    applied = Status.PROVISIONALLY_APPLIED

    assert on(applied, event("provisional_application", "2013-03")).since_text == "March 2013"
    assert on(applied, event("provisional_application", "2013-03-01")).since_text == "1 March 2013"
    assert on(applied).since_text == "1 March 2013"
    other = event("signature", "2013-03")  # says nothing of the application
    assert on(applied, other).since_text == "1 March 2013"


def test_since_is_of_the_event_that_counts_now():
    before, now = event("suspension", "2010-01-01"), event("suspension", "2013-03-01")

    assert on(Status.SUSPENDED, before, now).since_text == "1 March 2013"


def test_a_year_that_counts_from_a_later_day_is_shown_as_a_year():
    later = datetime.date(2013, 6, 15)  # it overlaps a signature of that day

    status = on(Status.IN_FORCE, event("entry_into_force", "2013"), since=later, day=later)
    assert status.since_text == "2013"


def test_in_part_only_when_every_giving_event_is():
    part = event("provisional_application", "2013-03-01", scope="part", part="trade")
    whole = event("provisional_application", "2013-03-01")

    assert on(Status.PROVISIONALLY_APPLIED, part).in_part
    assert not on(Status.PROVISIONALLY_APPLIED, part, whole).in_part


def test_there_is_no_status_before_the_first_period_or_for_another_subject():
    periods = [Period(None, Status.SIGNED, False, DAY, None)]

    assert status_on(periods, [], DAY - datetime.timedelta(days=1)) is None
    assert status_on(periods, [], DAY, party=7) is None
