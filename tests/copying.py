"""What takes long to make is made once in a process, and copied into its other tests.

That is a site with its files, and what the migrations leave in an empty one.
"""

import shutil

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

_made = {}


def made_once(tmp_path_factory, make, *arguments):
    """Return what `make` returned, after all rows and files are as it left them the first time."""
    if make not in _made:
        result, folder = make(*arguments), tmp_path_factory.mktemp("made")
        _copy_files(_folders(), _folders(folder))
        _made[make] = result, all_rows(), folder
    else:
        _result, tables, folder = _made[make]
        replace_rows(tables)
        _copy_files(_folders(folder), _folders())
    return _made[make][0]


def all_rows():
    """Return {(table, names of its columns): its rows}."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = tuple(column[0] for column in cursor.description)
            found[table, columns] = cursor.fetchall()
    return found


def replace_rows(tables):
    """Put these rows, which `all_rows` returned, in place of all others."""
    name = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for (table, columns), rows in tables.items():
            cursor.execute(f"DELETE FROM {name(table)}")
            places = ", ".join(["%s"] * len(columns))
            names = ", ".join(map(name, columns))
            cursor.executemany(f"INSERT INTO {name(table)} ({names}) VALUES ({places})", rows)
        models = connection.introspection.installed_models({table for table, _names in tables})
        for line in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(line)
    ContentType.objects.clear_cache()


def _folders(within=None):
    """Those of public and of private files: of the test, or as they are kept in a folder."""
    if within:
        return within / "files", within / "private"
    return settings.MEDIA_ROOT, settings.PRIVATE_ROOT


def _copy_files(sources, targets):
    for source, target in zip(sources, targets, strict=True):
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
