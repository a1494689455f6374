"""One page of what was found: its rows, what was understood, and what leads to other pages."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from culturecoop.editions.changes import one_stamp

from .nearby import Understood, other_words
from .query import Query
from .ranking import MOST, Seen, by_thing, hits, live_topics
from .snippets import Marker, Snippet
from .sources import Result, source_named
from .topics import Offer, offers_of

PAGE_SIZE = 20
MOST_OFFERS = 5


@dataclass(frozen=True)
class Row:
    """A result as the list shows it."""

    kind: Any  # what it is, in the reader's language
    result: Result
    title: SafeString
    snippet: Snippet | None

    @property
    def foreign(self) -> str:
        """The language of the title, where it is not the reader's."""
        return self.result.language if self.result.language != get_language() else ""

    @property
    def snippet_foreign(self) -> str:
        """The language of the snippet, where it is not the reader's."""
        language = self.snippet.language if self.snippet else ""
        return language if language != get_language() else ""


class Results:
    """What the page of results needs. What finds nothing is tried with other words."""

    def __init__(self, text: str, page: str = ""):
        self.text, self.at = text, timezone.now()
        self.asked = Query(text)
        self.understood = Understood(self.asked, text)
        self._hits = hits(self.asked, self.at)
        if self.asked and not self._hits:
            self.understood = other_words(self.asked, text, Seen(self.at))
            self._hits = hits(self.query, self.at)
        self.hits = by_thing(self._hits[:MOST], get_language() or "")
        self.paginator = Paginator(self.hits, PAGE_SIZE)
        self.page = self.paginator.get_page(page)

    @property
    def query(self) -> Query:
        """The words that something was found for."""
        return self.understood.query

    @property
    def left_out(self) -> list[str]:
        return self.understood.left_out

    @property
    def count(self) -> int:
        return len(self.hits)

    @property
    def more(self) -> bool:
        """Whether more was found than can be shown."""
        return len(self._hits) > MOST

    @cached_property
    def offers(self) -> list[Offer]:
        """The parties and themes that were named, each with its list in the register.

        Only those that something is about: what the register does not show, it does not filter by.
        """
        return offers_of(live_topics(self.query, self.at))[:MOST_OFFERS]

    @cached_property
    def spelled(self) -> str:
        """The words that something was found for instead, as what was found writes them; or ""."""
        if not self.understood.spelled_so:
            return ""
        snippets = [strip_tags(row.snippet.html) for row in self.rows if row.snippet]
        titles = [row.result.title for row in self.rows]
        labels = [offer.label for offer in self.offers]
        return self.understood.spelled(labels + titles + snippets)

    @cached_property
    @one_stamp()
    def rows(self) -> list[Row]:
        """The results of this page, read in a fixed number of queries for each kind of thing."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for hit in self.page:
            wanted[hit.kind].add(hit.object_id)
        found = {
            (kind, pk): result
            for kind, pks in wanted.items()
            for pk, result in source_named(kind).results(pks).items()
        }
        marker = Marker(self.query)
        keys = [(hit.kind, hit.object_id) for hit in self.page]
        return [_row(key[0], found[key], marker) for key in keys if key in found]

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        """Return (number or None for a gap, address) of the pagination."""
        numbers = self.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [(n, self._url(n)) if isinstance(n, int) else (None, "") for n in numbers]

    @property
    def previous_url(self) -> str:
        return self._url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(self.page.number + 1) if self.page.has_next() else ""

    def _url(self, number):
        return reverse("search", query={"q": self.text, **({"page": number} if number > 1 else {})})


def _row(kind, result, marker):
    return Row(
        result.kind or source_named(kind).label,
        result,
        marker.marked(result.title, result.language),
        marker.snippet(result.passages, get_language()),
    )
