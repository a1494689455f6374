"""A site behind its cache, in the process of the tests."""

import datetime

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from culturecoop.editions import verbs
from culturecoop.editions.changes import counted
from culturecoop.pagecache.application import PageCache
from culturecoop.pagecache.standing import Standing

HOUR = datetime.timedelta(hours=1)
PAGE = "/agreements/korea/"
factory = RequestFactory(HTTP_HOST="localhost")


class OwnClock:
    """Sees what the transaction of a test has written."""

    def now(self, at):
        return Standing.of(counted(at), at)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status[:3]), dict(headers), body

    @property
    def text(self):
        return self.body.decode()


class Site:
    """The site behind its cache, which counts how often Django was asked."""

    def __init__(self, **options):
        self.django, self.asked = WSGIHandler(), 0
        options = {"most": 10**7, "without_database": 0, "clock": OwnClock()} | options
        self.cached = PageCache(self._django, **options)

    def _django(self, environ, start_response):
        self.asked += 1
        return self.django(environ, start_response)

    def ask(self, path, application=None, **environ):
        given = []
        request = factory.get(path).environ | environ
        response = (application or self.cached)(request, lambda *args: given.extend(args))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return Answer(given[0], given[1], body)

    def plain(self, path):
        """What a site without a cache answers."""
        return self.ask(path, self.django)


def edition_of(korea, title):
    draft = verbs.new_draft(korea)
    draft.texts.update(title=title)
    return draft
