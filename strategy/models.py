"""The models of the pages: `pages.py` and `blocks.py` hold them."""

from .blocks import BLOCKS, AgreementList, Image, Link, Milestone, Text
from .compiled import CompiledPage
from .listing import PageLink, PageListing
from .pages import Page, PageEdition
from .pictures import Picture

__all__ = [
    "BLOCKS", "AgreementList", "CompiledPage", "Image", "Link", "Milestone", "Page", "PageEdition",
    "PageLink", "PageListing", "Picture", "Text",
]  # fmt: skip
