"""Entries take slugs as long as agreements have them.

SQLite does not look at lengths, and making its table anew would lose the indexes that count.
"""

from django.db import migrations, models

ALTER = "ALTER TABLE agreements_registerentry ALTER COLUMN slug TYPE varchar({})"


def _altered(length):
    """Return what makes the column so long on PostgreSQL."""

    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(ALTER.format(length))

    return alter


class Migration(migrations.Migration):
    dependencies = [("agreements", "0012_counted_with_keys")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(_altered(150), _altered(100))],
            [
                migrations.AlterField(
                    "registerentry",
                    "slug",
                    models.SlugField(db_index=False, max_length=150, verbose_name="slug"),
                )
            ],
        )
    ]
