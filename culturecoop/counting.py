"""Counting what a list finds, no further than a reader wants to know."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts_up_to(most: int, querysets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return {name: number of rows} of several querysets in one query.

    None is counted further than `most` + 1, so that a large list costs what a small one does.
    """
    counted, values = [], []
    for queryset in querysets.values():
        sql, params = _some(queryset.order_by().values("pk")[: most + 1])
        counted.append(f"(SELECT COUNT(*) FROM ({sql}) AS found)")
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counted)}", values)
        return dict(zip(querysets, cursor.fetchone(), strict=True))


def _some(queryset):
    """Return the SQL of a queryset and its parameters; of one that finds nothing as well."""
    try:
        return queryset.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE 1 = 0", ()
