"""The filters of the peer's register, the same that ours has."""

import json

import django_filters
from django import forms
from django.conf import settings

from .register import Agreement, Party, Theme

#: {"kinds": [[code, label]], "statuses": [[code, label]]}, as a project would write them down.
CHOICES = json.loads(settings.CHOICES.read_text("utf-8")) if settings.CHOICES.exists() else {}
SORTS = [("oldest", "Earliest change first"), ("title", "Title")]


class AgreementFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(
        field_name="title",
        lookup_expr="icontains",
        label="Words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    party = django_filters.ModelChoiceFilter(
        field_name="parties__party",
        queryset=Party.objects.all(),
        to_field_name="code",
        label="Party",
        empty_label="All parties",
        distinct=True,
    )
    status = django_filters.ChoiceFilter(
        choices=CHOICES.get("statuses", ()), label="Status", empty_label="Any status"
    )
    on = django_filters.DateFilter(
        field_name="since",
        lookup_expr="lte",
        label="On the day",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    kind = django_filters.ChoiceFilter(
        choices=CHOICES.get("kinds", ()), label="Kind", empty_label="All kinds"
    )
    theme = django_filters.ModelChoiceFilter(
        field_name="themes",
        queryset=Theme.objects.all(),
        to_field_name="slug",
        label="Theme",
        empty_label="All themes",
    )
    year_from = django_filters.NumberFilter(
        field_name="last_year", lookup_expr="gte", label="Events from the year"
    )
    year_to = django_filters.NumberFilter(
        field_name="first_year", lookup_expr="lte", label="to the year"
    )
    sort = django_filters.ChoiceFilter(
        choices=SORTS, method="in_order", label="Order", empty_label="Latest change first"
    )

    class Meta:
        model = Agreement
        fields = []

    def in_order(self, queryset, _name, order):
        return queryset.order_by("title" if order == "title" else "since", "slug")
