"""One page of the register: its rows, its counts, and what leads to other pages of it."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from culturecoop.clock import Reading
from culturecoop.datewords import in_words
from culturecoop.search.topics import offers_of

from .filters import MOST
from .rows import rows_of
from .vocabulary import STATUS_CHOICES

PAGE_SIZE = 25
#: The formats in which everybody may take a list away.
DOWNLOADS = ("csv", "xlsx", "ods", "json")


@dataclass(frozen=True)
class Facet:
    """A status with the number of agreements that have it, and the address that shows them."""

    label: str
    count: str
    url: str
    current: bool


@dataclass(frozen=True)
class ActiveFilter:
    """A filter that is set, and the address without it."""

    label: str
    value: str
    url: str


def counted(number):
    """Return a number as a list says it; of more than MOST only that they are more."""
    return f"{intcomma(MOST)}+" if number > MOST else intcomma(number)


def download_url(kind, query=None):
    """Return the address of the file that holds a list."""
    return reverse("agreements:download", kwargs={"kind": kind}, query=query or None)


class Register:
    """What the template of the register needs."""

    def __init__(self, filters, query):
        self.filters, self.query = filters, query
        self.form = filters.form
        self.count = filters.count
        self.paginator = Paginator(range(min(self.count, MOST)), PAGE_SIZE)
        self.page = self.paginator.get_page(self.query.get("page"))

    @cached_property
    def reading(self):
        return Reading(day=self.filters.day, dated=self.filters.chosen_day is not None)

    @cached_property
    def rows(self):
        filters = self.filters
        ids = filters.ids_at(self.page.object_list)
        return rows_of(ids, self.reading, filters.subject)

    @property
    def counted(self):
        """How many agreements match, in words where they are too many to be counted."""
        return counted(self.count)

    @property
    def has_more(self):
        """Whether there are agreements that no page of the list leads to."""
        return self.count > MOST

    @property
    def most(self):
        """How many agreements the pages of a list lead to at most."""
        return intcomma(MOST)

    @cached_property
    def subject(self):
        """The name of the party whose status the list shows, "" for the whole agreements."""
        party = self.filters.parties.get(self.filters.subject)
        return party.display_name if party else ""

    @property
    def other_words(self):
        """What was asked for in the place of words that no agreement has, as Understood; or None.

        Where another filter leaves nothing, it is not the words that are at fault.
        """
        return self.filters.other_words if self.count else None

    @property
    def spelled(self):
        """The words that agreements were found for instead, as the list writes them; or ""."""
        names = [offer.label for offer in offers_of(self.other_words.query.topics)]
        return self.other_words.spelled([*names, *(row.title for row in self.rows)])

    @property
    def indexable(self):
        """Only the plain list and its pages: each set of filters is the same list once more."""
        return not set(self.query) - {"page"}

    @cached_property
    def facets(self):
        """The statuses that occur, in the order of an agreement's life."""
        counts, current = self.filters.counts, self.form.cleaned_data.get("status")
        everything = Facet(
            pgettext("agreements", "All"),
            counted(self.filters.total),
            self.url(status=None),
            not current,
        )
        return [everything] + [
            Facet(label, counted(counts[code]), self.url(status=code), code == current)
            for code, label in STATUS_CHOICES if counts.get(code)
        ]  # fmt: skip

    @cached_property
    def active(self):
        """The filters that are set and valid, in the order of the form."""
        chosen = self.form.cleaned_data
        return [
            ActiveFilter(str(self.form.fields[name].label), self._shown(name, value),
                         self.url(**{name: None}))
            for name, value in chosen.items() if value not in (None, "") and name != "sort"
        ]  # fmt: skip

    def _shown(self, name, value):
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        if value in choices:
            return str(choices[value])
        return in_words(value) if name == "on" else str(value)

    def url(self, **changed):
        """This list with other filters, from its first page on; None takes a filter out."""
        query = self._asked | changed
        query = {name: value for name, value in query.items() if value is not None}
        return reverse("agreements:register", query=query or None)

    @property
    def _asked(self):
        return {k: v for k, v in self.query.items() if v and k in self.form.cleaned_data}

    @property
    def downloads(self):
        """[(name of a format, address)] of the files that hold this list as a whole."""
        return [(kind.upper(), download_url(kind, self._asked)) for kind in DOWNLOADS]

    @property
    def today_url(self):
        return self.url(on=None)

    @property
    def more_at_fault(self):
        """Whether a fault is shown beside a field that stands under "More filters"."""
        return bool(self.form.errors)

    @property
    def page_fault(self):
        """What was wrong with the page number; the nearest page is shown."""
        wanted = self.query.get("page", "")
        if not wanted or wanted == str(self.page.number):
            return ""
        sentence = _("There is no page “%(wanted)s” of this list; this is page %(number)s.")
        return sentence % {"wanted": wanted[:20], "number": self.page.number}

    @cached_property
    def pages(self):
        """[(number or None for a gap, address)] of the pagination."""
        numbers = self.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [(n, self.page_url(n)) if isinstance(n, int) else (None, "") for n in numbers]

    def page_url(self, number):
        return self.url(**({"page": number} if number > 1 else {}))

    @property
    def previous_url(self):
        return self.page_url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self):
        return self.page_url(self.page.number + 1) if self.page.has_next() else ""
