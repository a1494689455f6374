"""The words of the admin's list of agreements, looked up in an index of trigrams.

SQLite has it as a table of FTS5, PostgreSQL as an index that LIKE uses; see migration 0017.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from culturecoop.parts_of_words import Forms, all_of, having, is_part

from .listing import AgreementListing, listing_one
from .parts import AgreementParty

#: So many rows are looked up in the index; where more have the words, a page is full of them soon.
MOST = 2000
#: The letters of a word that the index can look up.
SHORTEST = 3
#: So many parties are looked for one by one in the rows; of more, the parts are read.
FEW_PARTIES = 20

#: A word in its forms, and the ids of the parties that have it in their names.
Sought = tuple[Forms, list[int]]


def has_words(words: Iterable[Forms], names: Mapping[int, str]) -> Q:
    """Return the condition "every word is in a title, a number, or the name of a party" of rows.

    `names` are the `searchable` names of parties by their ids.
    """
    sought = [(word, having([word], names)) for word in words]
    found = all_of(is_part(word, "words") | _with_parties(parties) for word, parties in sought)
    few = _few_with(sought)
    return found if few is None else found & Q(pk__in=few)


def having_party(party: int) -> Q:
    """Return the condition "is with a party" (its id) of rows; few are looked up."""
    few = few_of(AgreementParty.objects.filter(party=party))
    return Q(listing_one("parties", party)) if few is None else Q(pk__in=few)


def few_of(parts: QuerySet[Any]) -> list[int] | None:
    """Return the ids of the editions that parts are of; None: too many to look them up."""
    found = list(parts.order_by().values_list("edition", flat=True)[: MOST + 1])
    return found if len(found) <= MOST else None


def _with_parties(parties):
    if len(parties) > FEW_PARTIES:
        of_parties = AgreementParty.objects.filter(party__in=parties)
        return Q(pk__in=of_parties.values("edition"))
    return _any_of(listing_one("parties", party) for party in parties)


def _few_with(sought: Iterable[Sought]) -> list[int] | None:
    """Return the ids of the rows that have the words which the index knows; None: too many."""
    known = [
        (forms, parties) for forms, parties in sought
        if min(map(len, forms)) >= SHORTEST and len(parties) <= FEW_PARTIES
    ]  # fmt: skip
    if not known:
        return None
    found = _in_fts5(known) if connection.vendor == "sqlite" else _with_like(known)
    return found if len(found) <= MOST else None


def _in_fts5(sought):
    words = " AND ".join(f"({_phrases(forms, parties)})" for forms, parties in sought)
    index = "agreements_listed_index"
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH %s LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [words, MOST + 1])
        return [pk for (pk,) in cursor.fetchall()]


def _phrases(forms, parties):
    words = [f'words : "{form}"' for form in forms]
    return " OR ".join(words + [f'parties : "|{party}|"' for party in parties])


def _with_like(sought):
    conditions = (
        is_part(forms, "words") | _any_of(Q(parties__contains=f"|{party}|") for party in parties)
        for forms, parties in sought
    )
    rows = AgreementListing.objects.filter(all_of(conditions))
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def _any_of(conditions):
    return Q(*conditions, _connector=Q.OR)
