"""Several drafts published together, so that the fault of one stops no other."""

import logging

from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError
from django.utils.translation import gettext as _

from . import verbs

logger = logging.getLogger(__name__)


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
        whys = {draft.pk: _published_alone(draft, options) for draft in drafts}
        return {pk: why for pk, why in whys.items() if why}
    return {pk: in_words(why) for pk, why in refused.items()}


def _published_alone(draft, options):
    """Publish a draft of a refused portion; return why the draft was refused, else ""."""
    try:
        return try_to_publish(draft, **options)
    except (DataError, IntegrityError) as fault:
        logger.exception("The database refuses to publish %s", draft)
        return _("The database refuses it: %(fault)s") % {"fault": str(fault).strip()}


def in_words(refusal):
    """Return the sentence of a refusal."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def _refusal(do, *args, **kwargs):
    try:
        do(*args, **kwargs)
    except (verbs.Refused, ValidationError) as refusal:
        return in_words(refusal)
    return ""
