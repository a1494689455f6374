"""The panel above the events of a draft: what readers would see, while one types."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from js_asset import Script

from culturecoop.editions.admin.opening import is_open, mark_open

from ..models import AgreementEdition
from .outlook import Outlook, saved_outlook
from .typed import Malformed, TypedEdition

ANSWER = "admin/agreements/outlook.html"
OPENED = "opened"  # of the form of what is no draft yet
REFUSAL = "admin/agreements/outlook_refusal.html"


class StatusPanel:
    """Mixed into the admin of agreements: the panel, and the address that follows the typing."""

    class Media:
        js = [Script("admin_site/status.js", type="module")]

    def get_urls(self):
        view, name = self.admin_site.admin_view(require_POST(self.status_view)), self.status_name
        return [
            path("add/status/", view, name=name),
            path("<int:pk>/status/", view, name=name),
            *super().get_urls(),
        ]

    @property
    def status_name(self):
        return f"{self.address_prefix}_status"

    def edition_context(self, request, edition):
        context = super().edition_context(request, edition)
        if edition is None or edition.is_draft or is_open(request, edition):
            context["status_panel"] = True
            context["outlook"] = saved_outlook(edition)
            context["status_url"] = self._status_url(request, edition)
        return context

    def _status_url(self, request, edition):
        """Return where the form is sent while somebody types; "" for who may only look at it."""
        if edition is None:
            return reverse(f"admin:{self.status_name}")
        if not self.has_change_permission(request, edition):
            return ""
        address = reverse(f"admin:{self.status_name}", args=[edition.pk])
        return f"{address}?{OPENED}" if is_open(request, edition) else address

    def status_view(self, request, pk=None):
        """Answer with what readers would see of the posted form. It saves nothing."""
        stored = self._stored(request, pk)
        if stored is None or not (stored.is_draft or is_open(request, stored)):
            sentence = _("This is no draft any more. What you typed is still in the form.")
            return render(request, REFUSAL, {"sentence": sentence}, status=410)
        try:
            typed = TypedEdition(self, request, stored)
        except Malformed as fault:
            return render(request, REFUSAL, {"sentence": fault}, status=400)
        outlook = Outlook(typed.edition, typed=True, incomplete=typed.incomplete)
        return render(request, ANSWER, {"outlook": outlook})

    def _stored(self, request, pk):
        """Return the draft that is typed into, or one not saved yet, to who may write it."""
        if pk is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return AgreementEdition()
        edition = self.get_object(request, str(pk))
        if edition and OPENED in request.GET:
            mark_open(request, edition)
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        return edition
