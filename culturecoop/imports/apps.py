from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "culturecoop.imports"
    label = "spreadsheets"  # the tables, permissions and addresses are called so
    verbose_name = _("spreadsheets")

    def ready(self):
        from culturecoop.sheets import documents, files  # noqa: F401 – they register their sheets

        autodiscover_modules("resources")
