"""Reading as of one moment, whatever others commit meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Let the queries of the block see what the first of them saw. Nothing is written in it.

    In a transaction that is open already, they see what that sees.
    """
    if connection.in_atomic_block:
        yield
        return
    with _as_a_reader(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _as_a_reader():
    """Begin without the lock of those who write, which SQLite would ask for at once."""
    database: Any = connection
    usual = getattr(database, "transaction_mode", None)
    if usual:
        database.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        if usual:
            database.transaction_mode = usual
