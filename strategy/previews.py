"""The real public page of an edition that is not live: who may see it is the caller's matter."""

from django.conf import settings
from django.utils import translation

from culturecoop.clock import Reading

from .views import render_page


def preview(request, edition, back=""):
    """A page edition, a draft too, as it would be today, with a banner and the newest files.

    `back` is where the banner leads back to.
    """
    spoken = edition.language in dict(settings.LANGUAGES)
    with translation.override(edition.language if spoken else settings.LANGUAGE_CODE):
        return render_page(request, edition, Reading(draft=True), preview=back or True)
