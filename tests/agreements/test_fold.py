"""The fold from events to periods: rules that hold for any events."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agreements.statuses import EventKind, Fact, periods
from culturecoop.dates import PartialDate

EU, KR, PE = "EU", "KR", "PE"
MAKING_KINDS = [kind for kind in EventKind if kind.rank]
K = EventKind

dates = st.builds(
    lambda year, month, day, precision: PartialDate(*(year, month, day)[:precision]),
    st.integers(2000, 2006),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(1, 3),
)
facts = st.builds(Fact, st.sampled_from(list(K)), dates, st.sampled_from([None, None, EU, KR, PE]))
lives = st.lists(facts, max_size=8)


def fold_any(life):
    return periods(life, partners=[KR, PE], own=[EU])


@given(lives, st.randoms())
def test_the_order_of_entry_does_not_matter(life, random):
    shuffled = random.sample(life, len(life))
    assert fold_any(life) == fold_any(shuffled)


@given(lives)
def test_periods_neither_overlap_nor_leave_gaps(life):
    found = fold_any(life)
    for party in {p.party for p in found}:
        own = [p for p in found if p.party == party]
        for period, following in pairwise(own):
            assert period.since < period.until == following.since
            assert (period.status, period.some_parties) != (
                following.status,
                following.some_parties,
            )
        assert own[-1].until is None


@given(lives, st.sampled_from(MAKING_KINDS), dates, st.sampled_from([None, EU, KR, PE]))
def test_a_making_event_never_lowers_an_effect(life, kind, date, party):
    before, after = fold_any(life), fold_any([*life, Fact(kind, date, party)])
    days = {p.since for p in [*before, *after]}
    # An overlapping partial date of a later step may be moved to the day of the new one.
    exact = [f for f in life if f.date.day] == life
    for subject in (None, EU, KR, PE):
        for day in days:
            was = next((p.status for p in before if p.party == subject and p.holds(day)), None)
            if exact and was and not was.is_making:
                now = next(p.status for p in after if p.party == subject and p.holds(day))
                assert now == was


@given(lives)
def test_every_period_begins_where_an_event_may_have_happened(life):
    possible = [(f.date.first, f.date.last) for f in life]
    for period in fold_any(life):
        assert any(first <= period.since <= last for first, last in possible)
