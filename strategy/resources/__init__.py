"""The sheets of strategy pages and of their blocks."""

from .blocks import BlockResource
from .pages import PageResource

__all__ = ["BlockResource", "PageResource"]
