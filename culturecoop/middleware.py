"""The language of a request."""

from django.middleware.locale import LocaleMiddleware as StockLocaleMiddleware
from django.urls import reverse
from django.utils import translation


class LocaleMiddleware(StockLocaleMiddleware):
    """The address tells the language; in the admin, whose addresses tell none, the browser does."""

    def process_request(self, request):
        super().process_request(request)
        if request.path_info.startswith(reverse("admin:index")):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()
