"""The light list to choose from is Django's own, but for its groups."""

import copy
import re

import pytest
from django import forms

from culturecoop.selects import KnownChoices, LightSelect

CHOICES = [("", "All <parties>"), ("KR", "Korea & “Co”"), (7, "Seven")]


@pytest.mark.parametrize("value", [None, "", "KR", 7, "7", "unknown", '"><script>'])
def test_it_writes_what_the_stock_one_writes(value):
    attrs = {"id": "id_party", "required": True, "disabled": False}
    light, stock = (
        kind(attrs={"class": "wide"}, choices=CHOICES).render("party", value, attrs)
        for kind in (LightSelect, forms.Select)
    )
    assert squeezed(light) == squeezed(stock)


def squeezed(html):
    return re.sub(r">\s+<", "><", html).replace('value=""  selected', 'value="" selected')


def test_known_choices_are_those_of_a_field_and_not_copied_for_each_form():
    known = KnownChoices([("KR", "Korea"), ("FR", "France")])
    field = forms.ChoiceField(choices=known)

    assert copy.deepcopy(field).choices is known
    assert (list(field.choices), len(field.choices)) == ([("KR", "Korea"), ("FR", "France")], 2)
    assert field.clean("FR") == "FR"
    with pytest.raises(forms.ValidationError):
        field.clean("XX")


def test_options_that_were_written_before_are_written_with_the_value_of_now():
    light = LightSelect(choices=CHOICES)
    assert "selected" not in light.render("party", "unknown")
    assert light.render("party", "KR").count(" selected") == 1
    assert light.render("party", 7).index(" selected") > light.render("party", "KR").index(" sel")
