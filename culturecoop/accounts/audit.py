"""Writing into the log of accounts: a row in the database and a line on the console."""

import json
import logging

from .addresses import client_address
from .current import current_request
from .models import AccountEntry

Kind = AccountEntry.Kind

WARNINGS = {Kind.FAILED, Kind.LIMIT}

logger = logging.getLogger("culturecoop.accounts")


def record(kind, *, by=None, name="", request=None, **details):
    """Keep that `kind` was done by `by` with the account called `name`; never a password."""
    address = client_address(request or current_request())
    entry = AccountEntry.objects.create(
        kind=kind,
        by=by,
        name=name[:150],
        address=address and str(address),
        details=details,
    )
    level = logging.WARNING if kind in WARNINGS else logging.INFO
    logger.log(level, json.dumps(_line(entry), default=str))
    return entry


def _line(entry):
    """The entry as plain values; JSON leaves no line breaks to whoever typed a name."""
    return {
        "what": entry.kind,
        "by": entry.by and entry.by.get_username(),
        "account": entry.name,
        "address": entry.address,
        **entry.details,
    }
