"""Parts of words of the admin's list are looked up: an index of their trigrams.

SQLite has it as a table of FTS5 that triggers keep, PostgreSQL in its extension pg_trgm, which the
owner of a database may create. Without the extension the list is searched row by row, as before.
"""

from django.db import DatabaseError, migrations, transaction

SQLITE = [
    """
    CREATE VIRTUAL TABLE agreements_listed_index USING fts5(
        words, parties, content='agreements_agreementlisting', content_rowid='edition_id',
        tokenize='trigram'
    )
    """,
    """
    CREATE TRIGGER agreements_listed_insert AFTER INSERT ON agreements_agreementlisting BEGIN
        INSERT INTO agreements_listed_index (rowid, words, parties)
        VALUES (new.edition_id, new.words, new.parties);
    END
    """,
    """
    CREATE TRIGGER agreements_listed_delete AFTER DELETE ON agreements_agreementlisting BEGIN
        INSERT INTO agreements_listed_index (agreements_listed_index, rowid, words, parties)
        VALUES ('delete', old.edition_id, old.words, old.parties);
    END
    """,
    """
    CREATE TRIGGER agreements_listed_update
    AFTER UPDATE OF edition_id, words, parties ON agreements_agreementlisting BEGIN
        INSERT INTO agreements_listed_index (agreements_listed_index, rowid, words, parties)
        VALUES ('delete', old.edition_id, old.words, old.parties);
        INSERT INTO agreements_listed_index (rowid, words, parties)
        VALUES (new.edition_id, new.words, new.parties);
    END
    """,
    "INSERT INTO agreements_listed_index (agreements_listed_index) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER agreements_listed_insert",
    "DROP TRIGGER agreements_listed_delete",
    "DROP TRIGGER agreements_listed_update",
    "DROP TABLE agreements_listed_index",
]
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    """
    CREATE INDEX agreements_listed_index ON agreements_agreementlisting
    USING gin (words gin_trgm_ops, parties gin_trgm_ops)
    """,
]
POSTGRESQL_BACK = ["DROP INDEX IF EXISTS agreements_listed_index"]


def _make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        return _execute(schema_editor, SQLITE)
    try:
        with transaction.atomic():
            _execute(schema_editor, POSTGRESQL)
    except DatabaseError as why:
        print(f"\n    Without an index of trigrams: {why}", end="")


def _drop_index(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    _execute(schema_editor, SQLITE_BACK if is_sqlite else POSTGRESQL_BACK)


def _execute(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0016_code_with_a_letter")]

    operations = [migrations.RunPython(_make_index, _drop_index)]
