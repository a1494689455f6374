"""The words inside files, kept apart from the files: pages read these without those."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileText(models.Model):
    """The words inside a file, as far as they could be read, for search. They go with its bytes."""

    file = models.OneToOneField(
        "documents.DocumentFile", models.CASCADE, related_name="text_inside"
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        default_permissions = ()

    def __str__(self):
        return str(self.file)
