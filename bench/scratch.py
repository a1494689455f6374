"""A site of its own for measuring: its database and its files go when it is done."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_site(within=None):
    """Set up Django on an empty migrated database, with the settings of production.

    SQLite in a file of its own, or a new database beside the one that DATABASE_URL names; the
    files in a folder of their own, `within` another one.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=within) as folder:
        os.environ |= {"VAR_ROOT": folder, "HTTPS": "false", "DEBUG": "false"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culturecoop.settings")
        _set_up(Path(folder))
        from django.db import connection

        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _set_up(folder):
    import django
    from django.conf import settings

    (folder / "static").mkdir()
    settings.ALLOWED_HOSTS.append("testserver")
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {"NAME": str(folder / "bench.sqlite3")}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": static}
    django.setup()
