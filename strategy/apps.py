from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = _("strategy pages")

    def ready(self):
        from . import receivers, searching  # noqa: F401 – what follows, and what can be found
