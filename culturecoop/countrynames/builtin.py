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

from .keys import fresh_key as key  # each name is met once
from .keys import pieces
from .meanings import Meaning
from .translated import translated_names

# Of those with a national form, "pt" is Brazil's.
LANGUAGES = (*EU_LANGUAGES, "pt_PT", "es_419", "nb", "is", "tr", "ru", "uk")
COUNTRY, FORMER_COUNTRY, ORGANISATION = "country", "former_country", "organisation"  # kinds
#: CLDR codes that are no party: the euro area, regions without a name, made-up ones.
NO_PARTIES = {"EZ", "QO", "XA", "XB", "ZZ"}
ORGANISATIONS = {"EU": "European Union", "UN": "United Nations"}
HISTORICAL = Path(__file__).with_name("historical.toml")
#: {language: what stands for letters that a keyboard does not have}
UMLAUTS = {
    "de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}),
    "da": str.maketrans({"ø": "oe", "å": "aa", "Ø": "Oe", "Å": "Aa"}),
}
_SHORT = re.compile(r"([^,(\[]+?)\s*[,(\[]")


@dataclass(frozen=True)
class Builtin:
    """`codes`: {code as written: code}; `numbers`: {number of ISO 3166: code};
    `keys`: {key of a name: code}; `new`: {code: row};
    `listed`: the names that hold what stands between the names of a list, as they are written;
    `unclear`: the keys of names that several have; `meanings`: {key of a name: the Meanings of it}.
    """

    codes: dict
    numbers: dict
    keys: dict
    new: dict
    listed: frozenset
    unclear: frozenset
    meanings: dict


@cache
def builtin():
    """Return all names that are known without a register."""
    with HISTORICAL.open("rb") as file:
        historical = tomllib.load(file)
    former = historical["former"]
    unclear = {key(name) for name in historical["unclear"]}
    usual = _usual_names()
    keys = _translated_names(former, usual, unclear) | usual
    keys = {name: code for name, code in keys.items() if name not in unclear}
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
    return Builtin(
        _codes(former), _numbers(historical), keys, new, listed, frozenset(unclear),
        _meanings(historical),
    )  # fmt: skip


def _numbers(historical):
    """Return {number of ISO 3166, in three digits: code}, also of those that were numbered once."""
    return historical["numbers"] | {row.numeric: row.alpha_2 for row in pycountry.countries}


def _meanings(historical):
    """Return {key of a name: its Meanings}, of names that meant another state at another time."""
    return {
        key(name): tuple(Meaning(**state) for state in row["states"])
        for row in historical["meanings"]
        for name in row["names"]
    }


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
    for code, _english, name, _language in _cldr_names(LANGUAGES):
        found[key(name)].add(code)
    for row in pycountry.countries:
        names = {row.name, getattr(row, "official_name", ""), getattr(row, "common_name", "")}
        for name in names | {match[1] for name in names if (match := _SHORT.match(name))}:
            found[key(name)].add(row.alpha_2)
    return _of_one(found)


def _translated_names(former, usual, unclear):
    """Return {key: code} of the names in ISO 3166 in all languages, without those of two countries.

    No name of the one is taken where CLDR calls another country so. “Oesterreich” is what a list
    has whose keyboard had no umlauts. What is unclear in English is so in any language: it is
    added to `unclear`.
    """
    found, is_unclear = defaultdict(set), cache(lambda english: key(english) in unclear)
    for code, english, name, language in (
        *translated_names((*LANGUAGES, "pt_BR")),
        *_cldr_names(UMLAUTS),
    ):
        if is_unclear(english):
            unclear.add(key(name))
        elif len(code) == 2 or code in former:
            found[key(name)].add(code)
            if language in UMLAUTS:
                found[key(name.translate(UMLAUTS[language]))].add(code)
    for name, code in usual.items():
        found[name].add(code)
    return _of_one(found)


def _of_one(found):
    """Return {key: code} of the names in {key: codes} that only one country has."""
    return {name: codes.pop() for name, codes in found.items() if name and len(codes) == 1}


def _cldr_names(languages):
    """Yield (code, "", name, language)."""
    codes = _territories()
    for language in languages:
        for code, name in Locale.parse(language).territories.items():
            if code in codes:
                yield code, "", name, language
