"""What the law is applied to and what it gives: plain values that know no database."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

from culturecoop.dates import PartialDate

from ..vocabulary import EventKind, Form, FormerStatus, Remark, Scope, Status

Party: TypeAlias = int | str  # what the caller calls it: its id, or a code
Subject: TypeAlias = Party | None  # whom something concerns; None: the whole agreement


@dataclass(frozen=True)
class Fact:
    """One event: its kind, its date, and the party it is about (None: the whole agreement).

    `until` is the last day of effect of what it brings about; `key` is the caller's name for it.
    """

    kind: EventKind
    date: PartialDate
    party: Subject = None
    scope: Scope = Scope.WHOLE
    part: str = ""
    until: PartialDate | None = None
    key: int | None = None


@dataclass(frozen=True)
class Membership:
    """A member of a grouping, from a day (None: ever) until a day, exclusive (None: still)."""

    member: Party
    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        return (not self.since or self.since <= day) and (not self.until or day < self.until)


@dataclass(frozen=True)
class Treaty:
    """An agreement without its events: its form and who stands on which side of it.

    `own` is the party whose register this is, `own_side` the other parties on its side, `partners`
    all others. `members` are the memberships of those bodies that stand for their members.
    """

    form: Form = Form.BILATERAL
    own: Party | None = None
    own_side: tuple[Party, ...] = ()
    partners: tuple[Party, ...] = ()
    members: Mapping[Party, tuple[Membership, ...]] = field(default_factory=dict)
    binding: bool = True

    @classmethod
    def between(
        cls, form: Form, own: Party | None, own_side: Sequence[Party], partners: Sequence[Party],
        **more: Any,
    ) -> Self:  # fmt: skip
        """Return the treaty of these parties; of two that are not ours, the first stands for us."""
        if own is None and not own_side and len(partners) == 2 and form == Form.BILATERAL:
            own, *partners = partners
        return cls(form, own, tuple(own_side), tuple(partners), **more)

    @property
    def bilateral(self) -> bool:
        return self.form == Form.BILATERAL

    @property
    def listed(self) -> tuple[Party, ...]:
        """The parties as they are listed, our own side first."""
        return (*([] if self.own is None else [self.own]), *self.own_side, *self.partners)

    @property
    def sides(self) -> list[Party] | None:
        """The parties that act for the whole of a bilateral agreement (rule 5); else None."""
        if not self.bilateral:
            return None
        only_partner = self.partners if len(self.partners) == 1 else ()
        return [party for party in (self.own, *only_partner) if party is not None]

    def groupings_of(self, party: Subject) -> list[tuple[Party, Membership]]:
        """Return the bodies that the party is a member of, each with the membership."""
        return [
            (body, row) for body, rows in self.members.items() for row in rows
            if row.member == party
        ]  # fmt: skip

    def members_on(self, body: Party, day: datetime.date) -> list[Party]:
        """The members of a body on a day, each once, in their order."""
        return list(dict.fromkeys(r.member for r in self.members.get(body, ()) if r.holds(day)))


class WithStatus:
    """What has a `status`, or None."""

    status: Status | FormerStatus | None

    @property
    def has_effect(self) -> bool:
        return bool(self.status and self.status.has_effect)

    @property
    def is_end(self) -> bool:
        return bool(self.status and self.status.is_end)


@dataclass(frozen=True)
class Statement(WithStatus):
    """What can be said of one subject on a day.

    `fact` is the event that decides, `began` the day on which what stands began. `ends` is the
    announced end as it is known: the last day of effect when `ends_after`, else the first day
    without. `notice` is a denunciation that is notified, `unsure` the event whose day is not known
    well enough.
    """

    status: Status | None = None
    some_parties: bool = False
    in_part: bool = False
    uncertain: bool = False
    ends: PartialDate | None = None
    ends_after: bool = False
    remark: Remark | None = None
    fact: Fact | None = None
    began: datetime.date | None = None
    notice: Fact | None = None
    unsure: Fact | None = None

    @property
    def beginning(self) -> datetime.date:
        """The day on which what stands began; the first of all days where nothing stands."""
        return self.began or datetime.date.min


@dataclass(frozen=True)
class Period(WithStatus):
    """A statement from the day `since` until the day `until`, exclusive (None: still).

    `began` is when what stands began, as well as it is known; `event`, `notice` and `unsure` are
    the keys of the facts that the statement rests on.
    """

    party: Subject
    status: Status | FormerStatus | None  # a stored one can be a former one
    since: datetime.date
    until: datetime.date | None = None
    some_parties: bool = False
    in_part: bool = False
    uncertain: bool = False
    began: PartialDate | None = None
    ends: PartialDate | None = None
    ends_after: bool = False
    remark: Remark | None = None
    event: int | None = None
    notice: int | None = None
    unsure: int | None = None

    def holds(self, day: datetime.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
