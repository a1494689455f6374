"""A page edition made ready for its template: regions of groups of blocks."""

from dataclasses import dataclass, field
from itertools import groupby

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from agreements.choices import choices
from agreements.lines import AgreementLine, AgreementLines, agreement_titles
from agreements.reading import chosen_for, first_documents
from agreements.rows import listed
from culturecoop.documents.lines import document_lines
from culturecoop.editions.changes import kept_each
from culturecoop.editions.compiled import give_parts

from .blocks import BLOCKS, AgreementList, Image, Link, Milestone, Text
from .outline import Heading, Outline, documents_in, ready
from .pictures import pictures_of
from .titles import Titles

# What readers see over the regions beside the main one.
REGION_HEADINGS = {
    "in_depth": pgettext_lazy("heading of a part of a page", "In depth"),
    "more": pgettext_lazy("heading of a part of a page", "More information"),
}


@dataclass
class Group:
    """Neighbouring blocks of one type, rendered as one list."""

    kind: str
    blocks: list

    @property
    def template(self):
        return f"strategy/blocks/{self.kind}.html"


@dataclass
class RegionView:
    """One of the three parts of a page."""

    key: str
    heading: Heading | None
    groups: list = field(default_factory=list)


@dataclass
class LinkGroup:
    """Links under one heading."""

    heading: Heading | None
    links: list


class PageContent:
    """All that the blocks of an edition say, read in a fixed number of queries."""

    def __init__(self, edition, reading):
        self.edition, self.reading = edition, reading
        self.blocks = _blocks_of(edition)
        self.outline = Outline()
        self._chosen = chosen_for(self._of(AgreementList), reading)
        self._agreements, self._first_documents = self._read_agreements()
        self._documents = self._read_documents()
        self._pictures = pictures_of(self._of(Image))
        pages = [link.page_id for link in self._of(Link) if link.page_id]
        self.titles = Titles(edition.page, pages)
        linked = {link.agreement_id for link in self._of(Link) if link.agreement_id}
        self._agreement_titles = agreement_titles(linked, reading)
        self.regions = [self._region(region.key) for region in edition.regions]

    def _of(self, model):
        return [block for block in self.blocks if isinstance(block, model)]

    def _read_agreements(self):
        ids = sorted({pk for chosen in self._chosen.values() for pk, _year in chosen})
        documents = kept_each("first_documents", ids, first_documents)
        return listed(ids, self.reading.day, kind="page"), documents

    def _read_documents(self):
        linked = {block.document_id for block in self._of((Milestone, Link))} - {None}
        slugs = set().union(*(documents_in(block.text) for block in self._of(Text)))
        linked |= set(self._first_documents.values()) - {None}
        return document_lines(self.reading, linked, slugs)

    @cached_property
    def _by_slug(self):
        return {line.document.slug: line for line in self._documents.values()}

    def _region(self, key):
        blocks = [block for block in self.blocks if block.region == key]
        text = REGION_HEADINGS.get(key)
        region = RegionView(key, self.outline.add(str(text), own=True) if text and blocks else None)
        for model, neighbours in groupby(blocks, type):
            make = getattr(self, f"_{model._meta.model_name}")
            region.groups.append(Group(model._meta.model_name, make(list(neighbours))))
        return region

    def _text(self, blocks):
        return [ready(block.text, self.outline, self._by_slug) for block in blocks]

    def _image(self, blocks):
        for image in blocks:
            image.picture = self._pictures.get(image.file.name)
            image.measures = image.picture if image.picture and image.picture.files else image
        return blocks

    def _milestone(self, blocks):
        for block in blocks:
            block.line = self._documents.get(block.document_id)
        return blocks

    def _link(self, blocks):
        for link in blocks:
            link.line = self._documents.get(link.document_id)
            titles = self._agreement_titles
            link.leads_to = self.titles.of(link.page_id) or titles.get(link.agreement_id)
            link.foreign = self._foreign_title(link)
        shown = [b for b in blocks if b.title or b.line or b.leads_to or b.address]
        grouped = groupby(shown, lambda link: link.heading)
        return [
            LinkGroup(heading and self.outline.add(heading, 3), list(links))
            for heading, links in grouped
        ]

    def _foreign_title(self, link):
        """The language of the title that a link takes over, where the page is in another."""
        if link.title or not link.leads_to or link.leads_to.language == self.edition.language:
            return ""
        return link.leads_to.language

    def _agreementlist(self, blocks):
        return [self._lines(block) for block in blocks]

    def _lines(self, block):
        chosen = self._chosen[block]
        lines = [self._line(pk, year) for pk, year in chosen[: block.LIMIT]]
        return AgreementLines(lines, self._more_url(block) if len(chosen) > block.LIMIT else "")

    def _line(self, pk, year):
        agreement, line = self._agreements[pk], self._documents.get(self._first_documents.get(pk))
        return AgreementLine(agreement, year, agreement.url(self.reading), line)

    def _more_url(self, block):
        theme = choices().themes_by_id.get(block.theme_id)
        query = {"theme": theme.slug} if theme else {}
        if len(block.kinds) == 1:
            query["kind"] = block.kinds[0]
        if self.reading.dated:
            query["on"] = f"{self.reading.day:%Y-%m-%d}"
        return reverse("agreements:register", query=query)


def _blocks_of(edition):
    """Return all blocks of an edition in their order: compiled, else with one query a type."""
    give_parts(edition, {})
    names = [block._meta.get_field("parent").remote_field.get_accessor_name() for block in BLOCKS]
    blocks = [block for name in names for block in getattr(edition, name).all()]
    return sorted(blocks, key=lambda block: (block.ordering, block.pk))
