"""The admin of notifications: everybody's own, each of which leads to what it is about."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from culturecoop.adminpages import AdminPageMixin
from culturecoop.changelists import NamedLists

from .models import Kind, Notification, Preferences
from .wording import sentence

WAYS = {"admin": _("in the admin"), "mail": _("by mail")}


class PreferencesForm(forms.Form):
    """What somebody wants to be told, and how."""

    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=lambda: settings.LANGUAGES
    )

    def __init__(self, *args, preferences, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["language"] = preferences.language
        for kind in Kind:
            self.fields[kind] = forms.MultipleChoiceField(
                label=kind.label,
                choices=WAYS.items(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[way for way in WAYS if preferences.wants(way, kind)],
            )

    @property
    def silent(self):
        """What is not to be told, as Preferences keep it."""
        return [
            f"{way} {kind}" for kind in Kind for way in WAYS if way not in self.cleaned_data[kind]
        ]


class PreferencesView(AdminPageMixin, FormView):
    template_name = "admin/notifications/preferences.html"
    form_class = PreferencesForm

    @property
    def preferences(self):
        own = Preferences.objects.filter(person=self.request.user).first()
        return own or Preferences(person=self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"preferences": self.preferences}

    def form_valid(self, form):
        preferences = self.preferences
        preferences.language, preferences.silent = form.cleaned_data["language"], form.silent
        preferences.save()
        self.model_admin.message_user(self.request, gettext("Saved."), messages.SUCCESS)
        return HttpResponseRedirect(self.model_admin.list_url)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=gettext("What you are told"),
            has_mail=bool(self.request.user.email),
            list_url=self.model_admin.list_url,
            **kwargs,
        )


class ReadFilter(admin.SimpleListFilter):
    title = _("read")
    parameter_name = "read"

    def lookups(self, request, model_admin):
        return [("0", _("Not read")), ("1", _("Read"))]

    def queryset(self, request, queryset):
        if self.value() in ("0", "1"):
            return queryset.filter(read_at__isnull=self.value() == "0")
        return queryset


@admin.action(description=_("Mark as read"))
def mark_as_read(model_admin, request, queryset):
    queryset.filter(read_at=None).update(read_at=timezone.now())


@admin.register(Notification)
class NotificationAdmin(NamedLists, admin.ModelAdmin):
    """The list of what the user was told."""

    change_list_template = "admin/notifications/change_list.html"
    list_display = ["sentence_column", "note", "at"]
    list_display_links = None
    list_filter = [ReadFilter]
    list_per_page = 50
    actions = [mark_as_read]
    show_facets = admin.ShowFacets.NEVER

    @property
    def list_url(self):
        return reverse("admin:notifications_notification_changelist")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "choice/", wrap(PreferencesView.as_view(model_admin=self)),
                name="notifications_preferences",
            ),
            path("read/", wrap(require_POST(self.read_view)), name="notifications_read"),
            path("<int:pk>/open/", wrap(self.open_view), name="notifications_open"),
            *super().get_urls(),
        ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).filter(person=request.user).select_related("by")

    def open_view(self, request, pk):
        """Lead to what a notification is about, which is read then."""
        told = get_object_or_404(self.get_queryset(request).select_related("content_type"), pk=pk)
        self.get_queryset(request).filter(pk=pk, read_at=None).update(read_at=timezone.now())
        return HttpResponseRedirect(self._address(request, told))

    def _address(self, request, told):
        admin_of = self.admin_site.get_model_admin(told.content_type.model_class())
        edition = admin_of.model.objects.filter(pk=told.edition).first()
        if edition is None:
            sentence = gettext("It is no longer there: somebody discarded it meanwhile.")
            self.message_user(request, sentence, messages.WARNING)
            return self.list_url
        if not admin_of.has_view_or_change_permission(request, edition):
            raise PermissionDenied
        reviews = told.kind == Kind.SUBMITTED and edition.is_draft
        return admin_of.verb_url("publish", edition) if reviews else admin_of.edition_url(edition)

    def read_view(self, request):
        """Mark all as read."""
        self.get_queryset(request).filter(read_at=None).update(read_at=timezone.now())
        return HttpResponseRedirect(self.list_url)

    # Rights: everybody who may sign in has his own, and changes none.

    def has_module_permission(self, request):
        return False  # the way there stands at the head of every page

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # Columns

    @admin.display(description=_("what"))
    def sentence_column(self, told):
        link = format_html(
            '<a href="{}">{}</a>', reverse("admin:notifications_open", args=[told.pk]),
            sentence(told),
        )  # fmt: skip
        if told.read_at:
            return link
        return format_html('<strong>{}</strong> <span class="unread">{}</span>', link, _("new"))
