"""What a sentence is about: the kind of agreement, with the gender that its words agree with."""

from django.utils.translation import pgettext_lazy

from ..vocabulary import AgreementKind

_K = AgreementKind
SUBJECTS = {
    _K.AGREEMENT: pgettext_lazy("begins a sentence", "The agreement"),
    _K.PROTOCOL: pgettext_lazy("begins a sentence", "The protocol"),
    _K.CONVENTION: pgettext_lazy("begins a sentence", "The convention"),
    _K.EXCHANGE_OF_LETTERS: pgettext_lazy("begins a sentence", "The exchange of letters"),
    _K.MEMORANDUM: pgettext_lazy("begins a sentence", "The memorandum of understanding"),
    _K.DECLARATION: pgettext_lazy("begins a sentence", "The declaration"),
}
#: Where a language needs a case: "Die Anwendung des Abkommens", "l’application de l’accord".
APPLICATIONS = {
    _K.AGREEMENT: pgettext_lazy("begins a sentence", "The application of the agreement"),
    _K.PROTOCOL: pgettext_lazy("begins a sentence", "The application of the protocol"),
    _K.CONVENTION: pgettext_lazy("begins a sentence", "The application of the convention"),
    _K.EXCHANGE_OF_LETTERS: pgettext_lazy(
        "begins a sentence", "The application of the exchange of letters"
    ),
    _K.MEMORANDUM: pgettext_lazy(
        "begins a sentence", "The application of the memorandum of understanding"
    ),
    _K.DECLARATION: pgettext_lazy("begins a sentence", "The application of the declaration"),
}
PROVISIONS = {
    _K.AGREEMENT: pgettext_lazy("begins a sentence", "Only some provisions of the agreement"),
    _K.PROTOCOL: pgettext_lazy("begins a sentence", "Only some provisions of the protocol"),
    _K.CONVENTION: pgettext_lazy("begins a sentence", "Only some provisions of the convention"),
    _K.EXCHANGE_OF_LETTERS: pgettext_lazy(
        "begins a sentence", "Only some provisions of the exchange of letters"
    ),
    _K.MEMORANDUM: pgettext_lazy(
        "begins a sentence", "Only some provisions of the memorandum of understanding"
    ),
    _K.DECLARATION: pgettext_lazy("begins a sentence", "Only some provisions of the declaration"),
}
#: The kinds whose French and other names are feminine.
FEMININE = (_K.CONVENTION, _K.DECLARATION)


def subjects(kind):
    """Return {placeholder: words} that sentences about an agreement of a kind can begin with."""
    kind = AgreementKind(kind)
    return {
        "subject": SUBJECTS[kind],
        "application": APPLICATIONS[kind],
        "provisions": PROVISIONS[kind],
    }


def gender(kind):
    """Return the place of the kind's gender in a pair of entries: 0 masculine, 1 feminine."""
    return int(AgreementKind(kind) in FEMININE)
