"""The sheet of events: one row an event, told by its agreement and its key."""

import uuid
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement, AgreementEdition, Event
from culturecoop.dates import PartialDate
from culturecoop.spreadsheets.columns import (
    ChoiceWidget,
    CodeWidget,
    Column,
    DateWidget,
    TextWidget,
)
from culturecoop.spreadsheets.comparing import Record
from culturecoop.spreadsheets.registry import register
from culturecoop.spreadsheets.resources import EditionResource

from . import contents


def _text(name):
    return Column(name, TextWidget(Event._meta.get_field(name)))


class KeyWidget(TextWidget):
    """The key of a part, as exported; empty for a new one."""

    def clean(self, value, row=None, **kwargs):
        try:
            return str(uuid.UUID(value.strip())) if value.strip() else ""
        except ValueError:
            raise ValidationError(
                _("Expected a key as exported, or nothing for a new event.")
            ) from None


@register
class EventResource(EditionResource):
    """Events of agreements. Rows that are missing from a sheet stay in the register."""

    name = "events"
    label = gettext_lazy("events")
    model = Agreement
    edition_model = AgreementEdition
    slug_column = "agreement"
    keys = ("agreement", "key")
    required = ("agreement",)
    export_permissions = ("agreements.view_agreementedition",)
    import_permissions = (
        "agreements.add_agreementedition", "agreements.change_agreementedition",
    )  # fmt: skip

    agreement = Column("agreement", TextWidget(Agreement._meta.get_field("slug")))
    base = Column("base", fixed=True)
    key = Column("key", KeyWidget())
    kind = Column("kind", ChoiceWidget(Event._meta.get_field("kind")))
    party = Column("party")
    date = Column("date", DateWidget())
    scope = Column("scope", ChoiceWidget(Event._meta.get_field("scope")))
    part = _text("part")
    note = _text("note")
    source = _text("source")
    source_address = _text("source_address")

    def __init__(self, by=None, **kwargs):
        super().__init__(by=by, **kwargs)
        self.fields["party"].widget = CodeWidget(lambda: self.known_parties)

    @cached_property
    def known_parties(self):
        return contents.party_codes()

    def contents(self, editions):
        return contents.event_records(editions)

    def records(self, objects):
        for editions in self.editions(objects):
            for events in self.contents(editions).values():
                yield from events.values()

    def relate(self, row, record):
        key = row.keys["key"]
        if record is None:
            row.refuse("agreement", _("The register has no agreement of this slug."))
            return
        if key and key not in record.now:
            self._miss(row, record, key)
            return
        row.record = Record(
            now=record.now[key] if key else None,
            base=record.base.get(key) if record.base else None,
            gone=record.gone or (bool(record.base) and key not in record.base),
            taken=record.taken,
            target=record.target,
            others=record.now,
        )

    def _miss(self, row, record, key):
        if record.base and key in record.base:
            row.refuse("key", _("This event was removed since the export."))
        else:
            row.refuse("key", _("The agreement has no event of this key."))

    def check(self, row):
        if not row.changes and row.record.now:
            return
        values = {name: row.value(name, self.column(name)) for name in self.fields}
        for name in ("kind", "date"):
            if not values[name] and not any(fault[0] == name for fault in row.faults):
                row.refuse(name, _("This column cannot be empty."))
        if row.record.now is None and self._is_there(row, values):
            row.refuse("kind", _("The agreement has an event of this kind, date and party."))
        if values["part"] and values["scope"] != Event.Scope.PART:
            row.refuse(
                "scope",
                _("Expected “%(part)s”, because “part” names one.") % {"part": Event.Scope.PART},
            )

    def _is_there(self, row, values):
        """Whether the agreement has the new event already: the file came twice."""
        telling = [self.column(name) for name in ("kind", "date", "party", "part")]
        wanted = [values[column.column_name] for column in telling]
        others = row.record.others.values()
        return any([column.export(other) for column in telling] == wanted for other in others)

    def apply(self, rows):
        drafts = self.drafts_for(rows)
        pks = {draft.pk for draft in drafts.values()}
        stored = {(e.edition_id, str(e.key)): e for e in Event.objects.filter(edition__in=pks)}
        made, kept = [], []
        for row in rows:
            draft = drafts[row.subject]
            event = stored.get((draft.pk, row.keys["key"]))
            (kept if event else made).append(event or Event(edition_id=draft.pk))
            self._set_values(event or made[-1], row.new_values)
        fields = [*contents.EVENT_FIELDS, "party"]
        Event._base_manager.bulk_update(kept, fields, batch_size=500)
        Event._base_manager.bulk_create(made, batch_size=500)

    def _set_values(self, event, values):
        for name, value in values.items():
            if name == "party":
                event.party_id = self.known_parties.get(value)
            elif name == "date":
                event.date = PartialDate.parse(value)
            else:
                setattr(event, name, value or Event._meta.get_field(name).get_default())
