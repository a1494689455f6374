"""Reference data: parties, themes, titles of documents, slugs and places of pages.

It has no drafts: only publishers change it, through the verb `amend`, and every change is kept.
"""

from django.db import models

from .addresses import refuse_taken
from .records import Amendment, MovedAddress

__all__ = ["Amendment", "MovedAddress", "ReferenceData"]


class ReferenceData(models.Model):
    """A row that is changed with `amend` and `remove`, not by `save()` from outside."""

    #: Columns that other verbs write: no amendment has them, no saving of a row changes them.
    verb_columns: tuple[str, ...] = ()
    #: Columns that follow from other rows: a change of these alone is no edit of this one.
    derived_columns: tuple[str, ...] = ()
    #: The views that show a row to readers; their argument `address_field` identifies it.
    address_views: tuple[str, ...] = ()
    address_field = ""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Store the row without what other verbs may have written since it was read."""
        if self.verb_columns and not self._state.adding and not kwargs.get("update_fields"):
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names.difference(self.verb_columns)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        refuse_taken(self)

    @property
    def heading(self):
        """Return what editors call it."""
        return str(self)

    # What a kind of row with a public address adds

    def below(self):
        """Return the rows whose addresses begin with its own, with those that follow from it."""
        return []

    def was_seen(self, at=None):
        """Return whether readers saw it by `at` (default: now), so that they know its address."""
        return False

    def found(self, at, **place):
        """Return what answers a reader at one of its addresses: an edition, a file; or None.

        `place` are the arguments of the view besides that of the row, `at` the moment.
        """
        return self
