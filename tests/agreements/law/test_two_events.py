"""Every bilateral life of at most two events: no row contradicts the whole."""

import datetime
from itertools import product

import pytest

from agreements.law import Fact, Statement, Treaty, periods
from agreements.vocabulary import WITHOUT_EFFECT, EventKind, Form, weakness
from culturecoop.dates import PartialDate

OWN, PARTNER = "EU", "KR"
TREATY = Treaty(Form.BILATERAL, own=OWN, partners=(PARTNER,))
FIRST, SECOND = PartialDate(2010, 1, 1), PartialDate(2012, 1, 1)
DAYS = [datetime.date(2010, 6, 1), datetime.date(2012, 6, 1), datetime.date(2020, 6, 1)]
ACTS = [
    (kind, party)
    for kind in EventKind
    if kind not in WITHOUT_EFFECT
    for party in (None, OWN, PARTNER)
]


def contradictions(facts):
    """Sentences about days on which the whole and the rows of its sides do not fit together."""
    found = periods(facts, TREATY)

    def on(subject, day):
        held = (p for p in found if p.party == subject and p.holds(day))
        return next(held, Statement())

    for day in DAYS:
        whole, sides = on(None, day), [on(OWN, day), on(PARTNER, day)]
        statuses = [side.status for side in sides]
        if has_effect(whole) and not all(map(has_effect, sides)):
            yield f"{day}: the whole is {whole.status}, the sides {statuses}"
        if not has_effect(whole) and has_effect(sides[0]) and statuses[0] == statuses[1]:
            yield f"{day}: both sides are {statuses[0]}, the whole is {whole.status}"
        if any(map(is_end, sides)) and not is_end(whole):
            yield f"{day}: a side has ended ({statuses}), the whole is {whole.status}"
        if is_making(whole) and any(weakness(s) < weakness(whole.status) for s in statuses):
            yield f"{day}: the whole is {whole.status}, above {statuses}"


def has_effect(statement):
    return statement.status is not None and statement.status.has_effect


def is_end(statement):
    return statement.status is not None and statement.status.is_end


def is_making(statement):
    return statement.status is not None and statement.status.is_making


@pytest.mark.parametrize("kind", dict.fromkeys(kind for kind, _party in ACTS))
def test_no_row_contradicts_the_whole(kind):
    firsts = [act for act in ACTS if act[0] is kind]
    wrong = []
    for first in firsts:
        wrong += [(first, said) for said in contradictions([Fact(first[0], FIRST, first[1])])]
    for first, second, day in product(firsts, ACTS, (FIRST, SECOND)):
        facts = [Fact(first[0], FIRST, first[1]), Fact(second[0], day, second[1])]
        wrong += [(first, second, said) for said in contradictions(facts)]

    assert wrong == []
