"""The index of the words, which the database keeps by itself whatever writes a row.

A later migration that changes the columns of SearchDocument makes the index anew: on SQLite
Django replaces the table then, and the triggers go with the old one.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        numbers, title, topics, words,
        content='search_searchdocument', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='3'
    )
    """,
    """
    CREATE TRIGGER search_index_insert AFTER INSERT ON search_searchdocument BEGIN
        INSERT INTO search_index (rowid, numbers, title, topics, words)
        VALUES (new.id, new.numbers, new.title, new.topics, new.words);
    END
    """,
    """
    CREATE TRIGGER search_index_delete AFTER DELETE ON search_searchdocument BEGIN
        INSERT INTO search_index (search_index, rowid, numbers, title, topics, words)
        VALUES ('delete', old.id, old.numbers, old.title, old.topics, old.words);
    END
    """,
    """
    CREATE TRIGGER search_index_update
    AFTER UPDATE OF id, numbers, title, topics, words ON search_searchdocument BEGIN
        INSERT INTO search_index (search_index, rowid, numbers, title, topics, words)
        VALUES ('delete', old.id, old.numbers, old.title, old.topics, old.words);
        INSERT INTO search_index (rowid, numbers, title, topics, words)
        VALUES (new.id, new.numbers, new.title, new.topics, new.words);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER search_index_insert",
    "DROP TRIGGER search_index_delete",
    "DROP TRIGGER search_index_update",
    "DROP TABLE search_index",
]
# No generated column: rows are also copied whole, with all their columns.
POSTGRESQL = [
    "ALTER TABLE search_searchdocument ADD COLUMN vector tsvector",
    """
    CREATE FUNCTION search_vector() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        new.vector :=
            setweight(to_tsvector('simple', new.numbers), 'A')
            || setweight(to_tsvector('simple', new.title), 'B')
            || setweight(to_tsvector('simple', new.topics), 'C')
            || setweight(to_tsvector('simple', new.words), 'D');
        RETURN new;
    END
    $$
    """,
    """
    CREATE TRIGGER search_vector
    BEFORE INSERT OR UPDATE OF numbers, title, topics, words ON search_searchdocument
    FOR EACH ROW EXECUTE FUNCTION search_vector()
    """,
    "CREATE INDEX search_index ON search_searchdocument USING gin (vector)",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER search_vector ON search_searchdocument",
    "DROP FUNCTION search_vector()",
    "ALTER TABLE search_searchdocument DROP COLUMN vector",
]


def _make_index(apps, schema_editor):
    _execute(schema_editor, SQLITE, POSTGRESQL)


def _drop_index(apps, schema_editor):
    _execute(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _execute(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(_make_index, _drop_index)]
