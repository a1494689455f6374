"""The sheets of texts, parties, references and relations of agreements."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import identifiers
from agreements.models import (
    Agreement,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Party,
    Reference,
    Relation,
)
from culturecoop.sheets.columns import (
    CodeWidget,
    Column,
    TextWidget,
    WholeNumberWidget,
)
from culturecoop.sheets.parts import KEY_HELP, KeyWidget, PartResource
from culturecoop.sheets.registry import register

from . import contents
from .party_names import PartyNameMixin

AGREEMENT_HELP = gettext_lazy("The slug of the agreement, as in the sheet “agreements”.")


class AgreementPartResource(PartResource):
    """Parts of agreements."""

    model = Agreement
    edition_model = AgreementEdition
    parent = "agreements"
    slug_column = "agreement"
    no_parent = gettext_lazy("The register has no agreement of this slug.")
    export_permissions = ("agreements.view_agreementedition",)
    import_permissions = (
        "agreements.add_agreementedition", "agreements.change_agreementedition",
    )  # fmt: skip

    agreement = Column(
        "agreement", TextWidget(Agreement._meta.get_field("slug")), help=AGREEMENT_HELP
    )
    base = Column("base", fixed=True)

    def contents(self, editions):
        return contents.part_records(
            editions, self.part_model, self.read_fields, self.part_columns, self.part_order
        )

    #: {column: path of the field} of what is read for a record.
    read_fields = {}
    part_order = ("pk",)


@register
class TextResource(AgreementPartResource):
    """One row the texts of an agreement in one language."""

    name = "texts"
    label = gettext_lazy("texts")
    about = gettext_lazy("What agreements say in each language: one row an agreement and language.")
    order = 70
    part_model = AgreementText
    part_columns = ("language",)
    part_order = ("language",)
    keys = required = ("agreement", "language")
    filled = ("title",)
    read_fields = {name: name for name in ("language", *contents.TEXTS)}

    language = Column.of(AgreementText, "language")
    official_title = Column.of(AgreementText, "official_title")
    title = Column.of(AgreementText, "title")
    summary = Column.of(AgreementText, "summary")
    line = Column.of(AgreementText, "line")
    wording = Column.of(AgreementText, "wording")

    def key_of_part(self, part):
        return part.language


@register
class AgreementPartyResource(PartyNameMixin, AgreementPartResource):
    """One row a party of an agreement."""

    name = "agreement_parties"
    label = gettext_lazy("parties of agreements")
    about = gettext_lazy("The sides of the agreements in their order: one row a party.")
    order = 80
    part_model = AgreementParty
    part_columns = ("party",)
    part_order = ("position", "pk")
    keys = required = ("agreement", "party")
    read_fields = {"party": "party__code"} | {n: n for n in ("position", "side", "capacity")}

    party = Column(
        "party",
        CodeWidget("parties", Party, "code"),
        help=gettext_lazy("Its code, as in the sheet “parties”."),
    )
    position = Column.of(
        AgreementParty,
        "position",
        WholeNumberWidget,
        help=gettext_lazy("Parties stand in this order. Empty: after the others."),
    )
    side = Column.of(AgreementParty, "side")
    capacity = Column.of(AgreementParty, "capacity")

    @cached_property
    def _codes(self):
        return dict(Party.objects.values_list("pk", "code"))

    def key_of_part(self, part):
        return self._codes[part.party_id]

    def set_values(self, part, values):
        if "party" in values:
            part.party_id = self.known("party")[values["party"]]
            part.position = None  # until it is known
        if "position" in values:
            part.position = int(values["position"]) if values["position"] else None
        for name in {"side", "capacity"} & values.keys():
            setattr(part, name, values[name])

    def finish(self, parts):
        """Put new parties without a place behind the others."""
        pks = {part.edition_id for part in parts if part.position is None}
        last = contents.last_positions(pks)
        for part in parts:
            if part.position is None:
                last[part.edition_id] = part.position = last[part.edition_id] + 1


@register
class ReferenceNumberResource(AgreementPartResource):
    """One row a reference of an agreement."""

    name = "references"
    label = gettext_lazy("references")
    about = gettext_lazy("The numbers of the agreements in collections: CELEX, OJ, UNTS.")
    order = 100
    part_model = Reference
    keys = ("agreement", "key")
    required = ("agreement",)
    filled = ("scheme", "value")
    natural_columns = ("scheme", "value")
    read_fields = {name: name for name in ("key", "scheme", "value", "address")}

    key = Column("key", KeyWidget(), help=KEY_HELP)
    scheme = Column.of(Reference, "scheme")
    value = Column.of(
        Reference, "value", help=gettext_lazy("The number, as the collection writes it.")
    )
    address = Column.of(
        Reference, "address", help=gettext_lazy("Where it can be read, beginning with https://")
    )

    def check(self, row):
        """Check that a new number can be one of its collection."""
        super().check(row)
        if row.record.now and not {"scheme", "value"} & set(row.new_values):
            return
        scheme, value = (row.value(name, self.column(name)) for name in ("scheme", "value"))
        try:
            identifiers.check(scheme, value)
        except ValidationError as error:
            row.refuse("value", " ".join(error.messages))


class RelatedWidget(CodeWidget):
    """The slug of another agreement, of those that the rows of a batch name."""

    def load(self):
        return self.resource.agreements


@register
class RelationResource(AgreementPartResource):
    """One row a relation of an agreement to another one."""

    name = "relations"
    label = gettext_lazy("related agreements")
    about = gettext_lazy("How agreements relate to each other: one row a relation.")
    order = 110
    part_model = Relation
    part_columns = ("kind", "related")
    part_order = ("kind", "pk")
    keys = required = ("agreement", "kind", "related")
    read_fields = {"kind": "kind", "related": "agreement__slug"}

    kind = Column.of(Relation, "kind")
    related = Column(
        "related",
        RelatedWidget("agreements", Agreement),
        help=gettext_lazy("The slug of the other agreement."),
    )

    def __init__(self, by=None, **kwargs):
        super().__init__(by=by, **kwargs)
        self.agreements, self._slugs = {}, {}

    def contents(self, editions):
        """Return the relations; for readers, those to agreements that they can see."""
        found = super().contents(editions)
        if not self.live:
            return found
        slugs = {key[1] for parts in found.values() for key in parts}
        seen = contents.live_slugs(slugs)
        return {
            pk: {key: record for key, record in parts.items() if key[1] in seen}
            for pk, parts in found.items()
        }

    def plan(self, rows):
        slugs = {row.cells.get("related", "").strip() for row in rows}
        self.agreements = contents.agreement_slugs(slugs)
        self._slugs = {pk: slug for slug, pk in self.agreements.items()}
        self._lookups.pop("agreements", None)
        super().plan(rows)

    def check(self, row):
        if row.keys["related"] == row.subject:
            row.refuse("related", _("An agreement is not related to itself."))

    def key_of_part(self, part):
        return (part.kind, self._slugs.get(part.agreement_id, ""))

    def set_values(self, part, values):
        for name, value in values.items():
            if name == "related":
                part.agreement_id = self.agreements[value]
            else:
                setattr(part, name, value)
