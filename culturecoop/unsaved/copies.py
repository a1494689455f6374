"""The copies of forms in the browser, as far as the server knows of them: their numbers."""

import re

from django.conf import settings
from django.urls import reverse

COPY = "_copy"  # the field with the number of the copy
SHOWN = "_shown"  # of a copy that is to be shown in the form
SAVED = "saved-"  # begins the name of the cookie that says so
NUMBER = re.compile(r"[0-9a-f-]{8,40}")
DAYS = 7  # a copy is kept for so long


def copy_of(request):
    """Return the number of the copy that a form was sent with, or ""."""
    number = request.POST.get(COPY, "")
    return number if NUMBER.fullmatch(number) else ""


def is_shown(request):
    """Whether the form is sent to be filled from a copy, not to be saved."""
    return request.method == "POST" and (SHOWN in request.POST or hasattr(request, "only_shown"))


def show_only(request):
    """Note that the form is to be shown as it was sent, and not saved."""
    request.only_shown = True


def mark_saved(request):
    """Note that what a form was sent with is saved now."""
    request.form_is_saved = True


def is_saved(request):
    return getattr(request, "form_is_saved", False)


def forget_copy(request, response):
    """Tell the browser that what it keeps a copy of was saved."""
    if number := copy_of(request):
        response.set_cookie(
            SAVED + number,
            "1",
            max_age=DAYS * 24 * 60 * 60,
            path=reverse("admin:index"),
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
