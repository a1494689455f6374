"""The settings of production, but for static files: those of the checkout, without compression."""

from culturecoop.settings import *  # noqa: F403
from culturecoop.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
