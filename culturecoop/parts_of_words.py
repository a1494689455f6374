"""Looking for parts of words, as the lists of the admin do: folded as the search of readers folds.

What is looked through is stored so, or made so of what was read; what was typed goes the same way.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q

from .folding import LABELS, bare_number, compounds, joined, plain_words

#: The ways to write one word, of which one has to be there: "co operation", "cooperation".
Forms = tuple[str, ...]


def searchable(texts: Iterable[str]) -> str:
    """Return texts as they are looked through: their words, and a compound as one word as well."""
    return "\n".join(filter(None, (_searchable(text) for text in texts if text)))


def searchable_numbers(numbers: Iterable[str]) -> list[str]:
    """Return numbers as texts, each once more without what parts it: "22011A051404"."""
    return [text for number in numbers for text in (number, "".join(bare_number(number)))]


def _searchable(text):
    words = plain_words(text)
    compound = {joined(parts) for parts in compounds(text) if len(parts) > 1}
    return " ".join([*words, *sorted(compound - set(words))])


def asked(text: str) -> list[Forms]:
    """Return the words that are looked for, each in its Forms.

    What only says which collection a number is of may be missing: "CELEX", "No".
    """
    found = [tuple(dict.fromkeys([" ".join(parts), joined(parts)])) for parts in compounds(text)]
    if any(c.isdigit() for c in text):
        found = [forms for forms in found if forms[-1] not in LABELS] or found
    return list(dict.fromkeys(found))


def is_part(forms: Forms, column: str) -> Q:
    """Return the condition "one of the forms is in a column that holds `searchable` texts"."""
    return Q(*((f"{column}__contains", form) for form in forms), _connector=Q.OR)


def all_of(conditions: Iterable[Q]) -> Q:
    """Return the condition that all of these are met."""
    return reduce(and_, conditions, Q())


def having(words: Iterable[Forms], texts: Mapping[int, str]) -> list[int]:
    """Return the ids of those `searchable` texts that have all of the words."""
    return [
        pk
        for pk, text in texts.items()
        if all(any(form in text for form in forms) for forms in words)
    ]


class FoldedSearch:
    """Mixed into a ModelAdmin, before it: its rows are found by parts of words, folded."""

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Return the rows that have every word; of signs alone none."""
        if not search_term.strip():
            return queryset, False
        words = asked(search_term)
        return (queryset.filter(self.having_words(words)) if words else queryset.none()), False

    def having_words(self, words: list[Forms]) -> Q:
        """Return the condition "has every word" of rows."""
        raise NotImplementedError
