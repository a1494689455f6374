"""Which columns of a foreign sheet hold the parties, and how they are written.

Lists have one column with all parties, one for each (“Party 1”, “Country.x”, “c91”), or one for
the own side and one for the other (“Country”, “Partner”).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import names, words
from .rules import NUMERIC, Rule

#: The share of the names that have to be known: under a heading that says so, or under any.
ENOUGH, NEARLY_ALL = 0.5, 0.9
EXACT = 150  # the score of a heading that is one of the phrases
_NUMBER = re.compile(r"(.*[^\W\d_])[\s._#-]*[(\[]?\d{1,3}[)\]]?")
_LETTER = re.compile(r"(.+?)[\s._-]+[(\[]?[A-Za-z][)\]]?")


@dataclass
class _Group:
    """Columns that may hold parties together, how well their heading fits, and their texts."""

    indexes: list[int]
    score: int
    texts: list[str]


def parties(
    target: str,
    headings: Sequence[str],
    samples: Sequence[Sequence[str]],
    index: Any,
    *,
    several: bool,
) -> Rule | None:
    """Return the rule of a column of parties, None where no heading fits, or too few names do.

    `samples` are the texts of each column, `index` the index of names; `several`: whether the
    column takes several parties.
    """
    groups = _groups(headings, samples, target, several=several)
    groups.sort(key=lambda group: (bool(group.texts), group.score), reverse=True)
    for group in groups:
        separator, notation, share = _written(group, index)
        enough = ENOUGH if group.score else NEARLY_ALL
        if share >= enough or (group.score and not group.texts):
            if several and not separator and len(group.indexes) == 1:
                group.indexes = _sides(group, groups, index)
            sources = tuple(headings[i] for i in sorted(group.indexes))
            combine = "join" if len(sources) > 1 else "first"
            return Rule(target, sources, combine=combine, separator=separator, notation=notation)
    return None


def _groups(headings, samples, target, *, several):
    """Return the groups of columns: those numbered alike together, others whose heading fits."""
    stems: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        match = _NUMBER.fullmatch(heading) or _LETTER.fullmatch(heading)
        if match and several:
            stems.setdefault(match[1], []).append(place)
    series = {stem: places for stem, places in stems.items() if len(places) > 1}
    in_series = {place for places in series.values() for place in places}
    single = {h: [i] for i, h in enumerate(headings) if i not in in_series}
    found = []
    for heading, places in (*series.items(), *single.items()):
        score = words.score(words.plain(heading), target)
        if score or len(places) > 1:
            found.append(_Group(places, score, [text for i in places for text in samples[i]]))
    return found


def _written(group, index):
    """Return (separator, notation, the share of the names that are known, or of several)."""
    if group.texts and all(text.isdecimal() for text in group.texts):
        distinct = set(group.texts)
        known = sum(index.find_number(text) is not None for text in distinct)
        # How many parties there are is told in small numbers, and most of these are no country.
        share = known / len(distinct)
        return "", NUMERIC, share if share >= NEARLY_ALL else 0.0
    best = ("", "", 0.0)
    for separator in ("", *names.SEPARATORS):
        parts = (names.split(text, separator, index.find) for text in group.texts)
        found = [
            codes is not None or index.is_shared(name) for part in parts for name, codes in part
        ]
        known = sum(found)
        if found and known / len(found) > best[2]:
            best = separator, "", known / len(found)
    return best


def _sides(group, groups, index):
    """Return the columns of both sides: of other headings for parties, with one name a cell."""
    sides = list(group.indexes)
    for other in groups:
        if other is not group and other.score >= EXACT and len(other.indexes) == 1:
            separator, notation, share = _written(other, index)
            if not separator and not notation and share >= ENOUGH:
                sides += other.indexes
    return sides if group.score >= EXACT else group.indexes
