"""The index of the names of parties against a dictionary of names as they are written."""

from babel import Locale

from agreements.models import Party
from agreements.names import PartyNames
from culturecoop.countrynames.builtin import LANGUAGES, builtin
from culturecoop.countrynames.keys import key

from .measuring import measure

NAMES = ["Germany", "Korea, Republic of", "Atlantis", "USSR", "EU"]
ROUNDS = 20_000


def bench_names():
    found, written = PartyNames(), plain_index()
    yield measure("index of names, made", index, plain_index, rounds=3)
    yield measure(
        f"{len(NAMES) * ROUNDS:,} names found",
        lambda: look_up(found.find),
        lambda: look_up(written.get),
    )


def index():
    """All of it made anew, as after a start of the server."""
    builtin.cache_clear()
    key.cache_clear()
    return PartyNames()


def plain_index():
    """The names of all territories in the same languages, and those of the register."""
    names = {}
    for language in LANGUAGES:
        names |= {name: code for code, name in Locale.parse(language).territories.items()}
    return names | dict(Party.objects.values_list("name", "code"))


def look_up(find):
    for _round in range(ROUNDS):
        for name in NAMES:
            find(name)
