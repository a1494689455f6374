"""The index that counts by status are read from alone.

Each database has what it needs: PostgreSQL keeps no long texts in an index. A later migration
that changes the columns of RegisterEntry on SQLite makes the index anew: Django replaces the
table then.
"""

from django.db import migrations

COLUMNS = (
    "since, live_from, live_until, pending, ending, kind, year, first_year, last_year, partner_id,"
    " edition_id"
)
SQLITE = f"""
    CREATE INDEX entry_counted ON agreements_registerentry (
        party_id, standing, until, {COLUMNS}, themes
    ) WHERE NOT superseded
"""
POSTGRESQL = f"""
    CREATE INDEX entry_counted ON agreements_registerentry (party_id, standing, until)
    INCLUDE ({COLUMNS}) WHERE NOT superseded
"""
ENDING = """
    CREATE INDEX entry_ending ON agreements_registerentry (party_id, until)
    WHERE ending AND NOT superseded
"""


def _make(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)
    schema_editor.execute(ENDING)


def _drop(apps, schema_editor):
    schema_editor.execute("DROP INDEX entry_counted")
    schema_editor.execute("DROP INDEX entry_ending")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0009_register_entries")]

    operations = [migrations.RunPython(_make, _drop)]
