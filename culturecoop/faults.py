"""Faults of the machine, which pass: no room on the disk, no answer from the database.

Readers are asked to come again; what an editor had typed is shown to him and can be sent again.
"""

import logging

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from .plainpages import plain_page
from .storage import CLOSED, FULL, OTHER_FAULTS

log = logging.getLogger("django.faults")
AFTER = 30  # seconds until it is worth another try
NO_ROOM = "disk is full"  # so SQLite ends its message
UNREADABLE = (OSError, BadRequest, SuspiciousOperation, MultiPartParserError)


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


def typed(request):
    """What an editor had posted: {"posted": [(name, value)], "files": whether there were any}."""
    if request.method != "POST" or not _is_of_an_editor(request):
        return {}
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES) or hasattr(request, "upload_fault")
    except UNREADABLE:
        return {}
    if any("password" in name for name, _value in posted):
        return {}
    here = request.get_full_path()
    return {"posted": posted, "texts": _texts(posted), "files": files, "here": here}


def _is_of_an_editor(request):
    """Sessions are in the database, which may be away: the cookie has to do."""
    return has_session(request) and request.path_info.startswith(reverse("admin:index"))


def has_session(request):
    """Whether the visitor says so; it is not looked up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _texts(posted):
    """What is worth reading: not the numbers and marks by which a form counts its rows."""
    return [
        (name, value)
        for name, value in posted
        if value.strip() and not value.strip().isdecimal() and not name.startswith(("_", "csrf"))
    ]
