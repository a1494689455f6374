"""Rows without a title: of a list of agreements, they are none.

Under a table stand sums and remarks, between its rows the headings of sections.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _


class Titles:
    """The columns of a sheet that titles are read from, and those that say something else."""

    def __init__(
        self, mapping: Any, resource: Any, place_of: Callable[[str], int], headings: list[str]
    ) -> None:
        rules = [] if mapping.rows or mapping.is_further else mapping.columns.values()
        titles = [rule for rule in rules if resource.is_title(rule.target)]
        others = [r for r in rules if r not in titles and r.target not in resource.keys]
        self.places = [place_of(source) for rule in titles for source in rule.sources]
        self.others = [place_of(source) for rule in others for source in rule.sources]
        self.keys = [
            place_of(source)
            for rule in rules
            if rule.target in resource.keys
            for source in rule.sources
        ]
        self.headings = headings
        self.has_value = any(rule.value for rule in titles)

    def check(self, texts: dict[int, str], row: Any) -> None:
        """Note in the row that its title is missing, or why nothing is made of it."""
        if not self.places or self.has_value:
            return
        has_more = any(texts[place] for place in self.others if place not in self.places)
        if not any(texts[place] for place in self.places):
            row.untitled = self.headings[self.places[0]]
            if not has_more:
                row.left_out = _("There is no title in this row: nothing is made of it.")
                row.seen.add("untitled")
        elif not has_more and len(self.others) > 1 and self._is_alone(texts):
            message = _("Nothing but the title stands in this row: is it a heading, or a remark?")
            row.notes.append([self.headings[self.places[0]], texts[self.places[0]], message])
            row.seen.add("alone")

    def _is_alone(self, texts):
        return not any(texts[place] for place in self.keys if place not in self.places)
