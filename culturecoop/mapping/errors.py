"""What is wrong with a mapping, in words: the place in it, and what was expected there."""

from collections.abc import Callable, Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import ErrorDetails

from culturecoop.tabular.reading import storable

_TABLE = gettext_lazy("Expected a table.")
_TEXTS = gettext_lazy("Expected a list of texts.")
_TABLES = gettext_lazy("Expected a list of tables.")
_CONDITIONS = gettext_lazy("Expected a table: a heading of the file = texts.")
_LENGTH = gettext_lazy("Expected a number of characters.")
_NOTHING = gettext_lazy("This has to be given.")
#: {type of an error of pydantic: what was expected}
SENTENCES = {
    "missing": _NOTHING,
    "too_short": _NOTHING,
    "string_type": gettext_lazy("Expected a text in quotes."),
    "list_type": _TEXTS,
    "tuple_type": _TEXTS,
    "dict_type": _TABLE,
    "dataclass_type": _TABLE,
    "int_type": _LENGTH,
    "greater_than_equal": _LENGTH,
    "less_than_equal": _LENGTH,
}
#: {(type of the error, key in the mapping): what was expected}, where more is known.
SENTENCES_OF_KEYS = {
    ("dict_type", "values"): gettext_lazy("Expected a table: a word of the file = a word of ours."),
    ("dict_type", "where"): _CONDITIONS,
    ("dict_type", "unless"): _CONDITIONS,
    ("dict_type", "names"): gettext_lazy("Expected a table: a name in the file = a code."),
    ("tuple_type", "rows"): _TABLES,
    ("tuple_type", "questions"): _TABLES,
    ("tuple_type", "further"): _TABLES,
}
_UNKNOWN = ("unexpected_keyword_argument", "extra_forbidden")
#: An unknown key can be the reason why another one is missing.
ORDER = dict.fromkeys(_UNKNOWN, 0) | {"missing": 2, "too_short": 2}


class Invalid(Exception):
    """A mapping that cannot be used; its text names the place and what was expected."""


def invalid(place: str, message: str) -> Invalid:
    """Return the Invalid with the message, after the place."""
    return Invalid(storable(f"{place}: {message}" if place else message))


def first_of(errors: list[ErrorDetails], names_in: Callable[[list], Iterable[str]]) -> Invalid:
    """Return the Invalid of the error that pydantic has found and that explains most.

    `names_in(place)` gives the keys that are known in the table of an unknown one.
    """
    error = min(errors, key=lambda error: (ORDER.get(error["type"], 1), -len(error["loc"])))
    place = [part for part in error["loc"] if part != "[key]"]
    numbered = [str(part + 1) if isinstance(part, int) else part for part in place]
    return invalid(".".join(numbered), _sentence(error, place, names_in))


def _sentence(error, place, names_in):
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in _UNKNOWN:
        expected = get_text_list(names_in(place[:-1]), _("or"))
        return _("Unknown. Expected: %(names)s.") % {"names": expected}
    if kind == "too_long":
        message = _("Expected at most %(count)d characters.")
        return message % {"count": context["max_length"]}
    sentence = SENTENCES_OF_KEYS.get((kind, place[-1] if place else ""))
    return str(sentence or SENTENCES.get(kind) or error["msg"])
