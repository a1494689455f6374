"""The sheets of the register: agreements and their parts, parties, memberships, themes."""

from .events import EventResource
from .flat import AgreementResource
from .memberships import MembershipResource
from .parties import PartyResource
from .parts import (
    AgreementPartyResource,
    ReferenceNumberResource,
    RelationResource,
    TextResource,
)
from .themes import ThemeResource

__all__ = [
    "AgreementPartyResource", "AgreementResource", "EventResource", "MembershipResource",
    "PartyResource", "ReferenceNumberResource", "RelationResource", "TextResource",
    "ThemeResource",
]  # fmt: skip
