"""The project as an application: its templates, commands and admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.utils.translation import gettext_lazy as _


class CulturecoopConfig(AppConfig):
    name = "culturecoop"
    verbose_name = _("site")


class AdminConfig(StockAdminConfig):
    default_site = "culturecoop.admin.AdminSite"
