"""The base of resources for reference data: no drafts, changed with the verb `amend`."""

import hashlib
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culturecoop.editions.verbs import Refused
from culturecoop.reference.verbs import amend

from .comparing import Record
from .resources import BATCH, SheetResource


class ReferenceResource(SheetResource):
    """Rows of reference data, told by one key.

    `base` is a checksum of what was exported: reference data has no editions to point to. So
    when a row has changed since the export, every cell that differs is a conflict.
    """

    key_field = ""

    @property
    def key(self):
        return self.keys[0]

    def contents(self, keys):
        """{key: record} of those that the register has, in a fixed number of queries."""
        raise NotImplementedError

    def records(self, objects):
        keys = iter(objects.order_by(self.key_field).values_list(self.key_field, flat=True))
        while batch := list(islice(keys, BATCH)):
            found = self.contents(batch)
            for key in batch:
                yield found[key] | {"base": self.checksum(found[key])}

    def checksum(self, record):
        """Ten characters that differ when any cell of the record does."""
        cells = (
            (heading, self.column(heading).export(record))
            for heading in sorted(self.headings_of(record))
            if heading != "base"
        )
        text = "\x1f".join(f"{heading}\x1e{cell}" for heading, cell in cells if cell)
        return "c" + hashlib.sha256(text.encode()).hexdigest()[:10]

    def headings_of(self, record):
        """The names of the columns in which the record may have something."""
        return [column.column_name for column in self.fields.values()]

    def identify(self, rows):
        found = self.contents([row.keys[self.key] for row in rows if row.keys[self.key]])
        for row in rows:
            row.subject = (row.keys[self.key] or "")[:200]
            if any(fault[0] == self.key for fault in row.faults):
                continue
            now, base = found.get(row.keys[self.key]), row.keys.get("base", "")
            known = now is not None and base == self.checksum(now)
            row.record = Record(
                now=now, base=now if known else None, gone=bool(base and now and not known)
            )

    def check(self, row):
        if not row.changes and row.record.now:
            return
        try:
            self.instance(row).full_clean()
        except ValidationError as error:
            known = {c.column_name for c in self.fields.values()}
            for field, messages in error.message_dict.items():
                if not any(fault[0] == field for fault in row.faults):
                    row.refuse(field if field in known else "", " ".join(messages))

    def instance(self, row):
        """The object with the values of the row, not saved."""
        obj = self.model._default_manager.filter(**{self.key_field: row.subject}).first()
        obj = obj or self.model(**{self.key_field: row.subject})
        names = {field.name for field in self.model._meta.concrete_fields}
        for name, value in row.new_values.items():
            if name in names:
                setattr(obj, name, value)
        return obj

    def apply(self, rows):
        for row in rows:
            obj = self.instance(row)
            try:
                amend(obj, by=self.by)
                self.amend_parts(obj, row.new_values)
            except ValidationError as error:
                why = {"row": row.number, "why": " ".join(error.messages)}
                raise Refused(_("Row %(row)d: %(why)s") % why) from error

    def amend_parts(self, obj, values):
        """Change the rows that belong to the object."""
