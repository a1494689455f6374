"""A party made ready for its page: what the register has with it, and its memberships."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import QueryDict

from culturecoop.texts import sort_key

from .choices import PartyLink, link_of, memberships
from .filters import RegisterFilter
from .models import Party
from .register import Register


@dataclass(frozen=True)
class MembershipLine:
    """That a party belongs, belonged or will belong to a grouping, as one of the two sees it."""

    link: PartyLink  # of the other one of the two
    has_page: bool
    since: object  # dates or None
    until: object


class PartyContent:
    """All that the page of a party says, read in a fixed number of queries."""

    def __init__(self, party, reading):
        self.party, self.reading = party, reading

    @cached_property
    def register(self):
        """The register's page of its agreements; None when it is in none that is live."""
        filters = RegisterFilter(self._query)
        return Register(filters, self._query) if self.party.pk in filters.parties else None

    @property
    def _query(self):
        day = {"on": f"{self.reading.day:%Y-%m-%d}"} if self.reading.dated else {}
        query = QueryDict(mutable=True)
        query.update({"party": self.party.code, **day})
        return query

    @cached_property
    def groupings(self):
        """The groupings that it belongs to, or belonged, the latest first."""
        rows = [row for row in memberships() if row.member_id == self.party.pk]
        return self._lines("grouping", rows)

    @cached_property
    def members(self):
        """The members of a grouping by their names, those of the past too."""
        rows = [row for row in memberships() if row.grouping_id == self.party.pk]
        lines = self._lines("member", rows)
        return sorted(lines, key=lambda line: sort_key(line.link.name))

    def _lines(self, other, rows):
        """Return a line of each membership about its `other` side, the latest first."""
        sides = sorted([(getattr(row, other), row) for row in rows], key=lambda side: side[0].code)
        pks = [party.pk for party, _row in sides]
        seen = set(Party.objects.seen().filter(pk__in=pks).values_list("pk", flat=True))
        lines = [
            MembershipLine(link_of(party), party.pk in seen, row.since, row.until)
            for party, row in sides
        ]
        return sorted(lines, key=lambda line: line.since or date.min, reverse=True)
