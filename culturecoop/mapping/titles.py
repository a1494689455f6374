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
        keys = [rule for rule in rules if rule.target in resource.keys]
        others = [rule for rule in rules if rule not in titles and rule not in keys]

        def places(rules):
            return {place_of(source) for rule in rules for source in rule.sources}

        self.headings = headings
        self.targets = [rule.target for rule in titles]
        self.places, self.keys = places(titles), places(keys)
        self.others = places(others) - self.places

    def check(self, texts: dict[int, str], row: Any) -> None:
        """Note in the row that its title is missing, or why nothing is made of it.

        `texts` are those of the file, the cells of the row are filled.
        """
        if not self.places:
            return
        heading = self.headings[min(self.places)]
        has_more = any(texts[place] for place in self.others)
        if not any(row.cells[target] for target in self.targets):
            row.untitled = heading
            if not has_more and not row.errors and not any(texts[p] for p in self.places):
                row.left_out = _("There is no title in this row: nothing is made of it.")
                row.seen.add("untitled")
        elif not has_more and len(self.others) > 1 and self._is_alone(texts):
            message = _("Nothing but the title stands in this row: is it a heading, or a remark?")
            row.notes.append([heading, texts[min(self.places)], message])
            row.seen.add("alone")

    def _is_alone(self, texts):
        return not any(texts[place] for place in self.keys - self.places)
