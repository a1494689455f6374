from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "culturecoop.editions"
    verbose_name = _("editions")

    def ready(self):
        from . import checks, receivers  # noqa: F401 – they register what they hold
