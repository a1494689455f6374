"""The bases of resources: what a sheet holds, how it is written, planned and applied.

They stand on the resources of django-import-export for the declaration of columns; the work on
rows is done in batches. A resource has

- `name`, `label`, `model`, `keys` (the columns that identify a row), `permissions`;
- `headings(objects)` and `rows(objects)` for the way out;
- `plan(rows)` and `apply(rows)` for the way in, `rows` being `PlannedRow`s of one batch; before
  `apply`, `lock(subjects)` and `plan` again, in one transaction.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from import_export.resources import Resource

from culturecoop.reference.addresses import hold as hold_addresses

from . import addresses
from .columns import Column, Lookup
from .comparison import PlannedRow, compare, normal

BATCH = 500
AnyUser = User | AnonymousUser


@dataclass
class StreamedDataset:
    """What a resource exports, in place of tablib's Dataset: rows that pass once, counted."""

    name: str
    title: str
    headers: list[str]
    rows: Iterable
    count: int = 0

    def __iter__(self) -> Iterator[list]:
        for row in self.rows:
            yield row
            self.count += 1


class SheetResource(Resource):
    """What all sheets share."""

    name = ""
    label: str | Promise = ""
    model: Any = None
    #: The columns that identify the row of the register that a row of the sheet is about.
    keys: tuple[str, ...] = ()
    #: Those of the keys that cannot be empty.
    required: tuple[str, ...] = ()
    #: Whether the keys of new rows that differ only in capital letters are one, as of addresses.
    any_case = False
    #: Where the sheet stands in a workbook, whose sheets are imported in this order.
    order = 0
    #: What the sheet holds, in a sentence or two for whoever fills it in.
    about: str | Promise = ""
    #: Whether readers see at once what is written, and not only when a draft is published.
    at_once = False
    #: The permissions that an export and an import need.
    export_permissions: tuple[str, ...] = ()
    import_permissions: tuple[str, ...] = ()

    #: Whether rows without a base change what the register has; a blank cell changes nothing.
    overwrite_without_base = False
    #: The import (the UUID of its folder) whose corrected report the sheet is, None without one.
    follows: str | None = None
    #: {path in the ZIP: function that opens it}; None when the sheet came without files.
    files: Any = None
    #: {name of a resource: function that gives its rows} of the same workbook, None without one.
    workbook: dict[str, Callable] | None = None

    def __init__(
        self,
        by: Any = None,
        origin: Any = None,
        pending: dict | None = None,
        live: bool = False,
        **kwargs: object,
    ) -> None:
        super().__init__(**kwargs)
        for column in self.fields.values():
            column.widget.resource = self
        self.by = by
        #: Whether to export what readers see, instead of what an editor sees.
        self.live = live
        #: The import (the UUID of its folder) whose rows are written, for undoing it.
        self.origin = origin
        #: {name of a resource: keys} of what the same import is going to make before this.
        self.pending = {} if pending is None else pending
        #: What `apply` made beside drafts and amendments, such as files of documents.
        self.made: list = []
        self._columns: dict[str, Column | None] = {}
        self._lookups: dict[str, Lookup] = {}

    @classmethod
    def can_export(cls, user: AnyUser) -> bool:
        return user.has_perms(cls.export_permissions)

    @classmethod
    def can_import(cls, user: AnyUser) -> bool:
        return user.has_perms(cls.import_permissions)

    # Columns

    def column(self, heading: str) -> Any:
        """Return the column called so, None when there is none."""
        if heading not in self._columns:
            found = next((c for c in self.fields.values() if c.column_name == heading), None)
            self._columns[heading] = found or self.dynamic_column(heading)
        return self._columns[heading]

    def dynamic_column(self, heading: str) -> Column | None:
        """Return a column that the content decides, such as `title_fr`; None when there is none."""
        return None

    def names(self, target: str) -> Any:
        """Return the index of names of a column whose codes a file may write as names; None: none.

        It has `.find(name, date) -> tuple of codes or None`, `.is_dated(name)`, whether the date of
        an agreement can tell which is meant, `.find_number(text, date)` for numbers of ISO 3166,
        `.is_shared(name)`, whether several are called so, `.teach(names, new)` and `.new`.
        """
        return None

    def named_columns(self) -> list[str]:
        """Return the columns that `names` has an index for."""
        return [name for name in self.fields if self.names(name)]

    @classmethod
    def can_add_names(cls, user: AnyUser) -> bool:
        """Return whether what `names` finds outside the register may be added to it by the user."""
        return False

    def check_new(self, code: str, new: dict[str, str]) -> None:
        """Check that {"kind": …, "name": …} can be added under the code; raises ValidationError."""

    def is_title(self, column: str) -> bool:
        """Return whether a new row needs the column, or another one that this is true of."""
        return False

    def is_name(self, column: str) -> bool:
        """Return whether the column names or numbers something: no date can stand in it."""
        return column in self.keys

    def lacking(self, columns: Iterable[str]) -> list[str]:
        """Return sentences that warn of what rows with these columns only will lack."""
        return []

    def prepare(self, new: dict[str, dict], names: dict[str, list[str]]) -> None:
        """Add what the rows of an import point to, before they are written.

        `new` is {code: {"kind": …, "name": …}}, `names` are the editor's answers, {name in the
        file: [code, …]}, to be remembered.
        """

    def unknown(self, headings: Iterable[str]) -> list[str]:
        """Return the headings that are none of the columns."""
        return [heading for heading in headings if self.column(heading) is None]

    def expected(self) -> str:
        """Return the names of the columns, for a message."""
        return get_text_list([c.column_name for c in self.fields.values()], _("and"))

    def lookup(self, name: str, load: Callable[[], dict]) -> Lookup:
        """Return {code: pk} from `load()`, with those pending from the resource `name`."""
        if name not in self._lookups:
            self._lookups[name] = Lookup(load(), lambda: self.pending.get(name, ()))
        return self._lookups[name]

    def known(self, heading: str) -> Lookup:
        """Return the codes that the column called so can hold."""
        return self.column(heading).widget.known()

    # Out

    @classmethod
    def get_display_name(cls) -> str | Promise:
        return cls.label

    def get_export_order(self) -> list[str]:
        """Return the names of all columns that can be exported, as the library calls them."""
        return self.headings(self.objects())

    def export(
        self,
        queryset: QuerySet | None = None,
        export_fields: Collection[str] | None = None,
        **kwargs: object,
    ) -> StreamedDataset:
        """Return a `StreamedDataset` of the columns that are chosen: all, if none are."""
        objects = self.objects(queryset)
        headings = self.headings(objects)
        if export_fields:
            headings = [heading for heading in headings if heading in export_fields]
        rows = self.rows(objects, headings)
        return StreamedDataset(self.name, str(self.label), headings, rows)

    def objects(self, queryset: QuerySet | None = None) -> QuerySet:
        """Return what to export, identities or reference data, from a queryset of an admin."""
        return self.model._default_manager.all() if queryset is None else queryset

    def headings(self, objects: QuerySet) -> list[str]:
        """Return the names of the columns for these objects."""
        return [column.column_name for column in self.fields.values()]

    def workbook_headings(self, objects: QuerySet) -> list[str]:
        """Return the same where the other sheets stand beside it in a workbook."""
        return self.headings(objects)

    def records(self, objects: QuerySet) -> Iterator[dict]:
        """Yield a record for each row to export; reads in batches."""
        raise NotImplementedError

    def attachments(self, objects: QuerySet) -> Iterator[tuple]:
        """Yield (path in the ZIP, stored file, checksum or "") of what it names in `files/`."""
        return iter(())

    def rows(self, objects: QuerySet, headings: list[str] | None = None) -> Iterator[list[str]]:
        """Yield the cells of each row."""
        headings = headings or self.headings(objects)
        exports = [self.column(heading).export for heading in headings]
        for record in self.records(objects):
            yield [export(record) for export in exports]

    # In

    def plan(self, rows: list[PlannedRow]) -> None:
        """Decide for each row of a batch what would become of it; writes nothing."""
        headings = dict.fromkeys(heading for row in rows for heading in row.cells)
        columns = {heading: self.column(heading) for heading in headings}
        technical = [name for name in columns if name in (*self.keys, "base")]
        for row in rows:
            self._clean_keys(row, {name: columns[name] for name in technical})
        self.identify(rows)
        content = {name: c for name, c in columns.items() if name not in technical}
        for row in rows:
            compare(row, self.compared(row, content))
        self.check_together(rows)
        for row in rows:
            if row.record:
                self.check(row)
            row.decide()

    def compared(self, row: PlannedRow, columns: dict[str, Column]) -> dict[str, Column]:
        """Return those of the columns that are compared, and written, in this row.

        A cell that is removed from `cells` is not looked at again when the row is written.
        """
        return {name: column for name, column in columns.items() if name in row.cells}

    def natural_key(self, row: PlannedRow) -> tuple[str, ...]:
        """Return what identifies the row's subject: a tuple of texts, the last may be ""."""
        key = tuple(row.keys.get(name) or row.cells.get(name, "").strip() for name in self.keys)
        is_new = not (row.record and row.record.now)
        return tuple(map(str.lower, key)) if self.any_case and is_new else key

    @cached_property
    def any_moved(self) -> bool:
        return addresses.any_moved(self.model)

    def _clean_keys(self, row, columns):
        row.keys = dict.fromkeys(self.keys, "")
        for name, column in columns.items():
            row.keys[name] = normal(row, name, column)
            if row.keys[name] == "" and name in self.required:
                row.refuse(name, _("This column cannot be empty."))

    def identify(self, rows: list[PlannedRow]) -> None:
        """Set `subject` and `record` of each row, or note an error and leave `record` None."""
        raise NotImplementedError

    def check_together(self, rows: list[PlannedRow]) -> None:
        """Note what the rows of a batch, which are compared by now, mean for each other."""

    def check(self, row: PlannedRow) -> None:
        """Note errors that concern several cells of the row."""

    def lock(self, subjects: Iterable[str]) -> None:
        """Lock what the rows are about, before they are planned, until the transaction ends.

        By now everything pending is there: what is not is missing. Addresses come first.
        """
        hold_addresses()
        self.pending, self._lookups = {}, {}

    def apply(self, rows: list[PlannedRow]) -> None:
        """Write the changes of a batch of planned rows."""
        raise NotImplementedError

    def follow(self, rows: list[PlannedRow]) -> None:
        """Let what is kept of the content follow rows that were applied."""
