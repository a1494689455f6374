"""What is done with every request: its language, its headers, and faults meanwhile."""

from django.middleware.locale import LocaleMiddleware as StockLocaleMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from . import faults, health

RESOURCE_POLICY = "Cross-Origin-Resource-Policy"


class HealthMiddleware(MiddlewareMixin):
    """Answers probes before anything else is asked: the host, the session, the database.

    A probe comes from beside the process, over http and under an address of its own. Whoever has
    a session goes on to the view, which tells more to those who may know it.
    """

    def process_request(self, request):
        if request.path_info == health.LIVE:
            return health.live(request)
        if request.path_info == health.READY and not faults.has_session(request):
            return health.ready(request)
        return None


class ResourcePolicyMiddleware(MiddlewareMixin):
    """Lets other sites show nothing of this one but what a view has opened to them."""

    def process_response(self, request, response):
        response.headers.setdefault(RESOURCE_POLICY, "same-origin")
        return response


class LocaleMiddleware(StockLocaleMiddleware):
    """The address tells the language; in the admin, whose addresses tell none, the browser does."""

    def process_request(self, request):
        super().process_request(request)
        if request.path_info.startswith(reverse("admin:index")):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()


class FaultMiddleware(MiddlewareMixin):
    """Answers 503 for faults of the machine in views and uploads; `server_error` for the rest."""

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and request.POST is not None:  # reads the form
            fault = getattr(request, "upload_fault", None)
            return fault and faults.unavailable(request, fault)
        return None

    def process_exception(self, request, exception):
        return faults.unavailable(request, exception)
