"""What follows from a step of a review, or from a publication: those whom it concerns are told."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from culturecoop.editions.models import Edition
from culturecoop.editions.signals import reviewed

from .models import Kind
from .telling import settle, tell


@receiver(reviewed)
def tell_of_step(
    sender: type[Edition], editions: Sequence[Edition], step: str, by: Any, note: str, before: Any,
    **kwargs: Any,
) -> None:  # fmt: skip
    """Tell what there is a kind of notification for; a submission is settled by the next step."""
    settle(editions)
    if step in Kind.values:
        tell(Kind(step), editions, by, note, before)
