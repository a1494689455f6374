"""Sends a reader of a moved address on to the new one."""

from django.http import HttpResponsePermanentRedirect
from django.utils.translation import get_language_from_path

from .models import MovedAddress


class MovedAddressMiddleware:
    """Looks at what would be a 404: the longest moved address above it leads on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            target = new_address(request.path_info)
            if target:
                query = request.META.get("QUERY_STRING")
                return HttpResponsePermanentRedirect(target + (f"?{query}" if query else ""))
        return response


def new_address(path):
    """Where `path` has moved to, or None. The language prefix stays what it is."""
    if "\0" in path:
        return None  # no address has one, and PostgreSQL refuses to look for it
    language = get_language_from_path(path)
    prefix = f"/{language}" if language else ""
    path = path.removeprefix(prefix)
    above = [path[: i + 1] for i, letter in enumerate(path) if letter == "/"]
    moved = MovedAddress.objects.filter(old_path__in=above).order_by("-old_path").first()
    return moved and prefix + moved.new_path + path.removeprefix(moved.old_path)
