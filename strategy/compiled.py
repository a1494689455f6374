"""The blocks of editions of pages in one row: see `culturecoop/editions/compiled.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.compiled import CompiledParts


class CompiledPage(CompiledParts):
    """All blocks of an edition of a page."""

    edition = models.OneToOneField(
        "strategy.PageEdition", models.CASCADE, primary_key=True, related_name="compiled"
    )

    class Meta(CompiledParts.Meta):
        verbose_name = _("compiled page")
        verbose_name_plural = _("compiled pages")
