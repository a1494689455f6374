"""What is proposed for a party that somebody does not find: one that is there, or its code."""

import re
import unicodedata
from dataclasses import dataclass

from culturecoop.countrynames.builtin import builtin
from culturecoop.countrynames.keys import STOP_WORDS, key
from culturecoop.languages import country_name

from .models import Party, PartyKind
from .names import PartyNames

LONGEST = Party._meta.get_field("code").max_length
_WORD = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True)
class Proposal:
    """The party that a name means already, or else what a new one would be."""

    party: Party | None = None
    name: str = ""
    code: str = ""
    kind: str = PartyKind.ORGANISATION


def proposal_for(name):
    """Return the Proposal for a name in any language, or for a code."""
    names = PartyNames()
    codes = names.find(name) or names.find(name.upper())
    if not codes:
        return Proposal(name=name, code=abbreviation(name))
    [code] = codes
    if party := Party.objects.filter(code=code).first():
        return Proposal(party)
    known = names.new[code]
    return Proposal(name=known["name"] or country_name(code), code=code, kind=known["kind"])


def usual_name(name, code):
    """Whether a country of this code is called so without being given a name."""
    return bool(country_name(code)) and builtin().keys.get(key(name)) == code


def abbreviation(name):
    """Return a code made of a name: its initials; its words where those are a country's code."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in _WORD.findall(plain.upper()) if word.lower() not in STOP_WORDS]
    initials = "".join(word[0] for word in words)
    is_usable = len(words) > 1 and not country_name(initials) and not initials.isdigit()
    return (initials if is_usable else "-".join(words))[:LONGEST].strip("-")
