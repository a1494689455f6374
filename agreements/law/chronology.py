"""Partial dates: the days on which loosely dated facts can have happened (rule 10).

A fact that is dated by a month or a year has a window. Everything is folded for the earliest and
the latest day of each window, as far as that is consistent with the order of things: signature
before effect before end, suspension before resumption, and what is better known.
"""

import datetime
from collections.abc import Collection, Sequence
from itertools import product
from typing import TypeAlias

from ..vocabulary import BEGINNINGS, CONSENT, SIGNATURES, EventKind
from .facts import Fact, Party

Window: TypeAlias = tuple[datetime.date, datetime.date]  # the first day and the last
Choice: TypeAlias = dict[int, datetime.date]  # a day for the fact at each place
Sides: TypeAlias = Collection[Party] | None  # who acts for the whole; None: multilateral
#: With more loosely dated facts than this, all earliest and all latest days suffice.
MOST = 6
_K = EventKind
_ORDER = (
    (_K.NEGOTIATIONS_OPENED,),
    (_K.NEGOTIATIONS_SUSPENDED,),
    (_K.NEGOTIATIONS_RESUMED,),
    (_K.NEGOTIATIONS_CONCLUDED,),
    (_K.INITIALLED,),
    (_K.ADOPTED,),
    SIGNATURES,
    (*(kind for kind in CONSENT if kind not in SIGNATURES), _K.CONCLUSION),
    (_K.CONDITIONS_MET,),
    (_K.PROVISIONAL_APPLICATION,),
    (_K.ENTRY_INTO_FORCE,),
    (_K.EXTENSION,),
    (_K.SUSPENSION,),
    (_K.RESUMPTION,),
    (_K.DENUNCIATION_NOTIFIED,),
    (_K.DENUNCIATION_WITHDRAWN,),
    (_K.PROVISIONAL_APPLICATION_END, _K.DENUNCIATION_EFFECTIVE, _K.TERMINATION, _K.EXPIRY,
     _K.REPLACEMENT, _K.ABANDONED, _K.DISSOLUTION),
)  # fmt: skip
_STAGE = {kind: stage for stage, kinds in enumerate(_ORDER) for kind in kinds}
_FIRST_AFTER_EFFECT = _STAGE[_K.SUSPENSION]


def distinct(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts without those that record another one a second time, less exactly."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: fact.date.last - fact.date.first):
        if not any(_same(fact, other) for other in kept):
            kept.append(fact)
    return [fact for fact in facts if any(fact is other for other in kept)]


def _same(fact, narrower):
    """Whether a narrower window lies inside, and all else is the same."""
    return (
        _identity(fact) == _identity(narrower)
        and (fact.until == narrower.until or (fact.until is None and fact.kind in BEGINNINGS))
        and fact.date.first <= narrower.date.first
        and narrower.date.last <= fact.date.last
    )


def _identity(fact):
    return (fact.kind, fact.party, fact.scope, fact.part)


def windows(facts: Sequence[Fact], sides: Sides) -> list[Window]:
    """Return the windows of the facts, narrowed by what the order of things says of the others."""
    return [_narrowed(fact, facts, sides) for fact in facts]


def _narrowed(fact, facts, sides):
    first, last = fact.date.first, fact.date.last
    if first == last:
        return first, last
    if sides is None and fact.party is None:  # no party's act tells when the treaty's was
        facts = [other for other in facts if other.party is None]
    before = [
        other.date.last for other in facts
        if _precedes(fact, other, sides) and first <= other.date.last < last
    ]  # fmt: skip
    after: dict[EventKind, datetime.date] = {}
    for other in (each for each in facts if _precedes(each, fact, sides)):
        if _opens_the_next_cycle(other, fact, facts):
            before += [_before(other)] if first <= other.date.last < last else []
        elif first < other.date.first <= last:
            after[other.kind] = min(after.get(other.kind, last), other.date.first)
    before.append(last)
    narrow = (max(after.values(), default=first), min(before))
    return narrow if narrow[0] <= narrow[1] else (first, last)


def _opens_the_next_cycle(other, fact, facts):
    """Whether one of its kind came before: an end ends that, and the other begins anew."""
    return fact.party == other.party and any(
        each.kind is other.kind
        and each.party in (None, other.party)
        and each.date.last < fact.date.first
        for each in facts
    )


def _before(beginning):
    """The last day of what a new beginning follows; a new suspension follows a resumption."""
    day = beginning.date.last
    return day - datetime.timedelta(days=1) if beginning.kind is _K.SUSPENSION else day


def _precedes(one, other, sides):
    """Whether `one` comes before `other` in the order of things, where both can be."""
    stage, later = _STAGE.get(one.kind), _STAGE.get(other.kind)
    if stage is None or later is None or stage >= later:
        return False
    if other.kind is _K.PROVISIONAL_APPLICATION and stage >= _STAGE[_K.RATIFICATION]:
        return False  # provisional application comes before consent (VCLT 25)
    if one.party == other.party:
        return True
    if one.party is not None and other.party is not None:
        return False
    party = other.party if one.party is None else one.party
    return party in (sides or ()) or (one.kind in BEGINNINGS and later >= _FIRST_AFTER_EFFECT)


def choices(
    facts: Sequence[Fact], spans: Sequence[Window], loose: Sequence[int], sides: Sides
) -> list[Choice]:
    """Return each choice of days for the `loose` facts."""
    ends = [{place: spans[place][end] for place in loose} for end in (0, 1)]
    if len(loose) > MOST:
        return ends
    found = [
        dict(zip(loose, days, strict=True))
        for days in product(*(dict.fromkeys(spans[place]) for place in loose))
    ]
    return [c for c in found if _is_ordered(c, facts, spans, sides)] or ends


def _is_ordered(choice, facts, spans, sides):
    """Whether no two of the chosen days, whose windows overlap, stand the wrong way round."""
    return all(
        choice[a] <= choice[b]
        for a in choice
        for b in choice
        if spans[a][0] <= spans[b][1]
        and spans[b][0] <= spans[a][1]
        and _precedes(facts[a], facts[b], sides)
    )
