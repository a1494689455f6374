"""What the site answers as a whole."""

import sys

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import faults


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request):
    """Browsers ask for this address by themselves."""
    return redirect(static("favicon.ico"))


def server_error(request):
    """A page that needs nothing of the site: neither the database nor its style sheets.

    503 for a fault of the machine outside the views, as in the session.
    """
    if response := faults.unavailable(request, sys.exception()):
        return response
    html = render_to_string("500.html", {"nonce": faults.nonce(request)})
    return HttpResponse(html, status=500)
