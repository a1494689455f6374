"""A party that is not in the list: looked for by its name, then added or asked for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.reference import verbs
from culturecoop.reference.admin import ReferenceAdmin
from culturecoop.texts import whole_number

from ..models import AgreementEdition, PartyRequest
from ..partyrequests import add_asked, decline
from ..proposals import proposal_for
from .missingforms import FIELDS, DeclineForm, NameForm, PartyForm, RequestForm
from .requesttrays import trays_for

PAGE, DIALOG = "admin/agreements/missing_page.html", "admin/agreements/missing.html"
MEANWHILE = gettext_lazy("Somebody has added such a party meanwhile. Look for it again.")
IDS = "missing_%s"  # which are no ids of the form below the dialog
IN_DIALOG = "dialog"  # asked for by missing.js, which shows the answer over the form


class MissingParties(ReferenceAdmin):
    """Mixed into the admin of parties: the way to one that is not there, and the requests."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("missing/", wrap(self.missing_view), name="agreements_party_missing"),
            path("requests/<int:pk>/", wrap(self.request_view), name="agreements_party_request"),
            *super().get_urls(),
        ]

    def desk_trays(self, request):
        return trays_for(request.user)

    def missing_view(self, request):
        """Look for a party by its name; add it, or ask for it, when it is not there."""
        may_add = self.has_add_permission(request)
        if not (may_add or request.user.has_perm("agreements.change_agreementedition")):
            raise PermissionDenied
        form_class = PartyForm if may_add else RequestForm
        context = {"may_add": may_add, "edition": _edition(request)}
        if request.method == "POST":
            form = form_class(request.POST, auto_id=IDS)
            if form.is_valid():
                context |= self._added(request, form) if may_add else _asked(request, form)
            name_form = NameForm({"name": request.POST.get("name", "")})
        else:
            name_form = NameForm(request.GET if "name" in request.GET else None)
            found = name_form.is_valid() and proposal_for(name_form.cleaned_data["name"])
            form = form_class(initial=_initial(found), auto_id=IDS) if found else None
            context["found"] = found and found.party
        return self._answer(request, context | {"name_form": name_form, "form": form})

    def _answer(self, request, context):
        context["in_dialog"] = IN_DIALOG in request.GET
        if context["in_dialog"]:
            return TemplateResponse(request, DIALOG, context)
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Party")}
        return TemplateResponse(request, PAGE, context)

    def _added(self, request, form):
        party = form.save(commit=False)
        try:
            with transaction.atomic():
                verbs.amend(party, by=request.user)
        except (ValidationError, IntegrityError):
            form.add_error(None, MEANWHILE)
            return {}
        self.log_addition(request, party, [{"added": {}}])
        return {"made": party}

    # Requests

    def request_view(self, request, pk):
        """Show a request to who may answer it: with the party, or with why there is to be none."""
        asked = get_object_or_404(PartyRequest.objects.select_related("asked_by", "edition"), pk=pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        there = proposal_for(asked.name).party
        declines = "_decline" in request.POST
        posted = request.POST if request.method == "POST" else None
        form = PartyForm(None if declines else posted, initial=_initial(asked))
        decline_form = DeclineForm(posted if declines else None)
        chosen = decline_form if declines else form
        if posted is not None and ((there and "_take" in posted) or chosen.is_valid()):
            self._answer_request(request, asked, there if "_take" in posted else None, chosen)
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Party asked for: %(name)s") % {"name": asked.name},
            "opts": self.opts, "asked": asked, "there": there, "form": form,
            "decline_form": decline_form,
        }  # fmt: skip
        return TemplateResponse(request, "admin/agreements/party_request.html", context)

    def _answer_request(self, request, asked, party, form):
        """Answer a request with a party that is there, with a new one, or by declining it."""
        try:
            with transaction.atomic():
                if isinstance(form, DeclineForm) and not party:
                    decline(asked, form.cleaned_data["reason"], by=request.user)
                    sentence = _("The request for “%(name)s” was declined.")
                else:
                    add_asked(asked, party or form.save(commit=False), by=request.user)
                    sentence = _("The request for “%(name)s” was answered with the party.")
        except (verbs.NotPossible, ValidationError, IntegrityError) as refusal:
            why = refusal if isinstance(refusal, verbs.NotPossible) else MEANWHILE
            self.message_user(request, str(why), messages.WARNING)
        else:
            self.message_user(request, sentence % {"name": asked.name}, messages.SUCCESS)
            if party is None and asked.party:
                self.log_addition(request, asked.party, [{"added": {}}])


def _asked(request, form):
    form.instance.asked_by, form.instance.edition = request.user, _edition(request)
    return {"asked": form.save()}


def _edition(request):
    """Return the edition in whose form the party was not found, or None."""
    asked = {**request.GET.dict(), **request.POST.dict()}
    pk = whole_number(asked.get("edition", ""))
    return AgreementEdition.objects.filter(pk=pk).first() if pk else None


def _initial(source):
    """Return what a form begins with, of a proposal or of a request."""
    return {name: getattr(source, name) for name in FIELDS}
