"""What the site answers as a whole."""

import sys

from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import faults
from .plainpages import plain_page
from .typed import UNREADABLE
from .unsaved.copies import copy_of


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


def bad_request(request, exception=None):
    return plain_page(request, 400)


def csrf_failure(request, reason=""):
    """A form without the token of its session: nothing here sends it again, that would give it one.

    Most likely it is older than the session: somebody signed in anew beside it. What was typed is
    not shown: the browser has kept it for the form.
    """
    response = plain_page(request, 403, template="403_csrf.html", form=_kept_form(request))
    add_never_cache_headers(response)
    return response


def _kept_form(request):
    """Return the address of a form of which the browser has kept a copy, or ""."""
    try:
        return request.get_full_path() if copy_of(request) else ""
    except UNREADABLE:
        return ""


def server_error(request):
    """500, or 503 for a fault of the machine outside the views, as in the session."""
    return faults.unavailable(request, sys.exception()) or plain_page(request, 500)
