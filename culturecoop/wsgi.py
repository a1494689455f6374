"""The WSGI callable: `granian --interface wsgi culturecoop.wsgi:application`."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culturecoop.settings")
django.setup(set_prefix=False)

from culturecoop.requests import Request  # noqa: E402
from culturecoop.start import begin  # noqa: E402 – it asks the applications

begin()
application = get_wsgi_application()
application.request_class = Request
