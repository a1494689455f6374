"""The titles of pages for menus, navigation paths and links: those of menus are kept."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from culturecoop.editions.changes import kept

from .models import Page, PageEdition


@dataclass(frozen=True)
class PageTitle:
    """A live page as others point to it: in the reader's language, else in its own."""

    page: Page
    title: str
    language: str

    @property
    def url(self):
        return self.page.get_absolute_url()

    @property
    def foreign(self):
        """Its language, where it is not the reader's."""
        return self.language if self.language != get_language() else ""


class Titles:
    """The titles of the pages in menus, of those above `page`, and of those with ids in `linked`.

    What is not live has no title here, and so no link leads to it.
    """

    def __init__(self, page=None, linked=()):
        self._titles = kept(f"menus {get_language()}", _in_menus)
        self._above = _paths_above(page) if page else []
        known = {title.page.path for title in self._titles.values()}
        if set(self._above) - known or set(linked) - self._titles.keys():
            wanted = Q(page__path__in=self._above) | Q(page__in=linked)
            self._titles = self._titles | _best(wanted)

    def of(self, page_id):
        return self._titles.get(page_id)

    @property
    def above(self):
        """The navigation path: the pages above, the home page first."""
        return self._at(self._above)

    @property
    def home(self):
        """The navigation path of what is no page: just the home page."""
        return self._at([""])

    def _at(self, paths):
        by_path = {title.page.path: title for title in self._titles.values()}
        return [by_path[path] for path in paths if path in by_path]

    @property
    def header(self):
        return self._in_menu(Page.Menu.HEADER)

    @property
    def footer(self):
        return self._in_menu(Page.Menu.FOOTER)

    def _in_menu(self, menu):
        found = [title for title in self._titles.values() if title.page.menu == menu]
        return sorted(found, key=lambda title: (title.page.position, title.page.path))


def _paths_above(page):
    """["", "a", "a/b"] for the page at "a/b/c"; nothing for the home page."""
    parts = page.path.split("/") if page.path else []
    return ["/".join(parts[:length]) for length in range(len(parts))]


def _in_menus():
    """Return {page id: PageTitle} of the home page and of those in menus."""
    return _best(~Q(page__menu=Page.Menu.NONE) | Q(page__path=""))


def _best(wanted):
    """Return {page id: PageTitle}, in the reader's language, else the source language, else any."""
    found = {}
    editions = PageEdition.objects.live().filter(wanted).select_related("page")
    for edition in sorted(editions.only("language", "title", "page"), key=_rank):
        title = PageTitle(edition.page, edition.title, edition.language)
        found.setdefault(edition.page_id, title)
    return found


def _rank(edition):
    return (edition.language != get_language(), edition.is_translation)
