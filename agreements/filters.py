"""The filters of the register: what a reader may ask for in its address."""

import datetime
from collections import Counter

import django_filters
from django import forms
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culturecoop.texts import sort_key

from .models import (
    AgreementEdition,
    AgreementKind,
    AgreementParty,
    Event,
    Membership,
    Party,
    Theme,
)
from .reading import join_status, with_event_by, with_title
from .searching import editions_found
from .vocabulary import NO_STATUS, Status

SORTS = {
    "newest": [F("current__since").desc(nulls_last=True), "agreement__slug"],
    "oldest": [F("current__since").asc(nulls_last=True), "agreement__slug"],
}
ENDING, UNCERTAIN, NONE = "ending", "uncertain", "none"
#: What can be asked for, in the order of an agreement's life. A status takes what is certain.
STATUS_CHOICES = [
    *Status.choices,
    (ENDING, _("in effect, but ending")),
    (UNCERTAIN, _("uncertain")),
    (NONE, NO_STATUS),
]
IS_ENDING = Q(current__ends__gt="") | Q(current__notice__isnull=False)


def has_status(code):
    """Return the condition "has what STATUS_CHOICES call `code`" for editions of `join_status`."""
    if code == ENDING:
        return IS_ENDING
    if code == UNCERTAIN:
        return Q(current__uncertain=True)
    certain = Q(current__uncertain=False) | Q(current__uncertain__isnull=True)
    if code == NONE:
        return certain & (Q(current__status__isnull=True) | Q(current__status=""))
    return certain & Q(current__status=code)


LEFT_OUT = {
    "choice": _("“%(value)s” is not one of the choices; this filter was left out."),
    "day": _("This is not a day. Write year-month-day, like 2012-12-31; you see today’s state."),
    "year": _("Write a year in four digits, like 2012; this filter was left out."),
}


def choice_filter(label, empty_label, **kwargs):
    messages = {"invalid_choice": LEFT_OUT["choice"]}
    return django_filters.ChoiceFilter(
        label=label, empty_label=empty_label, error_messages=messages, **kwargs
    )


class YearFilter(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, label, method):
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), LEFT_OUT["year"])
        limits = {"min_value": 1, "max_value": datetime.MAXYEAR, "error_messages": messages}
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "autocomplete": "off"})
        super().__init__(label=label, method=method, widget=widget, **limits)


