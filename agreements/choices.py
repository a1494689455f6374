"""What pages of the register have in common: read once a change, not once a request."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from culturecoop.editions.changes import kept
from culturecoop.selects import KnownChoices
from culturecoop.texts import sort_key

from .entries import RegisterEntry
from .parties import Membership, Party, Theme


@dataclass(frozen=True)
class PartyLink:
    """A party as pages name it, and the address of its own."""

    name: str
    short_name: str
    url: str


@dataclass(frozen=True)
class Choices:
    """Parties and themes, and their names in one language in the order of these."""

    parties: dict  # {id: Party} of those that the register says something about
    links: dict  # {id: PartyLink} of the same
    themes: dict  # {slug: Theme}
    themes_by_id: dict
    party_names: KnownChoices  # of (code, name)
    theme_names: KnownChoices  # of (slug, name)

    def link_to(self, party):
        """Return the PartyLink of a party, also of one that the register says nothing about."""
        return self.links.get(party.pk) or link_of(party)


def choices():
    """Return the Choices in the reader's language."""
    return kept(f"choices of the register, {get_language()}", _choices)


def _choices():
    entries = RegisterEntry.objects.live().filter(party=OuterRef("pk"))
    parties = Party.objects.filter(Exists(entries)).prefetch_related("names")
    themes = Theme.objects.prefetch_related("names")
    return Choices(
        {party.pk: party for party in parties},
        {party.pk: link_of(party) for party in parties},
        {theme.slug: theme for theme in themes},
        {theme.pk: theme for theme in themes},
        _by_name([(party.code, party.display_name) for party in parties]),
        _by_name([(theme.slug, theme.display_name) for theme in themes]),
    )


def memberships():
    """Return all Memberships with the names of both sides."""
    return kept("memberships", _memberships)


def _memberships():
    rows = list(Membership.objects.all())
    sides = {pk for row in rows for pk in (row.grouping_id, row.member_id)}
    parties = Party.objects.prefetch_related("names").in_bulk(sides)
    for row in rows:
        row.grouping, row.member = parties[row.grouping_id], parties[row.member_id]
    return rows


def link_of(party):
    return PartyLink(party.display_name, party.short_name, party.get_absolute_url())


def _by_name(names):
    return KnownChoices(sorted(names, key=lambda row: sort_key(row[1])))
