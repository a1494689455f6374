"""The WSGI callable: `granian --interface wsgi culturecoop.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culturecoop.settings")
application = get_wsgi_application()
