"""What follows in the rows when the verbs change what readers see."""

from typing import Any

from django.dispatch import receiver

from culturecoop.editions.models import Edition
from culturecoop.editions.signals import standing_changed

from .indexing import refresh
from .sources import source_of


@receiver(standing_changed)
def keep_rows(sender: type[Edition], instance: Edition, **kwargs: Any) -> None:
    """Bring the rows of an identity up to its editions."""
    if source := source_of(sender):
        refresh(source, [instance.identity.pk])
