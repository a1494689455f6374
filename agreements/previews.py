"""The real public page of an edition that is not live: who may see it is the caller's matter."""

from django.conf import settings
from django.utils import translation

from culturecoop.clock import Reading

from .views import render_agreement


def preview(request, edition, back=""):
    """An edition, a draft too, as it would be today, with a banner and the newest files.

    In the language `?language=…`, else in the source language, where the site speaks it. `back` is
    where the banner leads back to.
    """
    wanted = request.GET.get("language") or edition.agreement.source_language
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        return render_agreement(request, edition, Reading(draft=True), preview=back or True)
