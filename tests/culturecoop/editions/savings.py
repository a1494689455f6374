"""Saving the title of a draft, and what it says."""

from culturecoop.editions import verbs


def fresh(draft):
    return type(draft).objects.get(pk=draft.pk)


def save(draft, title, by=None):
    """Save another title, as the form does: the version first, then the words."""
    draft = verbs.record_change(fresh(draft), by=by)
    draft.texts.update(title=title)
    return draft


def said(draft):
    return fresh(draft).texts.get().title
