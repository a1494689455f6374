"""The words that the admin's list of documents is searched by: see `listing.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentListing(models.Model):
    """What the search of the list looks through of a document: its words and those of its files."""

    document = models.OneToOneField(
        "documents.Document", models.CASCADE, primary_key=True, related_name="listing"
    )
    words = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("row of the list of documents")
        verbose_name_plural = _("rows of the list of documents")
        default_permissions = ()

    def __str__(self):
        return str(self.document)
