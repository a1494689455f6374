"""Which party a name means."""

from .index import PartyNames

__all__ = ["PartyNames"]
