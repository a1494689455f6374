"""Parties as names: which they are, and what an import adds to them before its rows are written."""

import contextlib
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import Party, PartyAlias
from agreements.names import PartyNames
from culturecoop.countrynames.aliases import holds_everywhere
from culturecoop.reference.verbs import amend

#: The columns that hold codes of parties, in any of the sheets.
COLUMNS = ("party", "parties", "grouping", "member")
PERMISSIONS = ("agreements.add_party", "agreements.change_party")


class PartyNameMixin:
    """For resources whose files write parties as names: what publishers' imports add."""

    @cached_property
    def party_names(self):
        return PartyNames()

    def names(self, target):
        return self.party_names if target in COLUMNS else super().names(target)

    @classmethod
    def can_add_names(cls, user):
        return user.has_perms(PERMISSIONS)

    def check_new(self, code, new):
        party = Party(code=code, kind=new["kind"], name=new["name"])
        try:
            party.clean_fields()
            party.refuse_nameless()
        except ValidationError as error:
            raise ValidationError(list(_sentences(error))) from error
        if (party.code, party.name) != (code, new["name"]):
            raise ValidationError(_("Expected no blanks around code and name."))

    def prepare(self, new, names):
        if self.by is None or self.can_add_names(self.by):
            add_parties(new, by=self.by)
            remember(names, by=self.by)


def _sentences(error):
    """Yield what is wrong with a party, each after the label of its field."""
    for name, messages in error.message_dict.items():
        label = capfirst(Party._meta.get_field(name).verbose_name)
        yield from (f"{label}: {message}" for message in messages)


def add_parties(new, *, by=None):
    """Make the parties {code: {"kind": …, "name": …}} that the register does not have."""
    known = set(Party.objects.filter(code__in=new).values_list("code", flat=True))
    for code, party in new.items():
        if code not in known:
            amend(Party(code=code, kind=party["kind"], name=party.get("name", "")), by=by)


def remember(names, *, by=None):
    """Keep the answers {name in a file: [code]} as aliases, so that the next file needs none.

    A name that stands for several parties, or for none, cannot be one; nor one that means
    different parties in different files.
    """
    wanted = {name: codes[0] for name, codes in names.items() if len(codes) == 1}
    parties = Party.objects.in_bulk(set(wanted.values()), field_name="code")
    known = {alias.casefold() for alias in PartyAlias.objects.values_list("alias", flat=True)}
    for name, code in wanted.items():
        fits = code in parties and name.casefold() not in known and len(name) <= 200
        if fits and holds_everywhere(name, code):
            # What cannot be an alias, such as a name with a control character, was answered here.
            with contextlib.suppress(ValidationError):
                amend(PartyAlias(party=parties[code], alias=name), by=by)
                known.add(name.casefold())
