"""The register and its agreements as readers see them."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from culturecoop.clock import reading_of, reading_of_edition
from culturecoop.editions.reading import changes_of, withdrawal_of, withdrawn

from .filters import ENDING, RegisterFilter
from .models import AgreementEdition
from .presentation import AgreementContent
from .register import Register
from .vocabulary import FormerStatus


class RegisterView(View):
    """All agreements that are live, filtered as the reader asks."""

    http_method_names = ["get", "head", "options"]

    def get(self, request):
        if "" in request.GET.values():
            return redirect(_without_blanks(request))
        if request.GET.get("status") == FormerStatus.DENOUNCED:
            return redirect(_with_status(request, ENDING))
        filters = RegisterFilter(request.GET, AgreementEdition.objects.live(), request=request)
        register = Register(filters, request)
        context = {
            "register": register,
            "current": "register",
            "indexable": register.indexable,
            "languages": [code for code, _name in settings.LANGUAGES],
        }
        return render(request, "agreements/register.html", context)


def _without_blanks(request):
    """Return the address of the same list without the fields that the form sent empty."""
    query = {name: value for name, value in request.GET.items() if value}
    return reverse("agreements:register", query=query or None)


def _with_status(request, status):
    """Return the address of the same list with another status: what was "denounced" is ending."""
    query = request.GET.dict() | {"status": status}
    return reverse("agreements:register", query=query)


def render_agreement(request, edition, reading, **context):
    """An edition of an agreement by the public template."""
    content = AgreementContent(edition, reading)
    return render(
        request,
        "agreements/agreement.html",
        {
            "edition": edition,
            "content": content,
            "current": "register",
            "reading": reading,
            "here": edition.agreement.get_absolute_url(),
            "languages": content.languages,
            "indexable": reading.indexable and not content.foreign,
            "changes": changes_of(edition, reading.at),
            **context,
        },
    )


class AgreementView(View):
    """What the register says of an agreement now, and its legal state on a day."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, slug):
        edition = get_object_or_404(_standing(slug))
        if edition.withdrawal:
            return withdrawn(request, edition, register=True)
        return render_agreement(request, edition, reading_of(request))


class EditionView(View):
    """A published edition as readers saw it, with the files of its time."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, slug, number):
        edition = get_object_or_404(_shown(slug, number))
        if edition.withdrawal:
            return withdrawn(request, edition, register=True)
        reading = reading_of_edition(edition)
        return render_agreement(request, edition, reading, withdrawal=withdrawal_of(edition))


def _standing(slug):
    """Return what stands now, a withdrawal too: one edition or none."""
    standing = AgreementEdition.objects.in_force().filter(agreement__slug=slug)
    return standing.select_related("agreement")


def _shown(slug, number):
    """Return the edition of this number, where readers have seen it."""
    shown = AgreementEdition.objects.shown().filter(agreement__slug=slug, number=number)
    return shown.select_related("agreement")
