"""What follows from the verbs: what is kept in memory, compiled parts, rows of admin lists."""

from collections.abc import Collection, Sequence
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone

from culturecoop.reference.signals import amended
from culturecoop.upgrades import has_table, say

from . import compiled, listings
from .changes import record
from .models import Edition, Identity
from .signals import drafts_changed, standing_changed


@receiver(standing_changed)
def record_standing(sender: type[Edition], editions: Sequence[Edition], **kwargs: Any) -> None:
    """Record a change now, and one at each moment that editions are scheduled for."""
    record()
    now = timezone.now()
    for moment in {e.live_from for e in editions if e.live_from and e.live_from > now}:
        record(moment)


@receiver(amended)
def record_amendment(sender: type[Any], **kwargs: Any) -> None:
    """Record a change of reference data."""
    record()


@receiver(standing_changed)
def compile_standing(sender: type[Edition], editions: Sequence[Edition], **kwargs: Any) -> None:
    """Let pages read at once what was published."""
    compiled.refresh(editions)


@receiver(standing_changed)
def list_standing(sender: type[Edition], editions: Sequence[Edition], **kwargs: Any) -> None:
    """Let the list show what was published, cancelled or withdrawn."""
    listings.refresh(sender, [edition.track_key[0] for edition in editions], read=editions)


@receiver(drafts_changed)
def list_drafts(
    sender: type[Edition], identities: Collection[int], later: bool = False, **kwargs: Any
) -> None:
    """Let the list show drafts as they are."""
    listings.refresh(sender, identities, later)


@receiver(amended)
def list_translations(
    sender: type[Any], instance: Any, before: dict[str, Any] | None, **kwargs: Any
) -> None:
    """Let the list tell anew which translations are behind when the source language changed."""
    if not issubclass(sender, Identity) or not before:
        return
    if before["source_language"] != instance.source_language:
        listings.refresh(instance.editions.model, [instance.pk])


@receiver(post_migrate)
def list_what_is_missing(
    app_config: AppConfig, using: str, verbosity: int, stdout: Any = None, **kwargs: Any
) -> None:
    """Make the rows of a site that is from before their tables."""
    for model in filter(is_edition, app_config.get_models()):
        if has_table(listings.listing_of(model), using) and listings.is_missing(model):
            done = sum(listings.rebuild(model))
            if verbosity:
                say(f"Listed {model._meta.verbose_name_plural}: {done}.", stdout)
        if has_table(compiled.compiled_model(model), using):
            done = sum(compiled.rebuild(model, missing=True))
            if verbosity and done:
                say(f"Compiled {model._meta.verbose_name_plural}: {done}.", stdout)


def is_edition(model: type[Any]) -> bool:
    return issubclass(model, Edition)
