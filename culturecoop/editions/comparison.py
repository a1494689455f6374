"""What a draft says beside the edition that it will replace, and the one it was made from."""

from django.utils.translation import gettext as _

from .cloning import content_fields
from .questions import Question
from .seen import decision
from .snapshots import take
from .tracks import track_of

# Numbers that publication gives: what two drafts say does not depend on them.
COMPUTED = {"wording_no"}


def history_questions(draft):
    """Return the Questions about a draft and the edition that stands where it will."""
    track = track_of(draft)
    standing = track.standing()
    if standing is None:
        return []
    if standing.withdrawal:
        return [_withdrawn(standing)]
    if same_content(draft, standing):
        return [_nothing_changed(standing)]
    base = track.edition(draft.based_on_id) if draft.based_on_id != standing.pk else None
    return [_left_behind(base, standing)] if base and _is_older(base, standing) else []


def _withdrawn(withdrawal):
    return Question(
        "withdrawn",
        _("Readers do not see it now. %(decision)s Publish it again?")
        % {"decision": decision(withdrawal)},
        _("It was withdrawn, and readers would see it again."),
    )


def _nothing_changed(standing):
    return Question(
        "nothing_changed",
        _("Nothing was changed since edition %(number)s. Publish the same again?")
        % {"number": standing.number},
        _("Nothing was changed since the edition that readers see."),
    )


def _left_behind(base, standing):
    return Question(
        "left_behind",
        _(
            "Readers see edition %(standing)s now. This draft was made from edition %(base)s, so "
            "what edition %(standing)s brought is not in it. Publish it all the same?"
        )
        % {"standing": standing.number, "base": base.number or "–"},
        _("It was made from an older edition than the one that readers see."),
    )


def _is_older(base, standing):
    """Whether `base` was gone, or was given up, before `standing` came."""
    end = base.live_from or base.cancelled_at
    return end is not None and end < standing.live_from


def read_contents(drafts):
    """Read along what is compared of drafts whose tracks are read, in few queries."""
    standing = {draft: track_of(draft).standing() for draft in drafts}
    pairs = {draft: other for draft, other in standing.items() if other and not other.withdrawal}
    contents = take([*pairs, *pairs.values()])
    for draft in pairs:
        draft.__dict__["contents_read"] = contents


def same_content(one, other):
    """Whether two editions say the same: their fields, and their parts by their keys."""
    found = one.__dict__.get("contents_read") or take([one, other])
    return _plain(one, found[one.pk]) == _plain(other, found[other.pk])


def _plain(edition, snapshot):
    names = {field.attname for field in content_fields(type(edition))} - COMPUTED
    fields = {name: value for name, value in snapshot["fields"].items() if name in names}
    parts = sorted((part["model"], _content(part)) for part in snapshot["parts"])
    return fields, parts, {name: sorted(pks) for name, pks in snapshot["many"].items()}


def _content(part):
    """What a part says: its values but for the edition it belongs to, in a fixed order."""
    names = part["fields"].keys() - COMPUTED - {"edition", "parent"}
    return sorted((name, str(part["fields"][name])) for name in names)
