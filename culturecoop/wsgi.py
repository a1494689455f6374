"""The WSGI callable: `granian --interface wsgi culturecoop.wsgi:application`."""

import gc
import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culturecoop.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402

from culturecoop.pagecache.application import PageCache, shared_pages  # noqa: E402 – models
from culturecoop.requests import Request  # noqa: E402
from culturecoop.start import begin  # noqa: E402 – it asks the applications

begin()
application = get_wsgi_application()
application.request_class = Request
if settings.PAGE_CACHE_BYTES:
    application = PageCache(
        application,
        most=settings.PAGE_CACHE_BYTES,
        without_database=settings.PAGE_WITHOUT_DATABASE_SECONDS,
        shared=shared_pages(settings.CACHE_URL),
    )
gc.collect()
gc.freeze()  # what is loaded by now stays: no search for garbage goes through it again
