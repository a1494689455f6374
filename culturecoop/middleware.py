"""What is done with every request: its language, what it may hold, its headers, and faults."""

import re
from itertools import chain

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware as StockLocaleMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from . import faults, health
from .plainpages import plain_page
from .typed import has_session

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
RESOURCE_POLICY = "Cross-Origin-Resource-Policy"


class HealthMiddleware(MiddlewareMixin):
    """Answers probes before anything else is asked: the host, the session, the database.

    A probe comes from beside the process, over http and under an address of its own. Whoever has
    a session goes on to the view, which shows more to those who may know it.
    """

    def process_request(self, request):
        if request.path_info == health.LIVE:
            return health.live(request)
        if request.path_info == health.READY and not has_session(request):
            return health.ready(request)
        return None


class ResourcePolicyMiddleware(MiddlewareMixin):
    """Lets other sites show nothing of this one but what a view has opened to them."""

    def process_response(self, request, response):
        response.headers.setdefault(RESOURCE_POLICY, "same-origin")
        return response


# NUL, and halves of signs, which no text in UTF-8 has.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class LocaleMiddleware(StockLocaleMiddleware):
    """Reads the language from the address; in the admin, where it has none, from the browser."""

    def process_request(self, request):
        super().process_request(request)
        if request.path_info.startswith(reverse("admin:index")):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()


class BodyLimitMiddleware(MiddlewareMixin):
    """Refuses what is too large before any of it is read: strangers may send little.

    It stands before all that reads a form.
    """

    def process_request(self, request):
        if request.method in SAFE:
            return None
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if not length.isdecimal():
            chunked = "HTTP_TRANSFER_ENCODING" in request.META
            return HttpResponse(status=411) if chunked else None
        return self._refusal(request, int(length))

    def _refusal(self, request, length):
        if length <= settings.ANONYMOUS_MAX_BYTES:
            return None
        try:
            signed_in = request.user.is_authenticated
        except DatabaseError as error:
            return faults.unavailable(request, error, read=False)
        limit = settings.REQUEST_MAX_BYTES if signed_in else settings.ANONYMOUS_MAX_BYTES
        if length <= limit:
            return None
        return plain_page(request, 413, limit=limit)


class FaultMiddleware(MiddlewareMixin):
    """Answers 503 for faults of the machine in views and uploads; `server_error` for the rest."""

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and request.POST is not None:  # reads the form
            fault = getattr(request, "upload_fault", None)
            return fault and faults.unavailable(request, fault)
        return None

    def process_exception(self, request, exception):
        return faults.unavailable(request, exception)


class StorableMiddleware(MiddlewareMixin):
    """Refuses text that no database can hold or look for, before anything asks the database.

    Browsers send none; PostgreSQL fails on it. It stands after the middleware that reads forms
    for their token, and before the first that reads the session.
    """

    def process_request(self, request):
        return plain_page(request, 400) if _has_unstorable(_address(request)) else None

    def process_view(self, request, view, args, kwargs):
        return plain_page(request, 400) if _has_unstorable(_form(request)) else None


def _address(request):
    """The texts of the address and of the cookies."""
    return chain([request.path_info], _texts(request.GET), request.COOKIES.values())


def _form(request):
    """The texts of what was posted, and the names of its files."""
    files = (file.name for _field, found in request.FILES.lists() for file in found)
    return chain(_texts(request.POST), request.FILES, files)


def _texts(query):
    """The names and values of a QueryDict."""
    return chain(query, *(values for _name, values in query.lists()))


def _has_unstorable(found):
    return any(UNSTORABLE.search(text) for text in found)
