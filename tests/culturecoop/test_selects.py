"""The light list to choose from is Django's own, but for its groups."""

import re

import pytest
from django import forms

from culturecoop.selects import LightSelect

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
