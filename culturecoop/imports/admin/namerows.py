"""The rows of a file in which a name of several parties stands, to be answered one by one."""

from collections import defaultdict
from dataclasses import dataclass

from culturecoop.sheets.comparison import RowKind

#: Of a name so many rows are shown; how many rows with errors are looked through.
MOST_SHOWN, MOST_READ = 20, 5_000
DATES = ("signature", "adopted", "date")


@dataclass(frozen=True)
class AskedRow:
    """A row of the file: its slug, its number, and what tells it from others."""

    slug: str
    number: int
    about: str


class RowsOfNames:
    """Finds the AskedRows of names in an import; reads the rows once for all of them."""

    def __init__(self, job, mapping):
        self.job, self.mapping, self._found = job, mapping, None

    def of(self, name):
        """Return rows in which nobody knows the name, then some of those it was answered for."""
        if self._found is None:
            self._found = self._read()
        return self._found[name][:MOST_SHOWN]

    def _read(self):
        found = defaultdict(list)
        answered = defaultdict(list)
        for name, rows in self.mapping.row_names.items():
            for slug in rows:
                answered[slug].append(name)
        rows = self.job.rows.exclude(subject="")
        for row in rows.filter(kind=RowKind.ERROR)[:MOST_READ]:
            for name in {value for _column, value, _message in row.errors}:
                if name not in answered.get(row.subject, ()):
                    found[name].append(_asked(row))
        for row in rows.filter(subject__in=answered):
            for name in answered[row.subject]:
                found[name].append(_asked(row))
        return found


def _asked(row):
    titles = (text for name, text in row.cells.items() if name.startswith("title_"))
    date = next(filter(None, map(row.cells.get, DATES)), "")
    about = [next(filter(None, titles), row.subject), date, row.cells.get("parties", "")]
    return AskedRow(row.subject, row.number, " · ".join(filter(None, about)))
