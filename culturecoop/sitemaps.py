"""Sitemaps for search engines: an index, and files that are cut by the keys of what they list.

The protocol (sitemaps.org) allows 50,000 addresses a file and 50,000 files an index. Django's own
sitemaps page through all rows of a section, so that each file costs as much as all before it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

#: Keys a file: with all languages of the Union it has 24,000 addresses, with a few some thousand.
SIZE = 1000
MOST_FILES = 50_000
SLUG = "a-slug-that-nothing-has"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Sitemap:
    """The addresses of one kind of thing. `key` is the path to its integer key."""

    key = "pk"
    lastmod: str | None = "live_from"

    def rows(self) -> QuerySet[Any]:
        """Return what readers see, a row for each address or for each thing."""
        raise NotImplementedError

    def addresses(self, row: Any) -> Iterable[str]:
        """Return the addresses of a row, beginning with a slash."""
        raise NotImplementedError

    def files(self) -> list[tuple[int, datetime | None]]:
        """Return (number, last change) of each file that lists something."""
        rows = self.rows().order_by().annotate(file=F(self.key) / SIZE)
        if self.lastmod is None:
            return [(n, None) for n in rows.values_list("file", flat=True).distinct()]
        return list(rows.values_list("file").annotate(Max(self.lastmod)).order_by("file"))

    def entries(self, number: int) -> Iterator[tuple[str, datetime | None]]:
        """Yield (address, last change) of what the file of this number lists."""
        changed = attrgetter(self.lastmod.replace("__", ".")) if self.lastmod else lambda row: None
        for row in self.rows_of(number):
            yield from ((address, changed(row)) for address in self.addresses(row))

    def rows_of(self, number: int) -> QuerySet[Any]:
        """Return the rows of the file of this number."""
        first = number * SIZE
        keys = {f"{self.key}__gte": first, f"{self.key}__lt": first + SIZE}
        return self.rows().filter(**keys).order_by(self.key)


def in_each_language(obj: Any, languages: Iterable[str] = ()) -> Iterator[str]:
    """Yield the address of a row in these languages of the site, by default in all."""
    for language in languages or dict(settings.LANGUAGES):
        with translation.override(language):
            yield obj.get_absolute_url()


def address_maker(view: str, field: str, language: str) -> Callable[[str], str]:
    """Return what makes the address of a slug in a language; the resolver is asked but once."""
    with translation.override(language):
        head, tail = reverse(view, kwargs={field: SLUG}).split(SLUG)
    return lambda slug: f"{head}{slug}{tail}"


def index(
    request: HttpRequest, sections: dict[str, Sitemap], kept: Callable[..., Any]
) -> HttpResponse:
    """Name the files of all sections, each with the moment of its last change.

    They are counted once a change: `kept(name, compute)` returns what was computed since.
    """
    return _answer(request, "sitemapindex", "sitemap", kept("sitemap", partial(_files, sections)))


def _files(sections):
    return [
        (reverse("sitemap-file", kwargs={"section": name, "number": number}), changed)
        for name, section in sections.items()
        for number, changed in section.files()
    ]


def file(
    request: HttpRequest, sections: dict[str, Sitemap], section: str, number: int
) -> HttpResponse:
    """List the addresses of one file, which has one at least. Raises Http404 without."""
    known = section in sections and number < MOST_FILES
    entries = list(sections[section].entries(number)) if known else []
    if not entries:
        raise Http404
    return _answer(request, "urlset", "url", entries)


def _answer(request, tag, entry, entries):
    site = request.build_absolute_uri("/").rstrip("/")
    lines = (_line(entry, site + address, changed) for address, changed in entries)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="{NAMESPACE}">\n'
    response = HttpResponse([head, *lines, f"</{tag}>\n"], content_type="application/xml")
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


def _line(entry, address, changed):
    moment = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<{entry}><loc>{escape(address)}</loc>{moment}</{entry}>\n"
