"""What a public page is asked with: the only parts of a request that it may depend on."""

import re
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host

Environ = dict[str, Any]

#: What others add to addresses to follow readers about; no page looks at it.
TRACKING = re.compile(
    r"(utm|pk|mtm|matomo|piwik|hsa|mc)_\w+|_?(ga|gl|hsenc|hsmi)|"
    r"(fb|g|dcl|gb|wb|ms|tw|y|li_fat_|igsh)(cl)?id"
)
MOST = 2000  # characters of a path, or a query; who asks with more is answered by Django
MOST_OF_A_HOST = 255
#: What goes on to Django, beside the host: nothing that a reader can set otherwise.
PASSED_ON = re.compile(r"wsgi\..*|SERVER_\w+|SCRIPT_NAME|PATH_INFO|REMOTE_\w+")


class Asked(NamedTuple):
    """What a page is kept under. `root` and `path` are as WSGI has them, `query` is in order."""

    scheme: str
    host: str
    root: str
    path: str
    query: str


def asked_with(environ: Environ) -> Asked | None:
    """Return what a request asks with, or None where no page that is kept may answer it."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
        return None
    host, query = environ.get("HTTP_HOST", "").lower(), environ.get("QUERY_STRING", "")
    root, path = environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"]
    if len(host) > MOST_OF_A_HOST or max(len(path), len(query)) > MOST:
        return None
    ordered = in_order(query)
    if ordered is None or not _is_ours(host):
        return None
    return Asked(_scheme(environ), host, root, path, ordered)


def request_for(asked: Asked, environ: Environ) -> Environ:
    """Return the request that Django answers: with what the page is kept under, and no more."""
    found = {name: value for name, value in environ.items() if PASSED_ON.fullmatch(name)}
    found |= {"REQUEST_METHOD": "GET", "HTTP_HOST": asked.host, "QUERY_STRING": asked.query}
    if _scheme_header() in environ:
        found[_scheme_header()] = asked.scheme
    return found


@lru_cache(maxsize=2048)
def in_order(query: str) -> str | None:
    """Return a query in the order of its names, without tracking; None for one that is odd."""
    if not query.isascii():
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    except ValueError:
        return None
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    return urlencode(sorted(kept, key=itemgetter(0)))


@lru_cache(maxsize=256)
def _is_ours(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _scheme(environ: Environ) -> str:
    """As Django reads it: what the proxy says, where one is believed."""
    said = environ.get(_scheme_header())
    if said is None:
        return environ["wsgi.url_scheme"]
    return "https" if said.split(",", 1)[0].strip() == "https" else "http"


def _scheme_header() -> str:
    return (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
