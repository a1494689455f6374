from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SpreadsheetsConfig(AppConfig):
    name = "culturecoop.spreadsheets"
    verbose_name = _("spreadsheets")

    def ready(self):
        from culturecoop.sheets import documents, files  # noqa: F401 – they register their sheets

        autodiscover_modules("resources")
