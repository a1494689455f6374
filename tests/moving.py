"""Renaming in tests, as the verb does it."""

from culturecoop.reference.verbs import amend


def renamed(obj, slug):
    """The row with another slug, read anew before."""
    obj = type(obj).objects.get(pk=obj.pk)
    obj.slug = slug
    amend(obj)
    return obj
