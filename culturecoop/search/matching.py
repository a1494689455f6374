"""What is asked of the index: conditions on words, the same for both databases.

`Matches(condition)` filters a queryset of SearchDocument. SQLite answers with FTS5, PostgreSQL
with a `tsvector`; nothing else knows which one it is.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func

NUMBERS, TITLE, TOPICS, WORDS = COLUMNS = ("numbers", "title", "topics", "words")
TEXTS = (NUMBERS, TITLE, WORDS)
_WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))


_NEWEST = """
    SELECT search_index.rowid
    FROM search_index JOIN search_searchdocument seen ON seen.id = search_index.rowid
    WHERE search_index MATCH %s
    AND seen.live_from <= %s AND (seen.live_until IS NULL OR seen.live_until > %s)
    {kind} ORDER BY search_index.rowid DESC LIMIT %s
"""


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other in one of `columns`, the last one perhaps only begun.

    Words are letters and figures alone, as `folding` gives them.
    """

    words: tuple[str, ...]
    columns: tuple[str, ...] = TEXTS
    begun: bool = False

    def fts5(self) -> str:
        star = " *" if self.begun else ""
        return f'{{{" ".join(self.columns)}}} : "{" ".join(self.words)}"{star}'

    def tsquery(self) -> str:
        weights = "".join(_WEIGHTS[column] for column in self.columns)
        marks = [weights] * len(self.words)
        marks[-1] = f"*{weights}" if self.begun else weights
        found = (f"'{word}':{mark}" for word, mark in zip(self.words, marks, strict=True))
        return f"({' <-> '.join(found)})"


@dataclass(frozen=True)
class AllOf:
    """Every one of `conditions` (one at least)."""

    conditions: tuple

    def fts5(self) -> str:
        return f"({' AND '.join(condition.fts5() for condition in self.conditions)})"

    def tsquery(self) -> str:
        return f"({' & '.join(condition.tsquery() for condition in self.conditions)})"


@dataclass(frozen=True)
class AnyOf:
    """One of `conditions` (one at least)."""

    conditions: tuple

    def fts5(self) -> str:
        return f"({' OR '.join(condition.fts5() for condition in self.conditions)})"

    def tsquery(self) -> str:
        return f"({' | '.join(condition.tsquery() for condition in self.conditions)})"


Condition = Phrase | AllOf | AnyOf


class Matches(Func):
    """Whether the words of a SearchDocument meet a condition."""

    output_field = BooleanField()

    def __init__(self, condition, **extra):
        super().__init__(F("pk"), **extra)
        self.condition = condition

    def as_sqlite(
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        pk, params = compiler.compile(self.source_expressions[0])
        rows = "SELECT rowid FROM search_index WHERE search_index MATCH %s"
        return f"{pk} IN ({rows})", (*params, self.condition.fts5())

    def as_postgresql(
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        pk, params = compiler.compile(self.source_expressions[0])
        table = pk.rpartition(".")[0]
        return f"{table}.vector @@ %s::tsquery", (*params, self.condition.tsquery())


class Newest(Matches):
    """Whether a SearchDocument is one of the last ones that readers see and that meet a condition.

    With a `kind` only those of that kind count.

    SQLite goes through its index from the end, and stops when it has `most` of them: a condition
    that everything meets costs no more than one that a thousand things meet.
    """

    def __init__(
        self, condition: Condition, at: datetime.datetime, most: int, kind: str = "", **extra: Any
    ):
        super().__init__(condition, **extra)
        self.at, self.most, self.kind = at, most, kind

    def as_sqlite(
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        pk, params = compiler.compile(self.source_expressions[0])
        at = connection.ops.adapt_datetimefield_value(self.at)
        kinds = (self.kind,) if self.kind else ()
        rows = _NEWEST.format(kind="AND seen.kind = %s" if kinds else "")
        return f"{pk} IN ({rows})", (*params, self.condition.fts5(), at, at, *kinds, self.most)
