"""The filters of the register: what a reader may ask for in its address."""

import datetime
from array import array
from collections import Counter
from functools import partial

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culturecoop.counting import counts_up_to
from culturecoop.editions.changes import current_stamp, kept
from culturecoop.search.query import Query

from .choices import choices
from .entries import CURRENT, RegisterEntry, RegisterTitle
from .filterform import LEFT_OUT, RegisterForm, YearFilter, choice_filter
from .models import AgreementKind, Event
from .searching import editions_found, other_words_for
from .vocabulary import ENDING, STANDINGS, STATUS_CHOICES

#: A list is counted and paged through up to so many agreements.
MOST = 10_000
#: So many, all that can be counted, are sorted when they are found; of more, the first are found in
#: the order of an index.
FEW = 10_000
#: Words that so few editions have lead to these; of others, entries are asked whether they have.
FEW_FOUND = 2_000
#: The party is one and the same: PostgreSQL reads an index in its order only when it is named.
SORTS = {
    "newest": ["-party_id", "-since", "slug"],
    "oldest": ["party_id", "pending", "since", "slug"],
}


def has_standing(code):
    """Return the condition "has what STATUS_CHOICES call `code`" of entries."""
    return Q(ending=True) if code == ENDING else Q(standing=code)


class RegisterFilter(django_filters.FilterSet):
    """Live agreements as a reader asks for them. A filter that is not valid is left out."""

    words = django_filters.CharFilter(
        label=_("Words"), method="having_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    party = choice_filter(_("Party"), _("All parties"), method="having_party")
    kind = choice_filter(_("Kind"), _("All kinds"), choices=AgreementKind)
    theme = choice_filter(_("Theme"), _("All themes"), method="of_theme")
    status = choice_filter(
        _("Status"), _("Any status"), choices=STATUS_CHOICES, method="having_status"
    )  # fmt: skip
    on = django_filters.DateFilter(
        label=_("On the day"), method="on_the_day", input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": LEFT_OUT["day"]},
    )  # fmt: skip
    year_from = YearFilter(_("Events from the year"), method="from_year")
    year_to = YearFilter(_("to the year"), method="to_year")
    sort = choice_filter(
        pgettext_lazy("order of a list", "Order"),
        pgettext_lazy("order of a list", "Latest change first"),
        method="in_order",
        choices=[
            ("oldest", pgettext_lazy("order of a list", "Earliest change first")),
            ("title", pgettext_lazy("order of a list", "Title")),
        ],
    )

    class Meta:
        model = RegisterEntry
        fields = []
        form = RegisterForm

    def __init__(self, data=None):
        self.stamp = current_stamp()  # before `live`: it is not newer than what is kept under it
        super().__init__(data, RegisterEntry.objects.live())
        self.choices = choices()
        self.filters["party"].extra["choices"] = self.choices.party_names
        self.filters["theme"].extra["choices"] = self.choices.theme_names

    @property
    def parties(self):
        """{id: Party} of those that can be chosen."""
        return self.choices.parties

    # Filtering ---------------------------------------------------------------------------

    @property
    def chosen(self):
        """{name: value} of what the reader asks for, as far as it is valid."""
        self.errors  # noqa: B018 (validates)
        return self.form.cleaned_data

    @property
    def chosen_day(self):
        """The day on the law's clock that the reader chose, or None."""
        return self.chosen.get("on")

    @cached_property
    def day(self):
        return self.chosen_day or timezone.localdate()

    @cached_property
    def subject(self):
        """The id of the party whose status is asked for; None: that of the whole agreement."""
        code = self.chosen.get("party")
        return next((pk for pk, party in self.parties.items() if party.code == code), None)

    def filter_queryset(self, queryset):
        return self._of_status(self.of_any_status)

    @cached_property
    def of_any_status(self):
        """What all filters but that of the status leave: what is counted by status."""
        return self._filtered(self.queryset.on(self.day, self.subject, self._leading))

    @property
    def _leading(self):
        """The column that leads to few entries: see `RegisterEntryQuerySet.on`."""
        if isinstance(self._found, list):
            return "edition"
        return "since" if self._is_early else "until"

    @cached_property
    def other_words(self):
        """What is meant by words that no agreement has, as Understood; or None."""
        if words := self.chosen.get("words"):
            return self._kept("words", partial(other_words_for, words, self.day), "words")
        return None

    @cached_property
    def _found(self):
        """The editions that have the words: their ids, of more than FEW_FOUND a subquery."""
        if not (words := self.chosen.get("words")):
            return None
        other = self.other_words
        rows = editions_found(other.query if other else Query(words, self.day))
        ids = list(rows.values_list("object_id", flat=True)[: FEW_FOUND + 1])
        return ids if len(ids) <= FEW_FOUND else rows

    @cached_property
    def _is_early(self):
        """Whether few agreements had begun on the day that was chosen."""
        if not self.chosen_day:
            return False
        begun = RegisterEntry.objects.filter(CURRENT, party=self.subject, since__lte=self.day)
        return not begun.begun()[MOST : MOST + 1].exists()

    def _filtered(self, queryset):
        for name, value in self.chosen.items():
            if name != "status":
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def _of_status(self, queryset):
        return self.filters["status"].filter(queryset, self.chosen.get("status"))

    def having_words(self, queryset, _name, _text):
        return queryset.filter(edition__in=self._found)

    def having_party(self, queryset, _name, _code):
        return queryset  # the entries are those of the party: see `subject`

    def having_status(self, queryset, _name, code):
        return queryset.filter(has_standing(code))

    def of_theme(self, queryset, _name, slug):
        return queryset.of_theme(self.choices.themes[slug].pk)

    def on_the_day(self, queryset, _name, _day):
        return queryset.begun()

    def from_year(self, queryset, _name, year):
        last = self.chosen.get("year_to")
        return queryset.filter(_has_event_between(year, last) if last else Q(last_year__gte=year))

    def to_year(self, queryset, _name, year):
        if self.chosen.get("year_from"):
            return queryset  # `from_year` has looked at both
        return queryset.filter(first_year__lte=year)

    def in_order(self, queryset, _name, _order):
        return queryset  # see `_ids`

    # The list ----------------------------------------------------------------------------

    def ids_at(self, places):
        """Return the ids of the editions at some places, a range, in the order asked for.

        They are read once a change: of a short list all, of a longer one those of this page.
        """
        if not places:
            return []
        if self.count <= FEW:
            return self._kept("all", self._read, *self.chosen)[places.start : places.stop]
        return self._kept(f"{places}", partial(self._read, places.start, places.stop), *self.chosen)

    def all_ids(self):
        """Return the ids of all editions that match, also of those that no page leads to."""
        return self.ids_at(range(self.count)) if self.count <= FEW else self._read()

    def _read(self, start=None, stop=None):
        return array("q", self._ids[start:stop])  # numbers of eight bytes

    @cached_property
    def _ids(self):
        """The ids of the editions that match all filters in the order that was asked for."""
        order = self.chosen.get("sort") or "newest"
        few = self.count <= FEW
        found = RegisterEntry.objects.filter(pk__in=self._few) if few else self.qs
        if order == "newest" and not few:
            found = found.filter(since__lte=self.day)
        if order != "title":
            return found.order_by(*SORTS[order]).values_list("edition", flat=True)
        titles = RegisterTitle.objects.filter(language=get_language(), edition=OuterRef("edition"))
        if few:
            found = found.annotate(title=Subquery(titles.values("key")[:1]))
            return found.order_by("title", "slug").values_list("edition", flat=True)
        found = self.queryset.on(self.day, self.subject, "edition")
        found = Exists(self._of_status(self._filtered(found)).filter(edition=OuterRef("edition")))
        titles = RegisterTitle.objects.filter(found, language=get_language())
        return titles.order_by("key", "pk").values_list("edition", flat=True)

    def _kept(self, what, compute, *names):
        """Return what `compute` gives for the filters of these names, once until a change."""
        asked = [(name, str(self.chosen[name])) for name in names if self.chosen[name]]
        about = (what, asked, self.day, timezone.localdate(), get_language())
        return kept(f"register {about}", compute, self.stamp)

    @property
    def _few(self):
        """The ids of the entries that match, found by the index that counts them."""
        found = self.qs.by_standing() if self._leading == "until" else self.qs
        return found.values("pk")

    # Counts ------------------------------------------------------------------------------

    @cached_property
    def counts(self):
        """{code of STATUS_CHOICES: number, up to MOST + 1} of what the other filters leave.

        Each agreement is counted once, and once more where it is ending.
        """
        others = self.chosen.keys() - {"status", "sort"}
        return self._kept("counts", self._counts, *sorted(others))

    def _counts(self):
        if self._found is not None or self._leading != "until":  # read once for all statuses
            return self._counted_together()
        counted = counts_up_to(
            MOST, self.of_any_status, "standing", STANDINGS, has_standing(ENDING)
        )
        return Counter(dict(zip([*STANDINGS, ENDING], counted, strict=True)))

    def _counted_together(self):
        counts = Counter()
        rows = self.of_any_status
        if self._leading == "until":
            rows = rows.by_standing()
        rows = rows.order_by().values_list("standing")
        for standing, number, ending in rows.annotate(
            n=Count("pk"), ending=Count("pk", filter=Q(ending=True))
        ):
            counts[standing] += number
            counts[ENDING] += ending
        return counts

    @property
    def total(self):
        return sum(self.counts.values()) - self.counts[ENDING]

    @property
    def count(self):
        """How many agreements match all filters; more than MOST is only "more"."""
        status = self.chosen.get("status")
        return self.counts[status] if status else self.total


def _has_event_between(first, last):
    """Return the condition "has an event from the year `first` to the year `last`" of entries.

    The years of the first and the last event mostly tell; else the events are looked at.
    """
    between = Event.objects.filter(edition=OuterRef("edition"), date__gte=f"{first:04}")
    if last < datetime.MAXYEAR:  # dates are text that begins with the year in four digits
        between = between.filter(date__lt=f"{last + 1:04}")
    around = Q(first_year__lt=first, last_year__gt=last)
    return (
        Q(first_year__range=(first, last))
        | Q(last_year__range=(first, last))
        | around & Exists(between)
    )
