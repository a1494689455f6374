"""The base of resources for reference data: no drafts, changed with the verb `amend`."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from culturecoop.editions.verbs import Refused
from culturecoop.reference.verbs import amend

from . import addresses
from .comparison import PlannedRow, Record
from .resources import BATCH, SheetResource


class ReferenceResource(SheetResource):
    """Rows of reference data, known by one key or by several columns together.

    `base` is a checksum of what was exported: reference data has no editions to point to. So
    when a row has changed since the export, every cell that differs is a conflict.
    """

    at_once = True
    #: The fields of the model that identify a row, in the order of `keys`.
    key_fields: tuple[str, ...] = ()

    #: Its foreign keys: what they point to may come with the same import.
    related: tuple[str, ...] = ()

    def contents(self, keys: list) -> dict:
        """Return {key: record} of those that the register has, in a fixed number of queries.

        A key is a text, or a tuple of texts when several columns identify a row.
        """
        raise NotImplementedError

    def key_of(self, row: PlannedRow) -> Any:
        """Return the key of the row; None when a part of it is wrong."""
        parts = tuple(row.keys.get(name, "") for name in self.keys)
        if None in parts:
            return None
        return parts if len(parts) > 1 else parts[0]

    def keys_of(self, objects: QuerySet) -> QuerySet:
        """Return the keys of what to export, in the order of the sheet."""
        flat = len(self.key_fields) == 1
        return objects.order_by(*self.key_fields).values_list(*self.key_fields, flat=flat)

    def records(self, objects: QuerySet) -> Iterator[dict]:
        keys = map(_as_texts, self.keys_of(objects).iterator(chunk_size=BATCH))
        while batch := list(islice(keys, BATCH)):
            found = self.contents(batch)
            for key in batch:
                if key in found:
                    yield found[key] | {"base": self.checksum(found[key])}

    def checksum(self, record: dict) -> str:
        """Return ten characters that differ when any cell of the record does."""
        cells = (
            (heading, self.column(heading).export(record))
            for heading in sorted(self.headings_of(record))
            if heading != "base"
        )
        text = "\x1f".join(f"{heading}\x1e{cell}" for heading, cell in cells if cell)
        return "c" + hashlib.sha256(text.encode()).hexdigest()[:10]

    def headings_of(self, record: dict) -> list[str]:
        """Return the names of the columns in which the record may have something."""
        return [column.column_name for column in self.fields.values()]

    def lock(self, subjects: Iterable[str]) -> None:
        super().lock(subjects)
        several = len(self.keys) > 1
        first = {subject.partition(" ")[0] if several else subject for subject in subjects}
        rows = self.model._default_manager.filter(**{f"{self.key_fields[0]}__in": first})
        list(rows.select_for_update(of=("self",)).order_by("pk"))

    def identify(self, rows: list[PlannedRow]) -> None:
        found = self.contents([key for row in rows if (key := self.key_of(row))])
        for row in rows:
            key = self.key_of(row)
            row.subject = " ".join([key] if isinstance(key, str) else key or ())[:200]
            now, version = found.get(key), row.exported_version
            if version and now is None and key and len(self.keys) == 1 and self.any_moved:
                addresses.refuse_moved(row, self.keys[0], self.model, self.key_fields[0], key)
            if any(error[0] in self.keys for error in row.errors):
                continue
            known = now is not None and version == self.checksum(now)
            row.record = Record(
                now=now, exported=now if known else None, gone=bool(version and now and not known)
            )

    def check(self, row: PlannedRow) -> None:
        if not row.changes and row.record.now:
            return
        try:
            self.instance(row).full_clean(exclude=self.related)
        except ValidationError as error:
            known = {c.column_name for c in self.fields.values()}
            for field, messages in error.message_dict.items():
                if not any(error[0] == field for error in row.errors):
                    row.refuse(field if field in known else "", " ".join(messages))

    def instance(self, row: PlannedRow) -> Any:
        """Return the object with the values of the row, not saved."""
        wanted = {self.key_fields[0]: row.keys[self.keys[0]]}
        obj = self.model._default_manager.filter(**wanted).first() or self.model(**wanted)
        names = {field.name for field in self.model._meta.concrete_fields}
        for name, value in row.new_values.items():
            if name in names:
                setattr(obj, name, value)
        return obj

    def apply(self, rows: list[PlannedRow]) -> None:
        for row in rows:
            try:
                self.write(row)
            except ValidationError as error:
                why = {"row": row.number, "why": " ".join(error.messages)}
                raise Refused(_("Row %(row)d: %(why)s") % why) from error

    def write(self, row: PlannedRow) -> None:
        """Write the changes of a planned row; raises ValidationError."""
        obj = self.instance(row)
        amend(obj, by=self.by)
        self.amend_parts(obj, row.new_values)

    def amend_parts(self, obj: Model, values: dict[str, str]) -> None:
        """Change the rows that belong to the object."""


def _as_texts(key):
    """Return the key as `contents` knows it: empty text for what is empty."""
    if isinstance(key, tuple):
        return tuple("" if part is None else str(part) for part in key)
    return key
