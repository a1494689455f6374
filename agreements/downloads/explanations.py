"""What each column of a download means, for readers."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from agreements.resources.contents import DATES, NUMBERS
from agreements.vocabulary import AgreementKind, Binding, Form, Status

from .columns import TEXTS

_MEANINGS = {
    "slug": _("The last part of the address of its page. It tells the agreement."),
    "base": _("The number of the edition that the row was taken from."),
    "source_language": _("The language that the entry was written in first."),
    "kind": _("What it is called."),
    "themes": _("Its subjects, separated by “;”."),
    "parties": _(
        "The codes of its parties in the order of the agreement, separated by “;”; of countries "
        "those of ISO 3166. The page of a party is at /parties/ and its code."
    ),
    "form": _("How it binds its parties."),
    "binding": _("Whether it binds in law."),
    "legal_basis": _("The provision that it was concluded under."),
    "status": _(
        "What stands on the day of the list, as the dated events amount to: for the whole "
        "agreement; where the list is of a party, for that party. Empty where nothing is recorded "
        "or nothing is certain."
    ),
    "documents": _(
        "What the documents of the agreement are called in addresses, separated by “;”."
    ),
}
_DATED = _(
    "The days of these events, as far as they concern the whole agreement: 2007, 2007-12 or "
    "2007-12-16; with ? when uncertain, with ~ when approximate, with % when both. Several are "
    "separated by “;”."
)
_NUMBERED = _("Its numbers in these collections. Several are separated by “;”.")
_WORDS = {
    "official_title": _("The title in the authentic text, word for word."),
    "title": _("The short title. The code of a language follows in each of these: title_fr."),
    "summary": _("What it is about."),
    "line": _("What follows the title in lists on pages."),
    "wording": _("The sentence as an earlier page had it."),
}
_CODES = {
    "kind": AgreementKind.choices,
    "form": Form.choices,
    "binding": Binding.choices,
    "status": Status.choices,
}


@dataclass(frozen=True)
class Explained:
    """One column, or several of one kind: what it means, and the codes that it can have."""

    names: tuple
    meaning: str
    codes: list = field(default_factory=list)  # of (code, what it stands for)


def explained():
    """Return the Explained of all columns, in their order."""
    plain = [Explained((name,), text, _CODES.get(name, [])) for name, text in _MEANINGS.items()]
    dates = Explained(tuple(map(str, DATES)), _DATED, [(kind, kind.label) for kind in DATES])
    numbers = Explained(tuple(NUMBERS), _NUMBERED)
    words = [Explained((f"{part}_…",), _WORDS[part]) for part in TEXTS]
    return [*plain[:-1], dates, numbers, plain[-1], *words]
