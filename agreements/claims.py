"""What running text says of the status of an agreement, held against its events: hints only.

Words like “in force” age; the status is computed. The law's words are looked for in the languages
of the site (`docs/decisions/0007-law.md`), but for what is denied (“not yet in force”).
"""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.questions import Hint
from culturecoop.languages import language_name

from .treaty import periods_of
from .vocabulary import Status
from .wording import status_on

DENIED = (
    r"(?<!not )(?<!not yet )(?<!no longer )(?<!nicht )(?<!nicht mehr )(?<!plus )(?<!pas encore )"
)
WORDS = {
    Status.IN_FORCE: r"in force|into force|in Kraft|en vigueur",
    Status.PROVISIONALLY_APPLIED: r"provisionally applied|applied provisionally"
    r"|vorläufig angewandt|appliqu\w+ à titre provisoire",
    Status.SUSPENDED: r"application is suspended|Anwendung \w* ?\w* ?ausgesetzt"
    r"|application est suspendue",
    Status.TERMINATED: r"was terminated|wurde beendet|a pris fin",
}
PATTERNS = {
    status: re.compile(rf"{DENIED}\b(?:{words})\b", re.IGNORECASE)
    for status, words in WORDS.items()
}


def contradicted(text, status):
    """Return the words of a text that say another status than `status` (None for none)."""
    found = {claimed: pattern.search(text) for claimed, pattern in PATTERNS.items()}
    claims = {claimed: match[0] for claimed, match in found.items() if match}
    return [] if status in claims else list(claims.values())


def hints_about(edition):
    """Return the Hints about the texts of a draft that say another status than its events do."""
    found = status_on(periods_of(edition), edition, timezone.localdate())
    status = found.period.status if found else None
    for text in edition.texts.all():
        for words in contradicted(f"{text.line}\n{text.summary}", status):
            yield hint(words, language_name(text.language), found, "texts-group")


def hint(words, where, found, place):
    """Return the Hint that a text says something else of an agreement than its events."""
    named = {"where": where, "words": words, "status": found and found.label}
    if found:
        sentence = _("%(where)s: the text says “%(words)s”, but the events say: %(status)s.")
    else:
        sentence = _("%(where)s: the text says “%(words)s”, but no event supports this.")
    return Hint(sentence % named, place)
