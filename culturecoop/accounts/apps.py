"""The application of accounts: it receives the signals of Django about users."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "culturecoop.accounts"
    label = "accounts"
    verbose_name = _("log")

    def ready(self):
        from . import guards, signals  # noqa: F401 – they connect their receivers
