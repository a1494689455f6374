"""What the admin's list of pages is read from: see `culturecoop/editions/listings.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.lasttitles import read_ended, titled_by
from culturecoop.editions.listings import EditionListing, joined, published_last
from culturecoop.editions.models import ComputedRow
from culturecoop.languages import LanguageField
from culturecoop.links import addresses_in, is_internal

from .blocks import Link, Milestone, Text


class PageListing(EditionListing):
    """A row of the list of pages, one a page and language."""

    copied = (*EditionListing.copied, "language")

    edition = models.OneToOneField(
        "strategy.PageEdition", models.CASCADE, primary_key=True, related_name="listing"
    )
    language = LanguageField(_("language"))

    class Meta(EditionListing.Meta):
        verbose_name = _("row of the list of pages")
        verbose_name_plural = _("rows of the list of pages")

    @classmethod
    def compiled(cls, editions, later=()):
        behind = _behind(editions)
        rows = [
            cls.of(
                row,
                [titled_by(row).title],
                behind=joined([row.language]) if row.track_key in behind else None,
            )
            for row in read_ended(editions)
        ]
        return {cls: rows, PageLink: links_of(editions)}


class PageLink(ComputedRow):
    """An address of this site that an edition in the list links to, from a text or by itself.

    Whether readers find something there changes without the page: `links.py` asks for it.
    """

    edition = models.ForeignKey("strategy.PageEdition", models.CASCADE, related_name="+")
    address = models.TextField(_("address"))

    class Meta:
        verbose_name = _("link inside the site")
        verbose_name_plural = _("links inside the site")
        default_permissions = ()

    def __str__(self):
        return f"{self.edition_id}: {self.address}"


def links_of(editions):
    """Return the PageLinks of editions; of what is withdrawn there are none."""
    pks = [edition.pk for edition in editions if not edition.withdrawal]
    found = [
        (pk, address)
        for model, field in ((Text, "text"), (Link, "address"), (Milestone, "address"))
        for pk, words in model.objects.filter(parent__in=pks).values_list("parent", field)
        for address in (addresses_in(words) if model is Text else [words])
        if is_internal(address)
    ]
    return [PageLink(edition_id=pk, address=address) for pk, address in dict.fromkeys(found)]


def _behind(editions):
    """Return the tracks whose words follow older ones than readers see in the source language."""
    model = PageListing._meta.get_field("edition").related_model
    pages = {edition.page_id: edition.page.source_language for edition in editions}
    published = model._base_manager.filter(published_last(), page__in=pages)
    rows = published.values_list("page", "language", "wording_no")
    wordings = {(page, language): number for page, language, number in rows}
    return {
        (page, language)
        for (page, language), number in wordings.items()
        if number < wordings.get((page, pages[page]), 0)
    }
