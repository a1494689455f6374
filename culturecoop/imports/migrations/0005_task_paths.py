"""Tasks that wait for a worker were queued under the former name of this package."""

from django.db import migrations

TABLE = "django_tasks_database_dbtaskresult"
FORMER, PRESENT = "culturecoop.spreadsheets.tasks.import_task", "culturecoop.imports.tasks.import_task"


def rename(connection, old, new):
    if TABLE not in connection.introspection.table_names():
        return  # there never was a worker
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET task_path = %s WHERE task_path = %s", [new, old])


def forwards(apps, schema_editor):
    rename(schema_editor.connection, FORMER, PRESENT)


def backwards(apps, schema_editor):
    rename(schema_editor.connection, PRESENT, FORMER)


class Migration(migrations.Migration):

    dependencies = [
        ('spreadsheets', '0004_keep_who_did_it'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
