"""The page of search: what readers see at /search/?q=…"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from culturecoop.publicpages import public_page

from .results import Results


@public_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words find among all that readers see now."""
    results = Results(request.GET.get("q", "").strip(), request.GET.get("page", ""))
    context = {
        "results": results,
        "current": "search",
        "languages": [code for code, _name in settings.LANGUAGES],
    }
    return render(request, "search/search.html", context)
