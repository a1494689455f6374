"""Why a verb is not offered for an edition as things stand: told where its button would be."""

from django.utils.translation import gettext as _

from ..models import State
from .buttons import BY_NAME, CHANGE, PUBLISH


def reasons(may, edition, draft, buttons=()):
    """Return sentences about what somebody might look for and cannot do with an edition now.

    `may` says of a right, like PUBLISH, whether the user has it; `draft` is the draft beside the
    edition, or None; `buttons` are [(button, address)] of what he has.
    """
    found = []
    can_submit = any(button.name == "submit" for button, _address in buttons)
    if can_submit and not may(PUBLISH):
        found.append(
            _("Publishing and scheduling: publishers do that. Submit the draft for review, and "
              "they hear of it.")
        )  # fmt: skip
    if edition.withdrawal and not draft and may(CHANGE):
        found.append(
            _("Editing and translating: what was withdrawn has no text. Restore an edition from "
              "the history first.")
        )  # fmt: skip
    if draft and may(CHANGE) and _is_restorable(edition):
        found.append(_("Restoring: there is a draft already. Publish or discard that first."))
    if edition.state == State.SCHEDULED and may(PUBLISH):
        found.append(
            _("Another time: cancel the schedule first. It becomes the draft again, which you "
              "publish at the time that you want.")
        )  # fmt: skip
    return found


def _is_restorable(edition):
    return edition.state in BY_NAME["restore"].states and not edition.withdrawal
