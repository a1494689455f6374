"""What holds for any life, whatever its events, their order and the precision of their dates."""

import datetime
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agreements.law import Fact, Membership, Statement, Treaty, periods
from agreements.vocabulary import BEGINNINGS, JOINING, WITHOUT_EFFECT, EventKind, Form, Scope
from culturecoop.dates import PartialDate

K = EventKind
OWN, MEMBER_STATE, KOREA, PERU, BODY, HAITI, GUYANA = "EU", "NL", "KR", "PE", "CAR", "HT", "GY"
GROUPING = {BODY: (Membership(HAITI, datetime.date(2003, 1, 1)), Membership(GUYANA))}
BILATERAL = Treaty(Form.BILATERAL, OWN, (MEMBER_STATE,), (KOREA, PERU, BODY), GROUPING)
ONE_PARTNER = Treaty(Form.BILATERAL, OWN, (), (KOREA,))
MULTILATERAL = replace(BILATERAL, form=Form.MULTILATERAL)
PARTIES = [OWN, MEMBER_STATE, KOREA, PERU, BODY, HAITI, GUYANA]
KINDS = [kind for kind in K if kind not in WITHOUT_EFFECT]

exact_dates = st.builds(
    PartialDate, st.integers(2000, 2006), st.integers(1, 12), st.integers(1, 28)
)
dates = exact_dates | st.builds(
    lambda date, precision: PartialDate(*(date.year, date.month)[:precision]),
    exact_dates,
    st.integers(1, 2),
)


def facts(dates=dates, parties=PARTIES, kinds=KINDS):
    return st.builds(
        Fact,
        st.sampled_from(kinds),
        dates,
        st.sampled_from([None, None, *parties]),
        st.sampled_from([Scope.WHOLE, Scope.WHOLE, Scope.PART, Scope.REST]),
        part=st.sampled_from(["", "trade"]),
        until=st.none() | st.none() | exact_dates,
    )


lives = st.lists(facts(), max_size=7)
exact_lives = st.lists(facts(exact_dates), max_size=8)
treaties = st.sampled_from([BILATERAL, ONE_PARTNER, MULTILATERAL])


def on(found, subject, day):
    return next((p for p in found if p.party == subject and p.holds(day)), Statement())


def has_effect(found, subject, day):
    status = on(found, subject, day).status
    return status is not None and status.has_effect


def days_of(found):
    """The days on which something changes, and those before and after."""
    day = datetime.timedelta(days=1)
    return {p.since + shift for p in found for shift in (-day, 0 * day, day)}


@given(lives, treaties, st.randoms())
def test_the_order_of_entry_does_not_matter(life, treaty, random):
    shuffled = random.sample(life, len(life))

    assert said(periods(life, treaty)) == said(periods(shuffled, treaty))


def said(found):
    return {
        (p.party, p.status, p.some_parties, p.in_part, p.uncertain, p.ends, p.since, p.until)
        for p in found
    }


@given(lives, treaties)
def test_the_periods_of_a_subject_neither_overlap_nor_leave_gaps(life, treaty):
    found = periods(life, treaty)
    for subject in {p.party for p in found}:
        own = [p for p in found if p.party == subject]
        assert all(one.since < one.until == following.since for one, following in pairwise(own))
        assert own[-1].until is None


@given(exact_lives, treaties, exact_dates)
def test_after_an_end_of_the_whole_nobody_has_an_effect_without_a_new_beginning(
    life, treaty, ended
):
    before = [f for f in life if f.date < ended or not revives(f)]
    found = periods([*before, Fact(K.TERMINATION, ended)], treaty)

    for subject in (None, *PARTIES):
        for day in days_of(found):
            if day >= ended.first:
                assert not has_effect(found, subject, day), (subject, day)


def revives(fact):
    """Whether an event can begin anew, or put off an end."""
    return fact.kind in (*BEGINNINGS, K.EXTENSION) and fact.party is None


@given(exact_lives, st.sampled_from(JOINING), exact_dates)
def test_nobody_is_in_force_before_he_has_joined(life, kind, joined):
    strange = "JP"
    treaty = replace(MULTILATERAL, partners=(*MULTILATERAL.partners, strange))
    # What both sides have signed by then, it may have signed with them.
    life = [f for f in life if not (f.kind in JOINING and f.date <= joined and f.party)]
    life = [f for f in life if not (f.kind in JOINING and f.party is None)]
    found = periods([*life, Fact(kind, joined, strange)], treaty)

    for period in found:
        if period.party == strange and period.status and period.status.has_effect:
            assert period.since >= joined.first


@given(exact_lives, st.sampled_from([OWN, KOREA, None]), exact_dates)
def test_a_bilateral_agreement_is_not_in_force_while_a_side_has_ended_it(life, side, ended):
    before = [f for f in life if not (revives(f) and f.date >= ended) and f.party in (None, OWN)]
    found = periods([*before, Fact(K.DENUNCIATION_EFFECTIVE, ended, side)], ONE_PARTNER)
    cancelled = any(f.kind is K.DENUNCIATION_WITHDRAWN for f in before)

    for day in days_of(found):
        if day >= ended.first and not cancelled:
            assert not has_effect(found, None, day)


@given(exact_lives, exact_dates)
def test_a_bilateral_agreement_is_not_in_force_when_all_partners_have_ended_it(life, ended):
    treaty = replace(BILATERAL, partners=(KOREA, PERU), members={})
    life = [f for f in life if f.date < ended and f.kind is not K.DENUNCIATION_WITHDRAWN]
    ends = [Fact(K.DENUNCIATION_EFFECTIVE, ended, partner) for partner in (KOREA, PERU)]
    found = periods([*life, *ends], treaty)

    assert not has_effect(found, None, ended.last)
    assert not has_effect(found, OWN, ended.last)


@given(lives, facts(parties=[KOREA, PERU]))
def test_an_event_of_a_party_of_a_multilateral_agreement_touches_its_row_alone(life, event):
    event = replace(event, party=event.party or PERU)
    before, after = periods(life, MULTILATERAL), periods([*life, event], MULTILATERAL)

    for subject in {*PARTIES} - {event.party}:
        rows = [{row for row in said(found) if row[0] == subject} for found in (before, after)]
        assert rows[0] == rows[1] or depends_on_the_treaty(life, event)


def depends_on_the_treaty(life, event):
    """A first entry into force of any party shows that the treaty is in force (rule 3)."""
    whole = [f for f in life if f.kind is K.ENTRY_INTO_FORCE and f.party is None]
    return event.kind is K.ENTRY_INTO_FORCE and not whole


ENDING = (K.TERMINATION, K.SUSPENSION, K.DENUNCIATION_EFFECTIVE, K.PROVISIONAL_APPLICATION_END)


@given(exact_lives, treaties, st.sampled_from(ENDING), exact_dates, st.sampled_from(PARTIES))
def test_an_event_of_a_part_never_takes_the_effect_of_the_whole_away(
    life, treaty, kind, date, party
):
    life = [f for f in life if f.kind is not K.EXTENSION]
    for who in (None, party):
        part = Fact(kind, date, who, Scope.PART, "chapter I")
        before, after = periods(life, treaty), periods([*life, part], treaty)
        for day in days_of(before):
            for subject in (None, *PARTIES):
                if has_effect(before, subject, day):
                    assert on(after, subject, day).status is on(before, subject, day).status
