"""Pages that need nothing of the site: neither the database nor its style sheets."""

from csp.exceptions import CSPNonceError
from django.http import HttpResponse
from django.template.loader import render_to_string


def plain_page(request, status, *, template="", **context):
    """Return the page of a status, such as templates/500.html, or one of several that it has."""
    html = render_to_string(template or f"{status}.html", {"nonce": _nonce(request), **context})
    return HttpResponse(html.encode(errors="replace"), status=status)  # half a sign is no fault


def _nonce(request):
    """The nonce for the page's own style, as long as the policy header is not written yet."""
    try:
        return str(getattr(request, "csp_nonce", ""))
    except CSPNonceError:
        return ""
