"""What a name means on a day, where it has meant another state at another time."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from culturecoop.dates import PartialDate


@dataclass(frozen=True)
class Meaning:
    """A state that is called so from a day on, until the day before another one."""

    code: str
    since: datetime.date = datetime.date.min
    until: datetime.date = datetime.date.max

    def can_be_of(self, date: PartialDate) -> bool:
        return self.since <= date.last and date.first < self.until


def meant(meanings: Iterable[Meaning], date: str) -> set[str]:
    """Return the codes that can be meant on a date as cells have it: “1968-05”, “1968?”."""
    day = PartialDate.parse(date)
    return {meaning.code for meaning in meanings if meaning.can_be_of(day)}


def has_ended(meanings: Iterable[Meaning], codes: Collection[str], date: str) -> bool:
    """Return whether the states of some codes were all no more on a date."""
    ends = dict.fromkeys(codes, datetime.date.max)
    for meaning in sorted(meanings, key=lambda meaning: meaning.until):
        if meaning.code in ends:
            ends[meaning.code] = meaning.until
    return bool(ends) and max(ends.values()) <= PartialDate.parse(date).first
