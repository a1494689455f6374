"""What is kept in memory is computed anew after each change that readers see."""

from typing import Any

from django.dispatch import receiver

from culturecoop.reference.signals import amended

from .changes import record
from .models import Edition
from .signals import standing_changed


@receiver(standing_changed)
def record_standing(sender: type[Edition], instance: Edition, **kwargs: Any) -> None:
    """Record a change now, and one at the moment that the edition is scheduled for."""
    record()
    if instance.live_from and instance.live_from > instance.published_at:
        record(instance.live_from)


@receiver(amended)
def record_amendment(sender: type[Any], **kwargs: Any) -> None:
    """Record a change of reference data."""
    record()
