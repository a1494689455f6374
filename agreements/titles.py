"""Titles that tell agreements apart: the sides follow one that does not name the partners.

"Protocol on Cultural Cooperation (EU – Republic of Korea)": the sides as the register of trade
agreements of the WTO names them. A convention open to many has a title of its own.
"""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext as _

from culturecoop.folding import plain_words

from .knownnames import is_named
from .parties import PartyKind
from .treaty import is_own
from .vocabulary import Form, Side

#: How many partners are named; of more, the first and their number.
MOST_NAMED = 3


def full_title(edition, title, language, beside=""):
    """Return a title of an edition, or of its document, with the sides where it needs them.

    They are in the `language` of the title, and left out where the words `beside` it name the
    partners. Uses the prefetched `parties__party__names`.
    """
    if edition.form == Form.MULTILATERAL:
        return title
    return with_sides(
        title, language, [(row.party, row.side) for row in edition.parties.all()], beside
    )


def with_sides(title, language, sides, beside=""):
    """Return a title with the `sides`, each (Party, Side or ""), where it needs them."""
    partners = _partners(sides)
    groupings = [party for party in partners if party.kind == PartyKind.GROUPING]
    text = f"{title} {beside}"
    if all(_is_named(party, text, language) for party in groupings or partners):
        return title
    own = next((party for party, _side in sides if is_own(party)), None)
    with translation.override(language):
        return f"{title} ({_sides(own, partners)})"


def _is_named(party, text, language):
    """Whether a text has the name of a party in its language, or any other of its names."""
    return _words(party.name_in(language)) in _words(text) or is_named(party, text)


@lru_cache(maxsize=4096)  # lists ask it of the same titles
def _words(text):
    """Return the folded words of a text, so that one text is looked for in another word by word."""
    return f" {' '.join(plain_words(text))} "


def _partners(sides):
    """Return the parties of the other side, groupings first."""
    partners = [party for party, side in sides if side != Side.OWN and not is_own(party)]
    return sorted(partners, key=lambda party: party.kind != PartyKind.GROUPING)


def _sides(own, partners):
    names = ", ".join(party.display_name for party in partners[:MOST_NAMED])
    if len(partners) > MOST_NAMED:
        words = {"party": partners[0].display_name, "n": len(partners) - 1}
        names = _("%(party)s and %(n)d others") % words
    return f"{own.short_name} – {names}" if own else names
