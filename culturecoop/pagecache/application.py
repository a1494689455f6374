"""The WSGI application before Django's: it answers with pages that are kept, and keeps others."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.http import parse_etags

from .asked import Asked, Environ, asked_with, request_for
from .pages import Headers, Page, Pages, encoding_for, page_of
from .standing import Clock, Standing, Unavailable, clock_of

if TYPE_CHECKING:
    from .shared import SharedPages

Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
MOST = 4 * 1024 * 1024  # bytes of a page; a larger one is rendered each time


class PageCache:
    """Answers requests for public pages, as long as nothing changes that readers see.

    `most` is how many bytes the kept pages may take; `without_database` for how many seconds they
    are answered when the database is away; `shared` are those that other processes keep as well.
    """

    def __init__(
        self,
        application: Application,
        *,
        most: int,
        without_database: int,
        clock: Clock | None = None,
        shared: "SharedPages | None" = None,
    ) -> None:
        self.application, self.pages, self.shared = application, Pages(most), shared
        self.clock = clock or clock_of()
        self.patience = timedelta(seconds=without_database)
        self._last: tuple[datetime, Standing] | None = None

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        asked = asked_with(environ)
        page = asked and self.pages.get(asked)
        public = page or (asked and _is_public(get_path_info(environ)))
        now = timezone.now()
        standing = self._standing(now) if public else None
        if not asked or not standing:
            return self.application(environ, start_response)
        if not page or not _is_right(page, standing, now):
            page = self._of_others(asked, standing, now)
        if page:
            return _sent(page, standing, now, environ, start_response)
        return self._rendered(asked, standing, environ, start_response)

    def _standing(self, now: datetime) -> Standing | None:
        """What readers see now; what they saw last, while the database is away for a short time."""
        try:
            standing = self.clock.now(now)
        except Unavailable:
            known = self._last
            if known and now < min(known[0] + self.patience, known[1].until):
                return replace(known[1], checked=False)
            return None
        self._last = now, standing
        return standing

    def _of_others(self, asked: Asked, standing: Standing, now: datetime) -> Page | None:
        """Return the page that another process has rendered, if any, and keep it."""
        page = self.shared and self.shared.get(asked, standing)
        if not page or not _is_right(page, standing, now):
            return None
        self.pages.keep(asked, page)
        return page

    def _rendered(
        self, asked: Asked, standing: Standing, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        """Let Django answer what is asked, and nothing else of the request; keep a whole page."""
        given: list[Any] = []
        response = self.application(request_for(asked, environ), lambda *args: given.extend(args))
        status, headers, *_rest = given
        if not _may_be_kept(status, headers):
            start_response(status, headers)
            return response if environ["REQUEST_METHOD"] == "GET" else _without_body(response)
        body = _read(response)
        if len(body) > MOST:
            start_response(status, headers)
            return [body] if environ["REQUEST_METHOD"] == "GET" else []
        page = page_of(headers, body, standing.stamp, standing.until, standing.changed)
        self.pages.keep(asked, page)
        if self.shared:
            self.shared.keep(asked, page)
        return _sent(page, standing, timezone.now(), environ, start_response)


def _is_right(page: Page, standing: Standing, now: datetime) -> bool:
    """Whether nothing has changed since a page was rendered, and its end has not come."""
    return page.stamp == standing.stamp and now < page.until


def shared_pages(address: str) -> "SharedPages | None":
    """Return the pages in the Redis at an address. Its library is loaded where there is one."""
    if not address:
        return None
    from .release import release_key
    from .shared import SharedPages

    return SharedPages(address, release_key())


def _sent(
    page: Page, standing: Standing, now: datetime, environ: Environ, start_response: Start
) -> list[bytes]:
    """Answer with a page: 304 where the reader has it already.

    A cache in front may keep no page that could not be checked, nor any beyond its end. Such a page
    is sent once more: nginx takes a 304 that lets it keep the page no longer as leave to keep it as
    long as it was told at first.
    """
    encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    wished = settings.PAGE_SHARED_SECONDS
    shared = page.shared_seconds(wished, now) if standing.checked else 0
    whole = wished and not shared
    if not whole and _has(environ.get("HTTP_IF_NONE_MATCH", ""), page.tag(encoding)):
        start_response("304 Not Modified", page.headers_unchanged(encoding, shared))
        return []
    start_response("200 OK", page.headers_in(encoding, shared))
    return [page.body(encoding)] if environ["REQUEST_METHOD"] == "GET" else []


def _has(known: str, tag: str) -> bool:
    """Whether an If-None-Match names the page; what compressed it again says W/ before its tag."""
    tags = [item.removeprefix("W/") for item in parse_etags(known)] if known else []
    return tag in tags or "*" in tags


@lru_cache(maxsize=1024)
def _is_public(path: str) -> bool:
    """Whether a view at this path says of itself that its page is the same for everybody."""
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return getattr(resolve(path).func, "is_public_page", False)
        except Resolver404:
            return False


def _may_be_kept(status: str, headers: Headers) -> bool:
    """Whether an answer is a page for everybody: whole, without a cookie, a nonce or a refusal."""
    found = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200 ")
        and found.get("cache-control", "").startswith("public")
        and "set-cookie" not in found
        and "content-encoding" not in found
        and "'nonce-" not in found.get("content-security-policy", "")
    )


def _read(response: Iterable[bytes]) -> bytes:
    try:
        return b"".join(response)
    finally:
        _close(response)


def _without_body(response: Iterable[bytes]) -> list[bytes]:
    _close(response)
    return []


def _close(response: Any) -> None:
    if hasattr(response, "close"):
        response.close()
