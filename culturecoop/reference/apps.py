from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    name = "culturecoop.reference"
    verbose_name = _("reference data")

    def ready(self):
        # Not from `admin`: that is imported before there is an admin site to register with.
        from . import movedadmin  # noqa: F401
