"""What follows in the rows when the verbs change what readers see, and after an upgrade."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from culturecoop.editions.models import Edition
from culturecoop.editions.signals import standing_changed
from culturecoop.upgrades import has_table, say

from .indexing import is_missing, refresh
from .models import SearchDocument
from .sources import source_of


@receiver(standing_changed)
def keep_rows(sender: type[Edition], editions: Sequence[Edition], **kwargs: Any) -> None:
    """Bring the rows of identities up to their editions."""
    if source := source_of(sender):
        refresh(source, [edition.track_key[0] for edition in editions], read=editions)


@receiver(post_migrate, sender=apps.get_app_config("search"))
def name_the_command(using: str, verbosity: int, stdout: Any = None, **kwargs: Any) -> None:
    """Say which command makes the rows of a site that is from before them."""
    if verbosity and has_table(SearchDocument, using) and is_missing():
        say("Search lacks words: run `manage.py rebuild_search`; the site may serve.", stdout)
