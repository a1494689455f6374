"""The three-way comparison of a row: its base, the sheet and the register of now.

A cell changes something only when it differs from its base. Where the register has moved on since
the export and the cell differs from both, it is a conflict for the editor, never an overwrite.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.tabular.formulas import unescaped

from .columns import Column

# How many characters of a cell a message repeats.
SHOWN = 200


class RowKind(TextChoices):
    """What would become of a row."""

    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    DUPLICATE = "duplicate", gettext_lazy("duplicate")
    CONFLICT = "conflict", gettext_lazy("conflict")
    ERROR = "error", gettext_lazy("error")


@dataclass
class Record:
    """What the register knows of the row's subject.

    `now` is its record today, None when the row is new. `exported` is its record when the row was
    exported: None when the row has no version (`gone` False) or the register no longer has it
    (`gone` True). `obstacle` is why nothing can be changed now ("" when it can). `target` is for
    the resource: what will be written to. `others` are the records of its neighbours, by key.
    """

    now: Any = None
    exported: Any = None
    gone: bool = False
    obstacle: str = ""
    target: Any = None
    others: dict = field(default_factory=dict)


@dataclass
class PlannedRow:
    """A row of the sheet and what would become of it.

    `cells` are the texts of the sheet, `keys` those of the identifying columns in normal form.
    """

    number: int
    cells: dict
    keys: dict = field(default_factory=dict)
    subject: str = ""
    #: Set by `identify`; stays None where the keys are wrong.
    record: Record = None  # type: ignore[assignment]
    kind: str = RowKind.UNCHANGED
    changes: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    #: Why there is nothing to do for the row: the kind that it gets, "" when there may be.
    skipped: str = ""
    #: Which of several rows it is that one row of the file makes, from 0.
    part: int = 0
    #: What the editor has to answer before anything is entered, "" for nothing.
    question: str = ""
    #: {column: heading of a foreign file} that its errors are shown under.
    sources: dict = field(default_factory=dict)
    #: The heading of a foreign file whose title is missing, "" for none.
    untitled: str = ""
    #: What a spreadsheet program has done to it: see `culturecoop/imports/damage.py`.
    seen: set = field(default_factory=set)

    def refuse(self, column: str, message: object, value: str | None = None) -> None:
        """Note an error of the row, in the column called so ("" for the whole row)."""
        value = self.cells.get(column, "") if value is None else value
        self.errors.append([column, value[:SHOWN], str(message)])

    def conflict(self, column: str, message: object) -> None:
        """Note a conflict of the row."""
        self.conflicts.append([column, self.cells.get(column, "")[:SHOWN], str(message)])

    def note(self, column: str, message: object, value: str | None = None) -> None:
        """Note what the editor should know, and what stops nothing."""
        value = self.cells.get(column, "") if value is None else value
        self.notes.append([column, value[:SHOWN], str(message)])

    def ask(self, column: str, question: str) -> None:
        """Note what the editor has to answer: until then nothing is entered."""
        self.question = question
        self.conflict(column, question)

    def duplicate(self, column: str, message: object) -> None:
        """Note that the register has the content of the row: nothing is to be done."""
        self.note(column, message)
        self.skipped = RowKind.DUPLICATE

    def skip(self, column: str, message: object) -> None:
        """Note why nothing can be done for the row, although it is right."""
        self.note(column, message)
        self.skipped = RowKind.UNCHANGED

    @property
    def exported_version(self) -> str:
        """Return the version that the row was exported from, the cell of its column `base`."""
        return self.keys.get("base", "")

    @property
    def new_values(self) -> dict[str, str]:
        """Return {column: text} of what is to be written."""
        return {column: new for column, _old, new in self.changes}

    def value(self, name: str, column: Column) -> str:
        """Return what the column will hold: the new value, else what is now."""
        now = column.export(self.record.now) if self.record.now else ""
        return self.new_values.get(name, now)

    def decide(self) -> None:
        """Set the kind from what was found."""
        if self.errors:
            self.kind = RowKind.ERROR
            self.errors += self.conflicts
        elif self.conflicts:
            self.kind, self.errors = RowKind.CONFLICT, self.conflicts
        elif self.skipped:
            self.kind, self.changes = self.skipped, []
        elif self.record.now is None:
            self.kind = RowKind.NEW
        else:
            self.kind = RowKind.CHANGED if self.changes else RowKind.UNCHANGED


def normal(row: PlannedRow, name: str, column: Column) -> str | None:
    """Return the cell in its normal form; None when it is wrong, which is noted."""
    if any(name == error[0] for error in row.errors):
        return None
    try:
        return column.cleaned(row.cells[name])
    except ValidationError as error:
        row.refuse(name, " ".join(error.messages))
        return None


def compare(row: PlannedRow, columns: dict[str, Column]) -> None:
    """Note the changes, conflicts and errors of a row; `columns` are those without keys."""
    for name, column in columns.items():
        if row.record is None:
            normal(row, name, column)
        elif row.record.now is None:
            _compare_new(row, name, column)
        else:
            _compare_cell(row, name, column)
    record = row.record
    if record and record.obstacle and (row.changes or record.now is None):
        row.conflict("", record.obstacle)


def _compare_new(row, name, column):
    cell = normal(row, name, column)
    if not cell:
        return
    if column.readonly and not column.initial:
        row.refuse(name, _("This column is told by the register. Leave it empty."))
    elif why := column.widget.why_refused(cell):
        row.refuse(name, why)
    else:
        row.changes.append([name, "", cell])


def _compare_cell(row, name, column):
    # What is as exported is not looked at any further: it cannot be wrong.
    written, now = row.cells[name], column.export(row.record.now)
    exported = column.export(row.record.exported) if row.record.exported else None
    # A CSV of ours that a program has saved as a workbook keeps the apostrophe of the CSV.
    if {written, unescaped(written)} & {now, exported}:
        return
    cell = normal(row, name, column)
    if cell is None or cell in (now, exported) or (not cell and not row.exported_version):
        return
    if exported is None:
        _compare_without_base(row, name, cell, now)
    elif exported != now:
        message = _("Changed since the export: it was “%(base)s” and is “%(now)s” now.")
        row.conflict(name, message % {"base": exported[:SHOWN], "now": now[:SHOWN]})
    elif why := column.why_fixed(row.record.now) or column.widget.why_refused(cell):
        row.refuse(name, why)
    else:
        row.changes.append([name, now, cell])


def _compare_without_base(row, name, cell, now):
    if row.record.gone:
        message = _("The register has “%(now)s” and no longer knows what it was at the export.")
    elif cell:
        message = _("The register has “%(now)s”. The row tells no base: export it to change it.")
    else:
        return
    row.conflict(name, message % {"now": now[:SHOWN]})
