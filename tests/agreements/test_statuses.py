"""The fold from events to periods: its rules one by one. What holds for any: test_fold.py."""

import datetime

import pytest

from agreements.statuses import EventKind, Fact, Membership, Period, Status, periods
from culturecoop.dates import PartialDate

EU, KR, PE, CO = "EU", "KR", "PE", "CO"
K = EventKind


def fact(kind, date, party=None):
    return Fact(K(kind), PartialDate.parse(date), party)


def fold(*facts, partners=(KR,), members=None):
    return periods([fact(*f) for f in facts], partners=partners, own=[EU], members=members)


def on(found, text, party=None):
    """(status, for some parties) on a day; None where there is none."""
    day = datetime.date.fromisoformat(text)
    hits = [p for p in found if p.party == party and p.holds(day)]
    assert len(hits) <= 1
    return (hits[0].status, hits[0].some_parties) if hits else None


# The rules, one by one


def test_nothing_known_is_no_status():
    assert fold() == []


def test_making_raises_the_rank_step_by_step():
    life = fold(
        ("negotiations_opened", "2006"),
        ("negotiations_concluded", "2009"),
        ("initialled", "2009-10-15"),
        ("signature", "2010-10-06"),
        ("conclusion", "2015-10-01"),
    )
    assert [p.status for p in life if p.party is None] == list(Status)[:5]
    assert on(life, "2005-12-31") is None


def test_an_earlier_step_entered_later_does_not_lower_the_rank():
    life = fold(("signature", "2010"), ("initialled", "2011"))
    assert on(life, "2012-01-01") == (Status.SIGNED, False)


def test_entry_into_force_ends_provisional_application():
    life = fold(("provisional_application", "2011-07-01"), ("entry_into_force", "2015-12-13"))
    assert on(life, "2015-12-12") == (Status.PROVISIONALLY_APPLIED, False)
    assert on(life, "2015-12-13") == (Status.IN_FORCE, False)


def test_provisional_application_after_entry_into_force_changes_nothing():
    life = fold(("entry_into_force", "2010"), ("provisional_application", "2011"))
    assert on(life, "2012-01-01") == (Status.IN_FORCE, False)


def test_the_end_of_provisional_application_falls_back_to_the_making():
    life = fold(
        ("initialled", "2009"),
        ("provisional_application", "2011"),
        ("provisional_application_end", "2012"),
    )
    assert on(life, "2013-01-01") == (Status.INITIALLED, False)


def test_what_was_applied_had_been_signed():
    life = fold(("provisional_application", "2011"), ("provisional_application_end", "2012"))
    assert on(life, "2013-01-01") == (Status.SIGNED, False)


def test_suspension_and_resumption():
    life = fold(("entry_into_force", "2010"), ("suspension", "2011"), ("resumption", "2012"))
    assert on(life, "2011-06-01") == (Status.SUSPENDED, False)
    assert on(life, "2012-06-01") == (Status.IN_FORCE, False)


def test_a_second_suspension_does_not_forget_what_was_suspended():
    life = fold(
        ("provisional_application", "2010"),
        ("suspension", "2011"),
        ("suspension", "2012"),
        ("resumption", "2013"),
    )
    assert on(life, "2013-06-01") == (Status.PROVISIONALLY_APPLIED, False)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("termination", Status.TERMINATED),
        ("denunciation_effective", Status.TERMINATED),
        ("expiry", Status.EXPIRED),
        ("replacement", Status.REPLACED),
    ],
)
def test_ends(kind, status):
    life = fold(("entry_into_force", "2010"), (kind, "2012"), ("signature", "2013"))
    assert on(life, "2014-01-01") == (status, False)


def test_a_denounced_agreement_still_stands_until_it_takes_effect():
    life = fold(
        ("entry_into_force", "2010"),
        ("denunciation_notified", "2012-01-15"),
        ("denunciation_effective", "2013-01-15"),
    )
    assert on(life, "2012-06-01") == (Status.DENOUNCED, False)
    assert on(life, "2013-06-01") == (Status.TERMINATED, False)


def test_only_what_never_had_effect_is_abandoned():
    assert on(fold(("signature", "2010"), ("abandoned", "2012")), "2013-01-01")[0] == (
        Status.ABANDONED
    )
    assert on(fold(("entry_into_force", "2010"), ("abandoned", "2012")), "2013-01-01")[0] == (
        Status.IN_FORCE
    )


def test_an_extension_and_an_amendment_leave_the_status_alone():
    life = fold(("entry_into_force", "2010"), ("extension", "2011"), ("amendment", "2012"))
    assert [p.status for p in life if p.party is None] == [Status.IN_FORCE]


