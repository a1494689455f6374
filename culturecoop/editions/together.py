"""Several drafts published together: each for itself, so that one fault stops no other."""

from django.core.exceptions import ValidationError

from . import verbs


def obstacle(draft):
    """Why the draft cannot be published as it is, "" when it can."""
    return _refusal(draft.check_publishable)


def try_to_publish(draft, **options):
    """Publish the draft in a transaction of its own, with the options of `verbs.publish`.

    Returns why it was refused, else "".
    """
    return _refusal(verbs.publish, draft, **options)


def _refusal(do, *args, **kwargs):
    try:
        do(*args, **kwargs)
    except verbs.Refused as refusal:
        return str(refusal)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
