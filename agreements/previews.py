"""The real public page of an edition that is not live: who may see it is the caller's matter."""

from culturecoop.clock import Reading

from .views import render_agreement


def preview(request, edition):
    """An edition, a draft too, as it would be today, with a banner and the newest files."""
    return render_agreement(request, edition, Reading(draft=True), preview=True)
