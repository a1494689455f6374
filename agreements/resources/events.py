"""The sheet of events: one row an event, identified by its agreement and its key."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Event, Party
from culturecoop.dates import PartialDate
from culturecoop.sheets.columns import CodeWidget, Column, DateWidget
from culturecoop.sheets.parts import KEY_HELP, KeyWidget
from culturecoop.sheets.registry import register

from . import contents
from .parts import AgreementPartResource
from .party_names import PartyNameMixin


@register
class EventResource(PartyNameMixin, AgreementPartResource):
    """Events of agreements. Rows that are missing from a sheet stay in the register."""

    name = "events"
    label = gettext_lazy("events")
    about = gettext_lazy(
        "The dated legal facts of agreements: one row an event. Without a party it concerns the "
        "whole agreement. A date that stands in the sheet “agreements” too must be the same."
    )
    order = 90
    part_model = Event
    part_order = ("date", "pk")
    keys = ("agreement", "key")
    required = ("agreement",)
    filled = ("kind", "date")
    natural_columns = ("kind", "date", "party", "part")
    read_fields = {"key": "key", "party": "party__code"} | {n: n for n in contents.EVENT_FIELDS}

    key = Column("key", KeyWidget(), help=KEY_HELP)
    kind = Column.of(Event, "kind")
    party = Column(
        "party",
        CodeWidget("parties", Party, "code"),
        help=gettext_lazy("Its code, as in the sheet “parties”. Empty: the whole agreement."),
    )
    date = Column("date", DateWidget())
    until = Column.of(Event, "until", DateWidget)
    scope = Column.of(Event, "scope")
    part = Column.of(Event, "part")
    note = Column.of(Event, "note")
    source = Column.of(Event, "source")
    source_address = Column.of(Event, "source_address")

    def check(self, row):
        super().check(row)
        if not row.changes and row.record.now:
            return
        part, scope = (row.value(name, self.column(name)) for name in ("part", "scope"))
        if part and scope not in (Event.Scope.PART, Event.Scope.REST):
            message = _("Expected “%(part)s” or “%(rest)s”, because “part” names one.")
            row.refuse("scope", message % {"part": Event.Scope.PART, "rest": Event.Scope.REST})

    def set_values(self, part, values):
        for name, value in values.items():
            if name == "party":
                part.party_id = self.known("party").get(value)
            elif name == "date":
                part.date = PartialDate.parse(value)
            else:
                setattr(part, name, value or Event._meta.get_field(name).get_default())
