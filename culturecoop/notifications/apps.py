from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "culturecoop.notifications"
    verbose_name = _("notifications")

    def ready(self):
        from . import receivers  # noqa: F401 – they register what they hold
