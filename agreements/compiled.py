"""The parts of editions of agreements in one row: see `culturecoop/editions/compiled.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.compiled import CompiledParts

from .parts import EDITION


class CompiledAgreement(CompiledParts):
    """All parts of an edition of an agreement, and the periods of its status."""

    computed = ("periods",)

    edition = models.OneToOneField(
        EDITION, models.CASCADE, primary_key=True, related_name="compiled"
    )

    class Meta(CompiledParts.Meta):
        verbose_name = _("compiled agreement")
        verbose_name_plural = _("compiled agreements")
