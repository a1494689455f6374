"""Pages that are the same for everybody who has not signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from .typed import has_session

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Say of a view that its page depends on its address alone, so that caches may keep it.

    Browsers ask whether it is still right, and so does a cache in front of the site, unless
    `culturecoop/pagecache/` says until when the page is. Nobody keeps what somebody who has signed
    in reads.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if has_session(request):
            response.headers["Cache-Control"] = "private, no-store"
        elif response.status_code == 200 and request.method in ("GET", "HEAD"):
            response.headers["Cache-Control"] = for_everybody()
        return response

    answer.is_public_page = True  # type: ignore[attr-defined]
    return answer


def for_everybody(shared: int = 0) -> str:
    """Return the Cache-Control of a page that a cache may share for so many seconds."""
    return f"public, max-age=0, must-revalidate, s-maxage={shared}"
