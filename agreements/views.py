"""The register and its agreements as readers see them."""

from functools import partial

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation

from culturecoop.clock import Reading, reading_of, reading_of_edition
from culturecoop.editions.reading import (
    ReadersView,
    changes_of,
    last_seen,
    list_of_editions,
    standing_at,
    undated,
    withdrawal_of,
    withdrawn,
)
from culturecoop.languages import site_language

from .filters import RegisterFilter
from .lines import agreement_titles
from .models import AgreementEdition, Party
from .partypages import PartyContent
from .presentation import AgreementContent
from .register import Register
from .vocabulary import ENDING, FormerStatus


class RegisterView(ReadersView):
    """All agreements that are live, filtered as the reader asks."""

    def get(self, request):
        if "" in request.GET.values():
            return _redirect({name: value for name, value in request.GET.items() if value})
        if request.GET.get("status") == FormerStatus.DENOUNCED:
            return _redirect(request.GET.dict() | {"status": ENDING})
        filters = RegisterFilter(request.GET)
        register = Register(filters, request.GET)
        context = {
            "register": register,
            "current": "register",
            "indexable": register.indexable,
            "languages": [code for code, _name in settings.LANGUAGES],
        }
        return render(request, "agreements/register.html", context)


def _redirect(query):
    """Redirect to the list that a tidied query asks for."""
    return redirect(reverse("agreements:register", query=query or None))


def render_agreement(request, content, reading, **context):
    """What an edition of an agreement says, by the public template."""
    edition = content.edition
    return render(
        request,
        "agreements/agreement.html",
        {
            "edition": edition,
            "content": content,
            "current": "register",
            "reading": reading,
            "here": edition.agreement.get_absolute_url(),
            "undated": undated(edition, reading),
            "languages": content.languages,
            "indexable": reading.indexable and not content.foreign,
            "changes": changes_of(edition, reading),
            **context,
        },
    )


def render_preview(request, edition, back=""):
    """An edition, a draft too, as it would be today, with a banner and the newest files.

    In the language `?language=…`, else in the source language, where the site speaks it. `back` is
    where the banner leads back to. Who may see it is the caller's matter.
    """
    language = request.GET.get("language") or edition.agreement.source_language
    with translation.override(site_language(language)):
        reading = Reading(draft=True)
        content = AgreementContent(edition, reading)
        return render_agreement(request, content, reading, preview=back or True)


class AgreementView(ReadersView):
    """What the register says of an agreement now, and its legal state on a day."""

    def get(self, request, slug):
        reading = reading_of(request)
        edition, content = standing_at(request, reading, partial(standing, slug))
        if edition.withdrawal:
            return withdrawn(request, edition, register=True)
        return render_agreement(request, content, reading)


def standing(slug, reading):
    """Return the edition that stands now, and what it says; of a withdrawal None."""
    standing = AgreementEdition.objects.in_force().select_related("agreement", "compiled")
    edition = get_object_or_404(standing, agreement__slug=slug)
    return edition, None if edition.withdrawal else AgreementContent(edition, reading)


class EditionsView(ReadersView):
    """All editions of an agreement that readers see or have seen."""

    def get(self, request, slug):
        in_force = AgreementEdition.objects.in_force().select_related("agreement")
        standing = get_object_or_404(in_force, agreement__slug=slug)
        pk = standing.agreement_id
        title = agreement_titles([pk], Reading(at=last_seen(standing))).get(pk)
        context = {
            "title": title.title if title else slug,
            "foreign": title.foreign if title else "",
            "current": "register",
            "register": True,
        }
        return list_of_editions(request, standing, **context)


class PartyView(ReadersView):
    """What the register has with a party, in which state on a day, and its memberships."""

    def get(self, request, code):
        party = get_object_or_404(Party.objects.seen().prefetch_related("names"), code=code)
        reading = reading_of(request)
        context = {
            "content": PartyContent(party, reading),
            "shown": party,
            "current": "register",
            "reading": reading,
            "here": party.get_absolute_url(),
            "languages": [code for code, _name in settings.LANGUAGES],
            "indexable": reading.indexable,
        }
        return render(request, "agreements/party.html", context)


class EditionView(ReadersView):
    """A published edition as readers saw it, with the files of its time."""

    def get(self, request, slug, number):
        shown = AgreementEdition.objects.shown().select_related("agreement", "compiled")
        edition = get_object_or_404(shown, agreement__slug=slug, number=number)
        if edition.withdrawal:
            return withdrawn(request, edition, register=True)
        reading = reading_of_edition(edition, request)
        content = AgreementContent(edition, reading)
        return render_agreement(request, content, reading, withdrawal=withdrawal_of(edition))
