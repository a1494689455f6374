"""Faults of the machine, which pass: no room on the disk, no answer from the database.

Readers are asked to come again; what an editor had typed is shown to him and can be sent again.
"""

import logging

from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.utils.cache import add_never_cache_headers

from .plainpages import plain_page
from .storage import CLOSED, FULL, OTHER_FAULTS
from .typed import typed

log = logging.getLogger("django.faults")
AFTER = 30  # seconds until it is worth another try
NO_ROOM = "disk is full"  # so SQLite ends its message


def kind_of(error):
    """ "full", "closed" or "disk" for the disk, "database", or "" for a fault of the program."""
    if _is_of_the_database(error):
        return "full" if str(error).endswith(NO_ROOM) else "database"
    if isinstance(error, OSError):
        kinds = {"full": FULL, "closed": CLOSED, "disk": OTHER_FAULTS}
        return next((kind for kind, numbers in kinds.items() if error.errno in numbers), "")
    return ""


def _is_of_the_database(error):
    """A driver that does not know an option of DATABASE_URL says so before it has connected."""
    if isinstance(error, ProgrammingError):
        return connection.connection is None
    return isinstance(error, OperationalError | InterfaceError)


def unavailable(request, error, *, read=True):
    """503 and when to come again; None when it is no fault of the machine.

    What was posted is not looked at when it is not to be read.
    """
    kind = kind_of(error)
    if not kind:
        return None
    log.error("%s %s: %s", request.method, request.path, str(error).strip())
    response = plain_page(request, 503, kind=kind, **(typed(request) if read else {}))
    response.headers["Retry-After"] = str(AFTER)
    add_never_cache_headers(response)
    return response