class RegisterForm(forms.Form):
    """The form of the register. What it does not understand is shown beside the field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first and last and last < first:
            self.add_error("year_to", _("This year is before the first; it was left out."))
        return cleaned


class RegisterFilter(django_filters.FilterSet):
    """Live agreements as a reader asks for them. A filter that is not valid is left out."""

    words = django_filters.CharFilter(
        label=_("Words"), method="having_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    party = choice_filter(_("Party"), _("All parties"), method="having_party")
    kind = choice_filter(_("Kind"), _("All kinds"), choices=AgreementKind)
    theme = choice_filter(_("Theme"), _("All themes"), field_name="themes__slug")
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
        choices=[
            ("oldest", pgettext_lazy("order of a list", "Earliest change first")),
            ("title", pgettext_lazy("order of a list", "Title")),
        ],
    )

    class Meta:
        model = AgreementEdition
        fields = []
        form = RegisterForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        themes = Theme.objects.prefetch_related("names")
        self.filters["party"].extra["choices"] = _choices(self.parties.values(), "code")
        self.filters["theme"].extra["choices"] = _choices(themes, "slug")

    # What may be chosen ------------------------------------------------------------------

    @cached_property
    def parties(self):
        """{id: Party} of those of live agreements, and of the members of such groupings."""
        live = AgreementParty.objects.filter(edition__in=AgreementEdition.objects.live())
        sides = live.filter(party=OuterRef("pk"))
        members = Membership.objects.filter(
            member=OuterRef("pk"), grouping__in=live.values("party")
        )
        found = Party.objects.filter(Exists(sides) | Exists(members)).prefetch_related("names")
        return {party.pk: party for party in found}

    # Filtering ---------------------------------------------------------------------------

    @cached_property
    def chosen_day(self):
        """The day on the law's clock that the reader chose, or None."""
        self.errors  # noqa: B018 (validates)
        return self.form.cleaned_data.get("on")

    @cached_property
    def day(self):
        return self.chosen_day or timezone.localdate()

    def filter_queryset(self, queryset):
        """Apply all filters; `of_any_status` keeps what the counts by status are made of."""
        chosen = dict(self.form.cleaned_data)
        status, sort = chosen.pop("status", ""), chosen.pop("sort", "")
        queryset = join_status(queryset, self.day, self.subject)
        for name, value in chosen.items():
            queryset = self.filters[name].filter(queryset, value)
        self.of_any_status = queryset
        queryset = self.filters["status"].filter(queryset, status)
        return self.sorted_by(queryset, "sort", sort or "newest")

    @cached_property
    def subject(self):
        """The id of the party whose status is asked for; None: that of the whole agreement."""
        code = self.form.cleaned_data.get("party")
        return next((pk for pk, party in self.parties.items() if party.code == code), None)

    def having_status(self, queryset, _name, code):
        return queryset.filter(has_status(code))

    def having_words(self, queryset, _name, text):
        return queryset.filter(pk__in=editions_found(text))

    def having_party(self, queryset, _name, code):
        """Agreements of a party, also through a grouping that it is a member of on the day."""
        member = Membership.objects.filter(
            Q(since__isnull=True) | Q(since__lte=self.day),
            Q(until__isnull=True) | Q(until__gt=self.day),
            member__code=code,
        )
        sides = AgreementParty.objects.filter(
            Q(party__code=code) | Q(party__in=member.values("grouping")), edition=OuterRef("pk")
        )
        return queryset.filter(Exists(sides))

    def on_the_day(self, queryset, _name, day):
        return with_event_by(queryset, day)

    def from_year(self, queryset, _name, year):
        last = self.form.cleaned_data.get("year_to")
        return queryset.filter(Exists(_events_in(year, last)))

    def to_year(self, queryset, _name, year):
        if self.form.cleaned_data.get("year_from"):
            return queryset  # `from_year` has looked at both
        return queryset.filter(Exists(_events_in(None, year)))

    def sorted_by(self, queryset, _name, order):
        if order == "title":
            return with_title(queryset).order_by("title", "agreement__slug")
        return queryset.order_by(*SORTS[order])

    # Counts ------------------------------------------------------------------------------

    @cached_property
    def counts(self):
        """{code of STATUS_CHOICES: number} of what the other filters leave.

        Each agreement is counted once, and once more where it is ending.
        """
        self.qs  # noqa: B018 (filters)
        rows = self.of_any_status.order_by().values_list("current__status", "current__uncertain")
        counts = Counter()
        for status, uncertain, number, ending in rows.annotate(
            n=Count("pk"), ending=Count("pk", filter=IS_ENDING)
        ):
            counts[UNCERTAIN if uncertain else status or NONE] += number
            counts[ENDING] += ending
        return counts

    @property
    def total(self):
        return sum(self.counts.values()) - self.counts[ENDING]

    @property
    def count(self):
        """How many agreements match all filters."""
        status = self.form.cleaned_data.get("status")
        return self.counts[status] if status else self.total


def _choices(rows, value):
    """Return [(the value of this field, name)] of parties or themes, by their names."""
    choices = [(getattr(row, value), row.display_name) for row in rows]
    return sorted(choices, key=lambda choice: sort_key(choice[1]))


def _events_in(first, last):
    """Return events of an edition from the year `first` to the year `last`.

    Dates are stored as text that begins with the year in four digits, so texts compare as years.
    """
    events = Event.objects.filter(edition=OuterRef("pk"))
    if first:
        events = events.filter(date__gte=f"{first:04}")
    if last and last < datetime.MAXYEAR:
        events = events.filter(date__lt=f"{last + 1:04}")
    return events
