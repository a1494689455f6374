"""What the admin's list of pages is read from: see `culturecoop/editions/listings.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.lasttitles import read_ended, titled_by
from culturecoop.editions.listings import EditionListing
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
        rows = [cls.of(row, [titled_by(row).title]) for row in read_ended(editions)]
        return {cls: rows}
