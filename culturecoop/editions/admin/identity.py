"""The stable address of an agreement or a page, and the form of its slug and place."""

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.parts_of_words import FoldedSearch
from culturecoop.reference.admin import ReferenceAdmin

from ..listings import listing_of
from .parts import KnownChoiceMixin


class IdentityAdmin(FoldedSearch, KnownChoiceMixin, ReferenceAdmin):
    """Reference data that is reached through its editions.

    It stands in no list of its own: its list is that of the editions, its address leads to the
    edition that an editor would work on. Publishers change slug and place; whoever may edit
    changes them as long as nothing was published, of it or below it, because then no reader knows
    the address.
    """

    edition_model = None
    address_label = _("Address…")

    def having_words(self, words):
        """Return the condition "the edition that the list shows has every word"."""
        condition = self.admin_site.get_model_admin(self.edition_model).having_words(words)
        identity = f"edition__{self.edition_model.track_fields[0]}"
        rows = listing_of(self.edition_model).objects.filter(condition)
        return Q(pk__in=rows.values(identity))

    def get_model_perms(self, request):
        return {}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        if super().has_change_permission(request, obj):
            return True
        return obj is not None and not self._was_published(obj) and self._may_edit(request)

    def _may_edit(self, request):
        opts = self.edition_model._meta
        return request.user.has_perm(f"{opts.app_label}.change_{opts.model_name}")

    def _editions(self, identity):
        return self.edition_model.objects.filter(**{self.edition_model.track_fields[0]: identity})

    def _current(self, identity, **track):
        """Return the edition that an editor would work on, or None."""
        editions = self._editions(identity).filter(**track)
        return editions.current_for_editor().order_by("pk").first()

    def _was_published(self, identity):
        """Whether it has a public address, or lends its own to something below it that has."""
        rows = (identity, *identity.below())
        return any(self._editions(row).published().exists() for row in rows)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:object_id>/address/", wrap(self.address_view), name=f"{name}_address"),
            *self.stable_urls(wrap, name),
            *super().get_urls(),
        ]

    def stable_urls(self, wrap, name):
        return [path("<slug:slug>/", wrap(self.stable_view), name=f"{name}_stable")]

    def stable_view(self, request, **lookup):
        """On to the edition that an editor would work on."""
        identity = self.model.objects.filter(**lookup).first()
        return self.to_edition(request, identity)

    def to_edition(self, request, identity, **track):
        if not self.has_view_permission(request, identity):
            raise PermissionDenied
        edition = identity and self._current(identity, **track)
        if not edition:
            raise Http404
        return HttpResponseRedirect(self._admin_url("change", edition.pk))

    def _admin_url(self, name, *args):
        opts = self.edition_model._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)

    def changelist_view(self, request, extra_context=None):
        return HttpResponseRedirect(self._admin_url("changelist"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Where log entries lead."""
        return self.to_edition(request, self.get_object(request, object_id))

    def address_view(self, request, object_id):
        title = self.title_of(self.get_object(request, str(object_id)))
        context = {
            "title": self.address_label.removesuffix("…"),
            "subtitle": title,
            "here": title,
        }
        return self.changeform_view(request, str(object_id), extra_context=context)

    def title_of(self, identity):
        """What editors call it: the title of the edition that they would work on."""
        edition = identity and self._current(identity)
        admin = self.admin_site.get_model_admin(self.edition_model)
        return admin.title_of(edition) if edition else str(identity)

    def response_change(self, request, obj):
        self.message_user(request, gettext("The address was changed."), messages.SUCCESS)
        return self.to_edition(request, obj)


def address_tool(request, identity):
    """[(address, label)]: the way to the form of slug and place, for who may change them."""
    opts = identity._meta
    admin = site._registry[type(identity)]
    if not admin.has_change_permission(request, identity):
        return []
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_address", args=[identity.pk])
    return [(address, admin.address_label)]
