"""The sheet of parties: codes, kinds, names by language, aliases. For publishers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Party, PartyAlias, PartyName
from culturecoop.reference.verbs import amend, remove
from culturecoop.sheets.columns import Column, ListWidget
from culturecoop.sheets.registry import register
from culturecoop.tabular import lists

from . import contents
from .translated_names import TranslatedNamesResource


@register
class PartyResource(TranslatedNamesResource):
    """One row a party."""

    name = "parties"
    label = gettext_lazy("parties")
    about = gettext_lazy(
        "The sides of agreements: countries, former countries, regional groupings and "
        "organisations. “name_fr” is the name in French, where the usual one will not do; there "
        "can be such a column for every language."
    )
    model = Party
    name_model = PartyName
    name_owner = "party"
    key_fields = ("code",)
    order = 10
    keys = required = ("code",)
    export_permissions = ("agreements.view_party",)
    import_permissions = ("agreements.add_party", "agreements.change_party")

    code = Column.of(Party, "code")
    base = Column("base", fixed=True)
    kind = Column.of(Party, "kind")
    name_ = Column.of(Party, "name")
    aliases = Column(
        "aliases",
        ListWidget(PartyAlias._meta.get_field("alias")),
        help=gettext_lazy("Other names that spreadsheets use for it, separated by “;”."),
    )

    def __init__(self, by=None, **kwargs):
        super().__init__(by=by, **kwargs)
        self.given = {}  # the aliases of the file, with the rows they stand in
        self.aliases_there = {}
        self.given_up = set()  # (code, alias) of the aliases that rows of the batch remove

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

    def check_together(self, rows):
        changing = (row for row in rows if row.record and not (row.errors or row.conflicts))
        self.given_up = {
            (row.subject, alias)
            for row in changing
            if row.record.now and "aliases" in row.new_values
            for alias in _folded(row.record.now["aliases"])
            - _folded(lists.split(row.new_values["aliases"]))
        }
        self.aliases_there = _aliases() if any("aliases" in r.new_values for r in rows) else {}

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
            for code in self.aliases_there.get(alias.casefold(), ()):
                if code == row.subject or (code, alias.casefold()) in self.given_up:
                    continue
                row.refuse(
                    "aliases",
                    _("“%(alias)s” is an alias of %(party)s already.")
                    % {"alias": alias, "party": code},
                )

    def apply(self, rows):
        """Remove all aliases that go before writing: another row may give one to its party."""
        cells = {row.subject: row.new_values for row in rows if "aliases" in row.new_values}
        for known in PartyAlias.objects.filter(party__code__in=cells).select_related("party"):
            if known.alias not in lists.split(cells[known.party.code]["aliases"]):
                remove(known, by=self.by)
        super().apply(rows)

    def amend_parts(self, obj, values):
        if "aliases" in values:
            self._add_aliases(obj, lists.split(values["aliases"]))
        super().amend_parts(obj, values)

    def _add_aliases(self, party, aliases):
        known = set(party.aliases.values_list("alias", flat=True))
        for alias in aliases:
            if alias not in known:
                amend(PartyAlias(party=party, alias=alias), by=self.by)


def _aliases():
    """Return {alias without case: [code of a party, …]} of the register."""
    rows = PartyAlias.objects.values_list("alias", "party__code")
    return contents.grouped((alias.casefold(), code) for alias, code in rows)


def _folded(aliases):
    return {alias.casefold() for alias in aliases}