def test_effects_of_the_partners_give_the_whole_one():
    life = fold(
        ("signature", "2012-06-26"),
        ("provisional_application", "2013-03", PE),
        ("provisional_application", "2013-08", CO),
        partners=[CO, PE],
    )
    assert on(life, "2013-02-28") == (Status.SIGNED, False)
    assert on(life, "2013-03-01") == (Status.PROVISIONALLY_APPLIED, True)
    assert on(life, "2013-08-01") == (Status.PROVISIONALLY_APPLIED, False)
    assert on(life, "2013-03-01", CO) == (Status.SIGNED, False)


def test_the_own_partys_effect_alone_gives_the_whole_none():
    life = fold(("signature", "2010"), ("provisional_application", "2011", EU))
    assert on(life, "2012-01-01") == (Status.SIGNED, False)
    assert on(life, "2012-01-01", EU) == (Status.PROVISIONALLY_APPLIED, False)


def test_force_is_stronger_than_provisional_application():
    life = fold(
        ("provisional_application", "2011", CO),
        ("entry_into_force", "2012", PE),
        partners=[CO, PE],
    )
    assert on(life, "2012-06-01") == (Status.IN_FORCE, True)


def test_the_whole_is_signed_once_all_partners_have_signed():
    life = fold(("signature", "2012", CO), ("signature", "2013", PE), partners=[CO, PE])
    assert on(life, "2012-06-01") is None
    assert on(life, "2013-06-01") == (Status.SIGNED, False)


def test_a_partner_that_left_does_not_end_it_for_the_others():
    life = fold(
        ("entry_into_force", "2010", CO),
        ("entry_into_force", "2010", PE),
        ("termination", "2012", CO),
        partners=[CO, PE],
    )
    assert on(life, "2013-01-01") == (Status.IN_FORCE, True)
    assert on(life, "2013-01-01", CO) == (Status.TERMINATED, False)


def test_it_has_ended_when_it_has_ended_for_all_partners():
    life = fold(
        ("entry_into_force", "2010", CO),
        ("entry_into_force", "2010", PE),
        ("termination", "2012", CO),
        ("termination", "2013", PE),
        partners=[CO, PE],
    )
    assert on(life, "2014-01-01") == (Status.TERMINATED, False)


# Groupings

CA = "CENTRAL-AMERICA"


def test_a_grouping_has_it_when_all_its_members_have_it():
    life = fold(
        ("signature", "2012-06-29"),
        ("provisional_application", "2013-08-01", "HN"),
        ("provisional_application", "2013-10-01", "CR"),
        partners=[CA],
        members={CA: [Membership("HN"), Membership("CR")]},
    )
    assert on(life, "2013-08-01") == (Status.PROVISIONALLY_APPLIED, True)
    assert on(life, "2013-10-01") == (Status.PROVISIONALLY_APPLIED, False)


def test_an_event_of_a_grouping_touches_its_members():
    life = fold(
        ("signature", "2008", CA),
        ("ratification", "2009", "HN"),
        partners=[CA],
        members={CA: [Membership("HN"), Membership("CR")]},
    )
    assert on(life, "2009-06-01", "HN") == (Status.CONCLUDED, False)
    assert on(life, "2009-06-01") == (Status.SIGNED, False)


def test_only_members_of_the_day_count():
    left = Membership("CR", until=datetime.date(2014, 1, 1))
    life = fold(
        ("provisional_application", "2013-08-01", "HN"),
        partners=[CA],
        members={CA: [Membership("HN"), left]},
    )
    assert on(life, "2013-12-31") == (Status.PROVISIONALLY_APPLIED, True)
    assert on(life, "2014-01-01") == (Status.PROVISIONALLY_APPLIED, False)


# Partial and uncertain dates


@pytest.mark.parametrize("text", ["2007", "2007?", "2007~", "2007-01", "2007-01-01%"])
def test_a_partial_date_counts_from_its_first_day(text):
    assert fold(("signature", text), partners=[])[0] == Period(
        None, Status.SIGNED, False, datetime.date(2007, 1, 1), None
    )


def test_overlapping_dates_count_in_legal_order():
    life = fold(("termination", "2008"), ("entry_into_force", "2008-06-01"))
    assert on(life, "2008-03-01") is None
    assert on(life, "2009-01-01") == (Status.TERMINATED, False)


def test_the_same_day_counts_in_legal_order():
    life = fold(("entry_into_force", "2008"), ("provisional_application", "2008"))
    assert on(life, "2008-01-01") == (Status.IN_FORCE, False)


def test_the_wholes_own_effect_comes_before_what_the_partners_have():
    life = fold(("entry_into_force", "2010"), ("termination", "2012", PE), partners=[CO, PE])
    assert on(life, "2013-01-01") == (Status.IN_FORCE, False)
    assert on(life, "2013-01-01", PE) == (Status.TERMINATED, False)
    assert on(fold(("entry_into_force", "2010"), partners=[]), "2011-01-01")[0] == Status.IN_FORCE
