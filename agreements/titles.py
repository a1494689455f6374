"""Titles that tell agreements apart: the sides follow one that does not name the partners.

"Protocol on Cultural Cooperation (EU – Republic of Korea)": the sides as the register of trade
agreements of the WTO names them. A convention open to many has a title of its own.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from culturecoop.search.folding import plain_words

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
    rows = list(edition.parties.all())
    partners = _partners(rows)
    if not partners or edition.form == Form.MULTILATERAL:
        return title
    groupings = [party for party in partners if party.kind == PartyKind.GROUPING]
    words = _words(f"{title} {beside}")
    if all(_words(party.name_in(language)) in words for party in groupings or partners):
        return title
    own = next((row.party for row in rows if is_own(row.party)), None)
    with translation.override(language):
        return f"{title} ({_sides(own, partners)})"


def _words(text):
    """Return the folded words of a text, so that one text is looked for in another word by word."""
    return f" {' '.join(plain_words(text))} "


def _partners(rows):
    """Return the parties of the other side, groupings first."""
    partners = [row.party for row in rows if row.side != Side.OWN and not is_own(row.party)]
    return sorted(partners, key=lambda party: party.kind != PartyKind.GROUPING)


def _sides(own, partners):
    names = ", ".join(party.display_name for party in partners[:MOST_NAMED])
    if len(partners) > MOST_NAMED:
        words = {"party": partners[0].display_name, "n": len(partners) - 1}
        names = _("%(party)s and %(n)d others") % words
    return f"{own.short_name} – {names}" if own else names
