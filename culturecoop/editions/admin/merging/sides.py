"""What a draft was when somebody opened its form, and what it is now."""

from ...cloning import content_fields
from ...differences.reading import read, read_shown
from ...saved import show, snapshot_in, what_is_left
from ...savings import savings_of


def sides_of(draft, version, opened):
    """Return (what it was, what is stored) as Contents; the first is None when nobody knows it.

    `version` is the one that the form was opened in; `opened` the id of the edition whose form it
    was, when the draft was begun after that.
    """
    stored = _fresh(draft)
    edition = opened and _others(stored).filter(pk=opened).first()
    if edition:
        return tuple(read([edition, stored]))
    (theirs,) = read([stored])
    snapshot = snapshot_in(stored, version) if version else None
    return (_content_of(draft, snapshot) if snapshot else None), theirs


def savers_since(draft, version):
    """Return the names of those who have saved a draft since a version, the last one first."""
    savings = savings_of(draft).filter(version__gt=version or 0).select_related("saved_by")
    users = [draft.changed_by, *(saving.saved_by for saving in savings.defer("snapshot"))]
    return list(dict.fromkeys(str(user) for user in users if user))


def _content_of(draft, snapshot):
    left, _gone = what_is_left(type(draft), snapshot)
    edition = show(_fresh(draft), left)
    for field in content_fields(type(draft)):
        setattr(edition, field.attname, field.to_python(getattr(edition, field.attname)))
    return read_shown([edition])[0]


def _fresh(draft):
    return type(draft)._base_manager.get(pk=draft.pk)


def _others(draft):
    return draft.siblings().published().content()
