"""Former addresses in the admin: a list to search, and the page on which one is released."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.changelists import CheckedLists
from culturecoop.texts import ReasonField

from . import verbs
from .addresses import address_of
from .admin import admin_address
from .models import MovedAddress
from .pointing import leading_over


class FreeForm(forms.Form):
    """Why an address is released."""

    reason = ReasonField(_("Editors see it beside the address."))


class FreedFilter(admin.SimpleListFilter):
    """Choose those that lead on, that were released, or whose object is not known."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("leads", _("leads on")),
            ("free", _("released")),
            ("unowned", _("leads nowhere")),
        ]

    def queryset(self, request, queryset):
        chosen = {
            "leads": queryset.held().filter(content_type__isnull=False),
            "free": queryset.filter(freed_at__isnull=False),
            "unowned": queryset.held().filter(content_type__isnull=True),
        }
        return chosen.get(self.value(), queryset)


@admin.register(MovedAddress)
class MovedAddressAdmin(CheckedLists, admin.ModelAdmin):
    """Read-only: addresses move with what they belong to; administrators release them."""

    change_form_template = "admin/reference/moved_address.html"
    free_template = "admin/reference/give_free.html"
    list_display = ["old_path", "leads_column", "at", "by", "state_column"]
    list_filter = [FreedFilter]
    search_fields = ["old_path", "object_text"]
    search_help_text = _("Former address, or what it belongs to")
    fields = [
        "old_path", "object_text", "leads_column", "at", "by", "state_column", "freed_by",
        "freed_reason",
    ]  # fmt: skip
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("by", "freed_by")
        return rows.prefetch_related("owner")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may_free = request.user.has_perm("reference.free_movedaddress")
        context = {"may_free": may_free, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    # Releasing

    def get_urls(self):
        view = self.admin_site.admin_view(self.free_view)
        name = "reference_movedaddress_free"
        return [path("<int:pk>/free/", view, name=name), *super().get_urls()]

    def free_view(self, request, pk):
        if not request.user.has_perm("reference.free_movedaddress"):
            raise PermissionDenied
        moved = get_object_or_404(self.get_queryset(request), pk=pk)
        form = FreeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                verbs.give_free(moved, by=request.user, reason=form.cleaned_data["reason"])
            except verbs.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                return self._freed(request, moved)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Release the address…").removesuffix("…"),
            "opts": self.opts,
            "moved": moved,
            "leading": [(admin_address(row), _named(row)) for row in leading_over(moved)],
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, self.free_template, context)

    def _freed(self, request, moved):
        sentence = gettext("%(address)s was released.") % {"address": moved}
        self.log_change(request, moved, sentence)
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:reference_movedaddress_change", args=[moved.pk]))

    # Columns

    @admin.display(description=_("leads to"))
    def leads_column(self, moved):
        if moved.freed_at or moved.owner is None:
            return "–"
        address = address_of(moved.owner)
        return format_html('<a href="{}">{}</a><br>{}', address, address, moved.owner)

    @admin.display(description=_("state"))
    def state_column(self, moved):
        if moved.freed_at:
            when = date_format(localtime(moved.freed_at), "SHORT_DATETIME_FORMAT")
            return gettext("released on %(when)s") % {"when": when}
        return gettext("leads on") if moved.owner else gettext("leads nowhere")


def _named(row):
    """Return what editors call the edition or the like: of a withdrawal, what it withdrew."""
    return getattr(row, "identity", row).heading
