"""What two sheets of a workbook hold of the same agreement: it has to be the same."""

from collections import defaultdict
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culturecoop.dates import PartialDate
from culturecoop.tabular import lists

from .contents import DATES, NUMBERS


class SheetConsistency:
    """Dates, numbers and parties of agreements, from the sheets that have a row for each.

    `workbook` is {name of a resource: function that gives its rows as dicts of texts}.
    """

    def __init__(self, workbook):
        self.workbook = workbook

    def check(self, row, columns):
        """Return the columns that no other sheet has; a difference is an error of the row."""
        for sheet, by_slug in self.cells.items():
            for name, wanted in by_slug.get(row.keys["slug"], {}).items():
                if name in columns:
                    self._compare(row, name, columns[name], wanted, sheet)
                    columns = {n: column for n, column in columns.items() if n != name}
        return columns

    def _compare(self, row, name, column, wanted, sheet):
        """The other sheet may have a part only of what the register has."""
        cell = row.cells[name]
        values = _sorted(name, lists.split(cell))
        now = column.export(row.record.now) if row.record and row.record.now else ""
        says_nothing = not values and not (now and row.exported_version)
        known = cell == now and set(wanted) <= set(values)
        if says_nothing or values == wanted or known:
            del row.cells[name]
        else:
            row.refuse(
                name,
                _("The sheet “%(sheet)s” has “%(told)s”. What stands in both must be the same.")
                % {"sheet": sheet, "told": lists.joined(wanted)},
            )

    @cached_property
    def cells(self):
        """Return {sheet: {slug: {column: [value, …]}}}."""
        readers = {
            "events": self._events,
            "references": self._references,
            "agreement_parties": self._parties,
        }
        found = {}
        for sheet, read in readers.items():
            by_slug = defaultdict(lambda: defaultdict(list))
            for cells in self.workbook.get(sheet, tuple)():
                read({name: text.strip() for name, text in cells.items()}, by_slug)
            found[sheet] = {
                slug: {name: _sorted(name, values) for name, values in columns.items()}
                for slug, columns in by_slug.items()
            }
        return found

    def _events(self, cells, found):
        if cells.get("kind") in DATES and not cells.get("party"):
            found[cells.get("agreement")][cells["kind"]].append(cells.get("date", ""))

    def _references(self, cells, found):
        names = {str(scheme): name for name, scheme in NUMBERS.items()}
        if name := names.get(cells.get("scheme")):
            found[cells.get("agreement")][name].append(cells.get("value", ""))

    def _parties(self, cells, found):
        place = cells.get("position", "")
        place = int(place) if place.isdecimal() and place.isascii() else 10**6
        found[cells.get("agreement")]["parties"].append((place, cells.get("party", "")))


def _sorted(name, values):
    """Return the values in an order that no sheet decides, dates in their normal form."""
    if name == "parties":
        placed = [v if isinstance(v, tuple) else (i, v) for i, v in enumerate(values)]
        return [code for _place, code in sorted(placed, key=lambda pair: pair[0])]
    if name in DATES:
        values = map(_date, values)
    return sorted(values)


def _date(text):
    try:
        return str(PartialDate.parse(text))
    except (ValidationError, ValueError):
        return text
