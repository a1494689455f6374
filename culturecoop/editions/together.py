"""Several drafts published together: each for itself, so that one fault stops no other."""

from django.core.exceptions import ValidationError
from django.db import DatabaseError

from . import verbs


def obstacle(draft):
    """Why the draft cannot be published as it is, "" when it can."""
    return _refusal(draft.check_publishable)


def try_to_publish(draft, **options):
    """Publish the draft in a transaction of its own, with the options of `verbs.publish`.

    Returns why it was refused, else "".
    """
    return _refusal(verbs.publish, draft, **options)


def try_to_publish_many(drafts, **options):
    """Publish drafts of one model in one transaction; return {id: why} of those refused.

    Where the database refuses to store them together, each is published for itself.
    """
    try:
        refused = verbs.publish_many(drafts, **options)
    except DatabaseError:
        whys = {draft.pk: try_to_publish(draft, **options) for draft in drafts}
        return {pk: why for pk, why in whys.items() if why}
    return {pk: in_words(why) for pk, why in refused.items()}


def in_words(refusal):
    """Return the sentence of a refusal."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def _refusal(do, *args, **kwargs):
    try:
        do(*args, **kwargs)
    except (verbs.Refused, ValidationError) as refusal:
        return in_words(refusal)
    return ""
