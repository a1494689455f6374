"""The slowest statements of a request, and how the database goes about them."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 3
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (ANALYZE, BUFFERS) "}


def plans_of(request):
    """Return a text for each of the slowest statements that a function causes."""
    with CaptureQueriesContext(connection) as captured:
        request()
    selects = [query for query in captured if query["sql"].startswith(("SELECT", "("))]
    slowest = sorted(selects, key=lambda query: -float(query["time"]))[:MOST]
    return [f"{query['time']} s  {query['sql']}\n{plan(query['sql'])}" for query in slowest]


def plan(sql):
    with connection.cursor() as cursor:
        cursor.execute(EXPLAIN[connection.vendor] + sql)
        return "\n".join(f"    {row[-1]}" for row in cursor.fetchall())
