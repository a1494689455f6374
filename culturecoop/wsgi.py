"""The WSGI callable: `granian --interface wsgi culturecoop.wsgi:application`."""

import os

import django
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application


class Request(WSGIRequest):
    """Django leaves out an encoding that nobody knows, and fails on one that is none of text."""

    def _set_content_type_params(self, meta):
        try:
            super()._set_content_type_params(meta)
        except (LookupError, UnicodeError):
            self.encoding = None


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culturecoop.settings")
django.setup(set_prefix=False)

from culturecoop.start import begin  # noqa: E402 – it asks the applications

begin()
application = get_wsgi_application()
application.request_class = Request
