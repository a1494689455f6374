"""What the admin's list of documents asks for: see `listing.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentListing(models.Model):
    """What the list knows of a document: the words that are searched, and those of its files."""

    document = models.OneToOneField(
        "documents.Document", models.CASCADE, primary_key=True, related_name="listing"
    )
    words = models.TextField(blank=True, editable=False)
    #: Whether it has neither a file nor an address; None of rows from before it was asked.
    bare = models.BooleanField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["document"], condition=models.Q(bare=True), name="document_bare")
        ]
        verbose_name = _("row of the list of documents")
        verbose_name_plural = _("rows of the list of documents")
        default_permissions = ()

    def __str__(self):
        return str(self.document)
