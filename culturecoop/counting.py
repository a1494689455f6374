"""Counting what a list finds, no further than a reader wants to know."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

#: Stands in the statement, which is written once, for each of the values in turn.
_VALUE = "\x00value"


def counts_up_to(
    most: int, queryset: QuerySet[Any], column: str, values: Sequence[str], *others: Q
) -> list[int]:
    """Return how many rows have each of `values` in a column, and meet each other condition.

    In one query. None is counted further than `most` + 1, so that a large list costs what a small
    one does.
    """
    sql, params = _some(queryset.filter(**{column: _VALUE}), most)
    parts = [sql] * len(values)
    given = [value if param == _VALUE else param for value in values for param in params]
    for condition in others:
        sql, params = _some(queryset.filter(condition), most)
        parts.append(sql)
        given += params
    counted = ", ".join(f"(SELECT COUNT(*) FROM ({part}) AS found)" for part in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}", given)
        return list(cursor.fetchone())


def _some(queryset, most):
    """Return the SQL of a queryset and its parameters; of one that finds nothing as well."""
    try:
        query = queryset.order_by().values("pk")[: most + 1].query
        return query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE 1 = 0", ()
