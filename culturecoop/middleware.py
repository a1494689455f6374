"""What is done with every request: its language and its headers."""

from django.middleware.locale import LocaleMiddleware as StockLocaleMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

RESOURCE_POLICY = "Cross-Origin-Resource-Policy"


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
