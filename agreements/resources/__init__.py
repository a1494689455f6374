"""The sheets of the register: agreements, their events, and parties."""

from .events import EventResource
from .flat import AgreementResource
from .parties import PartyResource

__all__ = ["AgreementResource", "EventResource", "PartyResource"]
