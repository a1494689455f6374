"""What CLDR, ISO 3166 and diplomatic usage call the countries: the same for every register."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycountry
from babel import Locale

from culturecoop.languages import EU_LANGUAGES
from culturecoop.texts import folded

from .keys import key, pieces

# Of those with a national form, "pt" is Brazil's.
LANGUAGES = (*EU_LANGUAGES, "pt_PT", "es_419", "nb", "is", "tr", "ru", "uk")
COUNTRY, FORMER_COUNTRY, ORGANISATION = "country", "former_country", "organisation"  # kinds
#: CLDR codes that are no party: the euro area, regions without a name, made-up ones.
NO_PARTIES = {"EZ", "QO", "XA", "XB", "ZZ"}
ORGANISATIONS = {"EU": "European Union", "UN": "United Nations"}
HISTORICAL = Path(__file__).with_name("historical.toml")
_SHORT = re.compile(r"([^,(\[]+?)\s*[,(\[]")


@dataclass(frozen=True)
class Builtin:
    """`codes`: {code as written: code}; `keys`: {key of a name: code}; `new`: {code: row};
    `listed`: the names that hold what stands between the names of a list, as they are written;
    `unclear`: the keys of names that several have.
    """

    codes: dict
    keys: dict
    new: dict
    listed: frozenset
    unclear: frozenset


@cache
def builtin():
    """Return all names that are known without a register."""
    with HISTORICAL.open("rb") as file:
        historical = tomllib.load(file)
    keys = _usual_names()
    unclear = frozenset(key(name) for name in historical["unclear"])
    keys = {name: code for name, code in keys.items() if name not in unclear}
    former = historical["former"]
    known = {code: (*row["names"], row["name"]) for code, row in former.items()}
    for code, names in (historical["names"] | known).items():
        keys |= {key(name): code for name in names}
    new = {code: {"kind": COUNTRY, "name": ""} for code in _territories()}
    for code, name in ORGANISATIONS.items():
        new[code] = {"kind": ORGANISATION, "name": name}
    for code, row in former.items():
        new[code] = {"kind": FORMER_COUNTRY, "name": row["name"]}
    written = (name for names in (*historical["names"].values(), *known.values()) for name in names)
    listed = frozenset(folded(name) for name in written if pieces(name))
    return Builtin(_codes(former), keys, new, listed, unclear)


@cache
def names_by_code():
    """Return {code: the keys of all names that are known without a register}."""
    found = defaultdict(set)
    for name, code in builtin().keys.items():
        found[code].add(name)
    return {code: frozenset(names) for code, names in found.items()}


def _territories():
    """Return the codes of countries and territories."""
    codes = Locale("en").territories
    return {code for code in codes if len(code) == 2 and code not in NO_PARTIES}


def _codes(former):
    """Return {code as written: code}: alpha-2, alpha-3, and those of former countries."""
    codes = {code: code for code in _territories()}
    codes |= {row.alpha_3: row.alpha_2 for row in pycountry.countries}
    codes |= {
        row.alpha_3: row.alpha_4 for row in pycountry.historic_countries if row.alpha_4 in former
    }
    return codes | {code: code for code in former}


def _usual_names():
    """Return {key: code} of the names in CLDR and ISO 3166, without those of two countries."""
    found = defaultdict(set)
    for code, name in _cldr_names():
        found[key(name)].add(code)
    for row in pycountry.countries:
        names = {row.name, getattr(row, "official_name", ""), getattr(row, "common_name", "")}
        for name in names | {match[1] for name in names if (match := _SHORT.match(name))}:
            found[key(name)].add(row.alpha_2)
    found.pop("", None)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _cldr_names():
    codes = _territories()
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in codes:
                yield code, name
