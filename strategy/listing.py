"""What the admin's list of pages is read from: see `culturecoop/editions/listings.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.lasttitles import read_ended, titled_by
from culturecoop.editions.listings import EditionListing, joined, published_last
from culturecoop.languages import LanguageField


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
        return {cls: rows}


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
