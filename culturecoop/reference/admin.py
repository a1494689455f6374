"""The admin of reference data: saved through the verbs, with its changes as history, and Undo."""

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from culturecoop.changelists import NamedLists
from culturecoop.texts import whole_number
from culturecoop.unsaved.admin import UnsavedMixin

from . import verbs
from .forms import SeenForm
from .models import Amendment


class ReferenceAdmin(UnsavedMixin, NamedLists, admin.ModelAdmin):
    """An admin that keeps every change as an amendment; read-only for who may only view."""

    change_form_template = "admin/reference/change_form.html"
    history_template = "admin/reference/history.html"
    show_facets = admin.ShowFacets.NEVER

    def get_actions(self, request):
        """Return the actions but deleting in bulk."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_fields(self, request, obj=None):
        """Return the fields but the one that stands above them."""
        return [name for name in super().get_fields(request, obj) if name != "seen"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return the form with the newest amendment that the editor saw, for when he saves."""
        attributes = {"amendments_of": staticmethod(self.amendments_of)}
        kwargs.setdefault("form", type("SeenForm", (SeenForm, self.form), attributes))
        return super().get_form(request, obj, change, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.is_unchanged = not any(each.has_changed() for each in (form, *formsets))

    def log_change(self, request, obj, message):
        """Keep no entry of a save that changed nothing, for which the message is empty."""
        return super().log_change(request, obj, message) if message else None

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        """Say that something was changed only when it was."""
        if level == messages.SUCCESS and getattr(request, "is_unchanged", False):
            message, level = _("Nothing was changed."), messages.INFO
        super().message_user(request, message, level, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        verbs.amend(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            verbs.amend(row, by=request.user)
        for row in formset.deleted_objects:
            verbs.remove(row, by=request.user)
        formset.save_m2m()

    def delete_model(self, request, obj):
        verbs.remove(obj, by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except verbs.NotPossible as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(self._address("change", object_id))

    def _address(self, name, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def desk_trays(self, request):
        """Return the trays of its own on the desk of a user; `culturecoop.trays` says of what."""
        return []

    def upkeep_trays(self, request):
        """Return those that stand behind the trays of editions."""
        return []

    # History

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("amendments/<int:pk>/undo/", undo, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(obj),
            "opts": self.opts,
            "original": obj,
            "amendments": [
                {"amendment": each, "changes": each.changes(), "undone": hasattr(each, "undone_by")}
                for each in self.amendments_of(obj).select_related("by", "undone_by")
            ],
            "may_undo": self.may_undo(request),
            "media": self.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.history_template, context)

    def may_undo(self, request):
        """Return whether the user may change all of its kind, not only what is not yet public."""
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def amendments_of(self, obj):
        """Return the changes of a row and of the rows below it in its form."""
        kind = ContentType.objects.get_for_model
        found = Q(content_type=kind(obj), object_id=obj.pk)
        for inline in self.inlines:
            below = foreign_key(inline.model, type(obj), inline.fk_name)
            points = Q(**{f"after__{below}": obj.pk}) | Q(**{f"before__{below}": obj.pk})
            found |= Q(content_type=kind(inline.model)) & points
        return Amendment.objects.filter(found)

    def undo_view(self, request, pk):
        if not self.may_undo(request):
            raise PermissionDenied
        amendment = get_object_or_404(Amendment, pk=pk, content_type__in=self._kinds())
        try:
            verbs.undo(amendment, by=request.user)
        except (verbs.NotPossible, ValidationError) as refusal:
            for reason in getattr(refusal, "messages", [str(refusal)]):
                self.message_user(request, reason, messages.ERROR)
        else:
            self.message_user(request, _("The change was undone."), messages.SUCCESS)
        return HttpResponseRedirect(self._after_undo(request))

    def _kinds(self):
        models = [self.model, *(inline.model for inline in self.inlines)]
        return [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]

    def _after_undo(self, request):
        """Return to the history of the row on the page; to the list when that has gone."""
        looked_at = whole_number(request.POST.get("object", ""))
        if self.model.objects.filter(pk=looked_at).exists():
            return self._address("history", looked_at)
        return self._address("changelist")


def foreign_key(model, parent, name=None):
    """Return the name of the field of `model` that points to `parent`."""
    fields = (f for f in model._meta.concrete_fields if f.related_model is parent)
    return name or next(fields).name


def admin_address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
