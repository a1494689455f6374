from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("register of agreements")

    def ready(self):
        from . import checks, receivers, searching  # noqa: F401 – they register what they hold
