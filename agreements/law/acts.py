"""An event as it concerns one subject on one day, and what it can leave there."""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from ..vocabulary import EventKind, Remark, Scope, Status
from .facts import Fact, Subject


class Role(Enum):
    """How an act concerns a subject."""

    WHOLE = "an act of the whole agreement"
    GROUPING = "an act of a body that stands for the subject"
    OWN = "an act of the subject itself"


@dataclass(frozen=True)
class Act:
    """A fact on one day, as it concerns one subject.

    `author` is whose act it is to the subject: its own where a body acts for it (None: unknown).
    `binds` is whether a beginning binds the subject; a `remark` on a notice or a suspension,
    that it shows the subject to be bound.
    """

    fact: Fact
    day: datetime.date
    role: Role
    kind: EventKind
    end: Status | None = None  # the status that it ends the subject's with
    binds: bool = True
    remark: Remark | None = None
    author: Subject = None

    @property
    def in_part(self) -> bool:
        return self.fact.scope == Scope.PART


@dataclass
class Effect:
    """Provisional application or force: since when, by which fact, and whether in part."""

    fact: Fact
    day: datetime.date
    in_part: bool
    remark: Remark | None = None


@dataclass
class Suspension:
    """What one author has suspended: all of it, or parts by their words."""

    fact: Fact
    day: datetime.date
    whole: bool
    parts: set[str] = field(default_factory=set)
    resumed: bool = False  # some parts of a whole suspension

    @property
    def complete(self) -> bool:
        return self.whole and not self.resumed
