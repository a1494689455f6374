"""What stands about its review above an edition, and on the pages where one decides about it."""

from ..reviews import review_of
from .buttons import REVIEW
from .standing import told


def review_of_bar(edition, buttons, besides=""):
    """Return {review_told, review_note, review_buttons}.

    `buttons` are [(button, address)] of all that somebody has, of which `besides` is left out.
    """
    review = review_of(edition)
    return {
        "review_told": told(edition, review),
        "review_note": review.note,
        "review_buttons": [
            row for row in buttons if row[0].name in REVIEW and row[0].name != besides
        ],
    }
