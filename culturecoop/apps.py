"""The project as an application: its templates, commands and admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CulturecoopConfig(AppConfig):
    name = "culturecoop"
    verbose_name = _("site")

    def ready(self):
        from . import checks  # noqa: F401 – it registers them
        from .roles import make_roles

        post_migrate.connect(make_roles, dispatch_uid="culturecoop.roles")


class AdminConfig(StockAdminConfig):
    default_site = "culturecoop.admin.AdminSite"
