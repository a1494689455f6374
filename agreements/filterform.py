"""The form of the register: its fields, and what it says of what it does not understand."""

import datetime

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from culturecoop.selects import LightSelect

LEFT_OUT = {
    "choice": _("“%(value)s” is not one of the choices; this filter was left out."),
    "day": _("This is not a day. Write year-month-day, like 2012-12-31; you see today’s state."),
    "year": _("Write a year in four digits, like 2012; this filter was left out."),
}


def choice_filter(label, empty_label, **kwargs):
    messages = {"invalid_choice": LEFT_OUT["choice"]}
    return django_filters.ChoiceFilter(
        label=label, empty_label=empty_label, error_messages=messages, widget=LightSelect, **kwargs
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
