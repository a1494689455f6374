"""The index that counts by status holds the keys on PostgreSQL, as all indexes of SQLite do.

So what is found is sorted without reading each row that matches.
"""

from importlib import import_module

from django.db import migrations

before = import_module("agreements.migrations.0010_entries_counted")
WITH_KEYS = before.POSTGRESQL.replace("INCLUDE (", "INCLUDE (id, ")


def _made(sql):
    """Return what makes the index anew on PostgreSQL."""

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP INDEX entry_counted")
            schema_editor.execute(sql)

    return make


class Migration(migrations.Migration):
    dependencies = [("agreements", "0011_listing")]

    operations = [migrations.RunPython(_made(WITH_KEYS), _made(before.POSTGRESQL))]
