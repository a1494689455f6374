"""The law of the register: what the events of an agreement amount to on a day."""

from .facts import Fact, Membership, Period, Statement, Treaty
from .periods import periods, periods_of_whole

__all__ = ["Fact", "Membership", "Period", "Statement", "Treaty", "periods", "periods_of_whole"]
