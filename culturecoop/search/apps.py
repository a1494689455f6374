from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "culturecoop.search"
    verbose_name = _("search")

    def ready(self) -> None:
        from . import receivers  # noqa: F401 – it registers what it holds
