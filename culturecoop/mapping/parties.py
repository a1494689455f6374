"""From the texts of the sources to the codes of the parties that they name."""

import contextlib
from functools import lru_cache, partial
from itertools import chain

from django.utils.translation import gettext as _

from culturecoop.dates import PartialDate
from culturecoop.tabular import lists
from culturecoop.texts import folded

from . import names
from .errors import invalid
from .rules import NUMERIC

REMEMBERED = 50_000
#: The columns whose date tells what a name meant, the first that is filled.
DATES_OF_NAMES = ("signature", "adopted", "date")


class Parties:
    """The codes of the parties that the sources name, on the date of the row."""

    def __init__(self, rule, translator, index):
        self.rule, self.headings, self.index = rule, translator.headings, index
        self.unmatched, self.codes = translator.unmatched, translator.codes
        self.row_names, self.keys = translator.row_names, translator.resource.required[:1]
        self.always = self._always()
        self.found = lru_cache(REMEMBERED)(self._found)

    def __call__(self, texts, row):
        codes = {}
        for place, text in texts:
            if not text:
                continue
            found, unknown = self._found_in(row, text)
            codes.update(dict.fromkeys(found))
            for name in unknown:
                self.unmatched[name] += 1
                row.unknown.append(name)
                message = _("The name “%(name)s” is not known.") % {"name": name}
                row.errors.append([self.headings[place], name, message])
            if self.rule.combine == "first":
                break
        self.codes.update(codes)
        codes = codes or dict.fromkeys(lists.split(self.rule.value))
        return lists.joined(self.always | codes)

    def _always(self):
        """Return {code: None} of the codes in every row; raises Invalid."""
        codes = {}
        for name in self.rule.always:
            found = self.index.find(name)
            if not found:
                message = _("“%(name)s” is neither a code nor a name of a party.") % {"name": name}
                raise invalid(f"columns.{self.rule.target}.always", message)
            codes.update(dict.fromkeys(found))
        self.codes.update(codes)
        return codes

    def _found_in(self, row, text):
        """Return (codes, names that are not known) of a cell of a row."""
        for key in self.keys if self.row_names else ():
            if answers := self.row_names.get(row.cells.get(key, "")):
                return self._found(text, _date_of(row), answers)[:2]
        *found, is_dated = self.found(text)
        if is_dated and (date := _date_of(row)):
            *found, _is_dated = self.found(text, date)
        return found

    def _find(self, name, date, answers):
        """Return the codes of a name: those that were answered for the row, else the usual ones."""
        if answers and (codes := answers.get(folded(name))) is not None:
            found = [self.index.find(code) for code in codes]
            return None if None in found else tuple(chain.from_iterable(found))
        if self.rule.notation == NUMERIC:
            return self.index.find_number(name, date)
        return self.index.find(name, date)

    def _found(self, text, date="", answers=None):
        """Return (codes, names that are not known, whether the date matters) of a cell."""
        codes: dict[str, None] = {}
        unknown: dict[str, None] = {}
        find, is_dated = partial(self._find, date=date, answers=answers), False
        for name, found in names.split(text, self.rule.separator, find):
            is_dated = is_dated or self.index.is_dated(name)
            if found is None:
                unknown[name] = None
            else:
                codes.update(dict.fromkeys(found))
        return tuple(codes), tuple(unknown), is_dated


def _date_of(row):
    """Return the date that tells which states there were: of the signature, or of the event."""
    for column in DATES_OF_NAMES:
        with contextlib.suppress(ValueError):
            return str(PartialDate.parse(row.cells.get(column, "")))
    return ""
