"""All names of a party that a text can have: in any language, aliases, former and short ones."""

from collections import defaultdict
from functools import cache

from django.conf import settings
from django.utils import translation

from culturecoop.countrynames.keys import key, stands_in
from culturecoop.editions.changes import kept
from culturecoop.search.models import SearchName

from .parties import SHORT_NAMES, Party, PartyAlias, PartyKind, PartyName

PARTY = "party"  # what search calls a party, before its id
COUNTRIES = (PartyKind.COUNTRY, PartyKind.FORMER_COUNTRY)


def is_named(party, text):
    """Whether a text names a party by any of its names, in whole words."""
    return stands_in(text, names_known().get(party.pk, ()))


def names_known():
    """Return {id: the keys of the names} of all parties, read once a change.

    What countries are called in all languages is read as search has stored it: CLDR itself would
    take 25 MB of each process.
    """
    return kept("names of parties", _names_known)


def _names_known():
    found = defaultdict(set)
    stored = SearchName.objects.filter(form=SearchName.Form.NAME, topic__startswith=PARTY)
    for topic, name in stored.values_list("topic", "key"):
        found[int(topic.removeprefix(PARTY))].add(name)
    for pk, code, kind, name in Party.objects.values_list("pk", "code", "kind", "name"):
        found[pk] |= {key(name), *map(key, short_names(code))}
        if kind not in COUNTRIES:  # the code is what it is called for short
            found[pk].add(key(code))
    names = PartyName.objects.order_by().values_list("party", "name")
    aliases = PartyAlias.objects.order_by().values_list("party", "alias")
    for pk, name in names.union(aliases):
        found[pk].add(key(name))
    return {pk: frozenset(filter(None, names)) for pk, names in found.items()}


@cache
def short_names(code):
    """Return what readers see of a party where there is little room, in each language."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(SHORT_NAMES.get(code, "")))
    return found - {""}
