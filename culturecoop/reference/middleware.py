"""The way of a reader from a moved address to the new one."""

from django.http import HttpResponsePermanentRedirect

from .addresses import leads_to


class MovedAddressMiddleware:
    """Redirects from what would be a 404, where what readers saw there is elsewhere now."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            target = leads_to(request.path_info)
            if target:
                query = request.META.get("QUERY_STRING")
                return HttpResponsePermanentRedirect(target + (f"?{query}" if query else ""))
        return response
