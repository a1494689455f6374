"""The database is made from nothing by the migrations, and they say all that the models say."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OWN = (
    "strategy",
    "agreements",
    "spreadsheets",
    "documents",
    "reference",
    "accounts",
)  # the top first


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_from_zero_and_back():
    """Down to nothing and up again: no step needs what another one has left behind."""
    try:
        MigrationExecutor(connection).migrate([(app, None) for app in OWN])
        left = set(connection.introspection.table_names())
        assert not {name for name in left if name.startswith(tuple(f"{app}_" for app in OWN))}
    finally:
        call_command("migrate", verbosity=0)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
