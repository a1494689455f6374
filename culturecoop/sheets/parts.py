"""The base of resources for the parts of editions: one row a part.

A part is known by its `key` (a UUID, empty for a new one), or by columns that identify it: a
language, a party. Parts that are missing from a sheet stay in the register.
"""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .columns import TextWidget
from .comparison import PlannedRow, Record, RowKind
from .editions import EditionResource
from .resources import BATCH

KEY_HELP = gettext_lazy("Tells the row: leave it as it is, and empty in a new row.")


class KeyWidget(TextWidget):
    """The key of a part, as exported; empty for a new one."""

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        try:
            return str(uuid.UUID(value.strip())) if value.strip() else ""
        except ValueError:
            raise ValidationError(
                _("Expected a key as exported, or nothing in a new row.")
            ) from None


class PartResource(EditionResource):
    """What the sheets of parts share."""

    #: The model of the parts; several for a resource that sets `models` and `model_of`.
    part_model: Any = None
    #: The columns that identify a part within its edition.
    part_columns: tuple[str, ...] = ("key",)
    #: The name of the resource whose rows these are parts of.
    parent = ""
    #: The columns that a new row has to fill in.
    filled: tuple[str, ...] = ()
    #: The columns that make a new row without a key the same as a part that is there.
    natural_columns: tuple[str, ...] = ()
    no_parent: str | Promise = ""

    def contents(self, editions: Iterable) -> dict:
        """Return {edition pk: {key of the part: record}} in the order of the sheet.

        The key is a text, or a tuple of texts when several columns identify a part.
        """
        raise NotImplementedError

    def part_key(self, row: PlannedRow) -> Any:
        parts = tuple(row.keys[name] for name in self.part_columns)
        return parts if len(parts) > 1 else parts[0]

    def records(self, objects: QuerySet) -> Iterator[dict]:
        for editions in self.editions(objects):
            found = self.contents(editions)
            for edition in editions:
                yield from found[edition.pk].values()

    # In

    def relate(self, row: PlannedRow, record: Record | None) -> None:
        key = self.part_key(row)
        if record is None:
            self._relate_pending(row)
        elif record.exported and key in record.exported and key not in record.now:
            row.refuse(self.part_columns[-1], _("This row was removed since the export."))
        elif key in record.now or not self._must_be_there(key, record):
            row.record = Record(
                now=record.now.get(key),
                exported=record.exported.get(key) if record.exported else None,
                gone=record.gone or (bool(record.exported) and key not in record.exported),
                obstacle=record.obstacle,
                target=record.target,
                others=record.now,
            )
        else:
            row.refuse("key", _("There is nothing of this key. Leave it empty in a new row."))

    def _relate_pending(self, row):
        if self.is_pending(row):
            row.record = Record()
        else:
            row.refuse(self.slug_column, self.no_parent)

    def is_pending(self, row: PlannedRow) -> bool:
        """Return whether the same import makes what the row is a part of."""
        return row.subject in self.pending.get(self.parent, ())

    def _must_be_there(self, key, record):
        """Return whether the register gave out the key; drafts of the same import accept any."""
        target = record.target
        made_now = self.origin and target.origin == self.origin and target.based_on_id is None
        return self.part_columns == ("key",) and key != "" and not made_now

    def check(self, row: PlannedRow) -> None:
        if row.skipped or row.question:
            row.conflicts = row.conflicts if row.question else []
            return
        if not row.changes and row.record.now:
            return
        for name in self.filled:
            refused = {name, row.sources.get(name)} & {error[0] for error in row.errors}
            if not row.value(name, self.column(name)) and not refused:
                row.refuse(name, _("This column cannot be empty."))
        if row.record.now is None and self.natural_columns and self._is_there(row):
            row.duplicate(self.natural_columns[0], _("The register has this already."))
            row.conflicts = []  # nothing is to be written, so nobody's draft stands in the way

    def _is_there(self, row):
        """Return whether the register has the new part already: the file came twice."""
        columns = [self.column(name) for name in self.natural_columns]
        wanted, others = self._natural_values(row), row.record.others.values()
        return any([column.export(other) for column in columns] == wanted for other in others)

    def _natural_values(self, row):
        return [row.value(name, self.column(name)) for name in self.natural_columns]

    def natural_key(self, row: PlannedRow) -> tuple[str, ...]:
        """Return the key; of a new part without one, its values."""
        key = super().natural_key(row)
        if key[-1] or not self.natural_columns or row.kind != RowKind.NEW:
            return key
        values = self._natural_values(row)
        return (*key, *values, " ".join(values))

    # Writing

    @property
    def part_models(self) -> list:
        return [self.part_model]

    def model_of(self, row: PlannedRow) -> Any:
        """Return the model of the part that the row is."""
        return self.part_model

    def apply(self, rows: list[PlannedRow]) -> None:
        drafts = self.drafts_for(rows)
        stored = self.stored({draft.pk for draft in drafts.values()})
        made: list = []
        kept: list = []
        for row in rows:
            draft, key = drafts[self.track_of(row)], self.part_key(row)
            part = key and stored.get((draft.pk, key))
            (kept if part else made).append(part or self._new(row, draft))
            self.set_values(part or made[-1], row.new_values)
        self.finish(made)
        names = {name for row in rows if row.record.now for name in row.new_values}
        for model in self.part_models:
            # Past save(): the drafts are known to be drafts.
            if fields := [f.name for f in model._meta.concrete_fields if f.name in names]:
                changed = [part for part in kept if type(part) is model]
                model._base_manager.bulk_update(changed, fields, batch_size=BATCH)
            new = [part for part in made if type(part) is model]
            model._base_manager.bulk_create(new, batch_size=BATCH)

    def _new(self, row, draft):
        model = self.model_of(row)
        part = model(**{model.edition_field().attname: draft.pk})
        self.set_values(part, {n: v for n in self.part_columns if (v := row.keys[n])})
        return part

    def stored(self, pks: set) -> dict:
        """Return {(edition pk, key of the part): part} of the parts of the editions."""
        found = {}
        for model in self.part_models:
            edition = model.edition_field()
            for part in model._base_manager.filter(**{f"{edition.name}__in": pks}):
                found[getattr(part, edition.attname), self.key_of_part(part)] = part
        return found

    def key_of_part(self, part: Any) -> Any:
        """Return what `part_key` gives for the row of this part."""
        return str(part.key)

    def set_values(self, part: Any, values: dict[str, str]) -> None:
        """Write cells in their normal form into the fields of the part."""
        for name, value in values.items():
            field = part._meta.get_field(name)
            setattr(part, name, field.to_python(value) if value else field.get_default())

    def finish(self, parts: list) -> None:
        """Complete new parts before they are stored."""
