"""Whether a draft says something else than the edition that it was made from."""

from django.utils.translation import gettext as _

from .cloning import content_fields
from .questions import Question
from .snapshots import taken

# Numbers that publication gives: what two drafts say does not depend on them.
COMPUTED = {"wording_no"}


def nothing_changed(draft):
    """Return the Question whether an unchanged draft is meant to be published, or None."""
    source = draft.based_on
    if source is None or source.withdrawal or not same_content(draft, source):
        return None
    return Question(
        "nothing_changed",
        _("Nothing was changed since edition %(number)s. Publish the same again?")
        % {"number": source.number},
        _("Nothing was changed since the edition it was made from."),
    )


def same_content(one, other):
    """Whether two editions say the same: their fields, and their parts by their keys."""
    found = taken([one, other])
    return _plain(one, found[one.pk]) == _plain(other, found[other.pk])


def _plain(edition, snapshot):
    names = {field.attname for field in content_fields(type(edition))} - COMPUTED
    fields = {name: value for name, value in snapshot["fields"].items() if name in names}
    parts = sorted((part["model"], _content(part)) for part in snapshot["parts"])
    return fields, parts, {name: sorted(pks) for name, pks in snapshot["many"].items()}


def _content(part):
    """What a part says: its values but for the edition it belongs to, in a fixed order."""
    values = {
        name: value for name, value in part["fields"].items()
        if name not in COMPUTED and name not in ("edition", "parent")
    }  # fmt: skip
    return sorted((name, str(value)) for name, value in values.items())
