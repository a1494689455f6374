from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "culturecoop.documents"
    verbose_name = _("documents")

    def ready(self):
        from . import listing, searching  # noqa: F401 – they follow what is saved
