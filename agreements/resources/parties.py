"""The sheet of parties: codes, kinds, names by language, aliases. For publishers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Party, PartyAlias, PartyName
from culturecoop.languages import EU_LANGUAGES
from culturecoop.reference.verbs import amend, remove
from culturecoop.spreadsheets import lists
from culturecoop.spreadsheets.columns import ChoiceWidget, Column, ListWidget, TextWidget
from culturecoop.spreadsheets.reference import ReferenceResource
from culturecoop.spreadsheets.registry import register


def _field(name):
    return Party._meta.get_field(name)


@register
class PartyResource(ReferenceResource):
    """One row a party."""

    name = "parties"
    label = gettext_lazy("parties")
    model = Party
    key_field = "code"
    keys = ("code",)
    required = ("code",)
    export_permissions = ("agreements.view_party",)
    import_permissions = ("agreements.add_party", "agreements.change_party")

    code = Column("code", TextWidget(_field("code")))
    base = Column("base", fixed=True)
    kind = Column("kind", ChoiceWidget(_field("kind")))
    name_ = Column("name", TextWidget(_field("name")), column_name="name")
    aliases = Column("aliases", ListWidget(PartyAlias._meta.get_field("alias")))

    def __init__(self, by=None, **kwargs):
        super().__init__(by=by, **kwargs)
        self.given = {}  # the aliases of the file, with the rows they stand in

    def dynamic_column(self, heading):
        part, _underline, language = heading.partition("_")
        if part == "name" and language in EU_LANGUAGES:
            widget = TextWidget(PartyName._meta.get_field("name"))
            return Column(f"names__{language}", widget, column_name=heading)
        return None

    def headings(self, objects):
        found = set(objects.order_by().values_list("names__language", flat=True))
        return super().headings(objects) + [f"name_{c}" for c in EU_LANGUAGES if c in found]

    def headings_of(self, record):
        return super().headings_of(record) + [f"name_{code}" for code in record["names"]]

    def contents(self, keys):
        parties = Party.objects.filter(code__in=keys).prefetch_related("names", "aliases")
        return {
            party.code: {
                "code": party.code,
                "kind": party.kind,
                "name": party.name,
                "aliases": [row.alias for row in party.aliases.all()],
                "names": {row.language: row.name for row in party.names.all()},
            }
            for party in parties
        }

    def check(self, row):
        super().check(row)
        values = row.new_values
        if "aliases" in values:
            self._check_aliases(row, lists.split(values["aliases"]))

    def _check_aliases(self, row, aliases):
        for alias in aliases:
            first = self.given.setdefault(alias.casefold(), row.number)
            if first != row.number:
                row.refuse(
                    "aliases",
                    _("“%(alias)s” stands in row %(row)d already.")
                    % {"alias": alias, "row": first},
                )
            other = PartyAlias.objects.filter(alias__iexact=alias).exclude(party__code=row.subject)
            for taken in other[:1]:
                row.refuse(
                    "aliases",
                    _("“%(alias)s” is an alias of %(party)s already.")
                    % {"alias": alias, "party": taken.party.code},
                )

    def amend_parts(self, obj, values):
        if "aliases" in values:
            self._amend_aliases(obj, lists.split(values["aliases"]))
        for column, name in values.items():
            if column.startswith("name_"):
                self._amend_name(obj, column.removeprefix("name_"), name)

    def _amend_aliases(self, party, aliases):
        for row in party.aliases.all():
            if row.alias not in aliases:
                remove(row, by=self.by)
        known = set(party.aliases.values_list("alias", flat=True))
        for alias in aliases:
            if alias not in known:
                amend(PartyAlias(party=party, alias=alias), by=self.by)

    def _amend_name(self, party, language, name):
        row = party.names.filter(language=language).first()
        if not name:
            if row:
                remove(row, by=self.by)
            return
        row = row or PartyName(party=party, language=language)
        row.name = name
        amend(row, by=self.by)
