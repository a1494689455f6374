"""The admin site: the stock one with the site's own name and colours, its index a working desk."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import JavaScriptCatalog, set_language

from culturecoop.accounts.forms import OwnPasswordForm, SignInForm
from culturecoop.desk import trays_of
from culturecoop.editions.admin import DATE_ADDRESS, EditionAdmin, said_date
from culturecoop.notifications.models import Preferences
from culturecoop.reference.admin import ReferenceAdmin
from culturecoop.texts import whole_number
from culturecoop.unsaved.views import session

SCRIPTS_OF = ["django.contrib.admin", "django_prose_editor", "content_editor"]


class ScriptWords(JavaScriptCatalog):
    """The words of Django's scripts, of the editors, and what not all of these have in French."""

    packages = SCRIPTS_OF

    def get_catalog(self):
        own = {"Hide": gettext("Hide"), "Show": gettext("Show")}
        return own | super().get_catalog()


def choose_language(request, code):
    """Remember the language of the admin, as Django's view does with the one that is posted.

    Notifications by mail are in it from then on.
    """
    if code in dict(settings.LANGUAGES):
        Preferences.objects.update_or_create(person=request.user, defaults={"language": code})
    request.POST = request.POST.copy()
    request.POST["language"] = code
    return set_language(request)


class AdminSite(admin.AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Desk")
    login_form = SignInForm

    def get_urls(self):
        address = "r/<path:content_type_id>/<path:object_id>/"
        return [
            path(address, self.admin_view(self.on_site_view), name="view_on_site"),
            path("date/", self.admin_view(said_date), name=DATE_ADDRESS),
            path(
                "language/<slug:code>/",
                self.admin_view(require_POST(choose_language)),
                name="language",
            ),
            path("session/", session, name="session"),
            path(
                "signed-in/", self.admin_view(require_safe(self.signed_in_view)), name="signed_in"
            ),
            *super().get_urls(),
        ]

    def signed_in_view(self, request):
        """Tell who has signed in beside a form to go on with that."""
        context = {**self.each_context(request), "title": gettext("Signed in")}
        return TemplateResponse(request, "admin/unsaved/signed_in.html", context)

    def on_site_view(self, request, content_type_id, object_id):
        """To where readers see something; for who may see it here, and when readers may.

        Django's own view asks for no right, and so reveals the address of any draft.
        """
        kind = ContentType.objects.filter(pk=whole_number(content_type_id)).first()
        admin_of = kind and self._registry.get(kind.model_class())
        found = admin_of and admin_of.get_object(request, object_id)
        if not (found and admin_of.has_view_permission(request, found)):
            raise Http404
        try:
            return shortcut(request, content_type_id, object_id)
        except NoReverseMatch as nowhere:
            raise Http404 from nowhere

    def index(self, request, extra_context=None):
        trays = self.trays(request)
        full = [tray for tray in trays if tray.rows]
        context = {
            "desk": trays,
            "full": full,
            "counted": [tray for tray in full if tray.label],
            "empty": [tray for tray in trays if not tray.rows],
            "adding": self.adding(request),
        }
        return super().index(request, {**context, **(extra_context or {})})

    def i18n_javascript(self, request, extra_context=None):
        """Django's own knows the words of its scripts alone, not those of the editors."""
        return ScriptWords.as_view()(request)

    def password_change(self, request, extra_context=None):
        """Django's own, but for the form: it asks the old password within the limits."""
        request.current_app = self.name
        return PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)

    def get_app_list(self, request, app_label=None):
        """What is edited most first: the settings list the building blocks before the apps."""
        order = {config.label: place for place, config in enumerate(apps.get_app_configs())}
        found = super().get_app_list(request, app_label)
        return sorted(found, key=lambda app: -order[app["app_label"]])

    def edition_admins(self, request):
        """The admins of editions that the user may look into."""
        return [
            admin_of
            for admin_of in self._registry.values()
            if isinstance(admin_of, EditionAdmin) and admin_of.has_view_permission(request)
        ]

    def trays(self, request):
        """The trays of the desk: what reference data asks for, editions, then their upkeep."""
        editions = self.edition_admins(request)
        reference = [a for a in self._registry.values() if isinstance(a, ReferenceAdmin)]
        upkeep = [tray for one in (*editions, *reference) for tray in one.upkeep_trays(request)]
        return [
            *(tray for admin_of in reference for tray in admin_of.desk_trays(request)),
            *trays_of(editions, request.user, upkeep),
        ]

    def adding(self, request):
        """Short ways to begin something: [(address, label)]."""
        return [
            (model["add_url"], _("Add %(what)s") % {"what": model["model"]._meta.verbose_name})
            for app in self.get_app_list(request)
            for model in app["models"]
            if model["add_url"] and app["app_label"] != "auth"
        ]
