"""Signs that a server is in the middle of something, read while all its processes are stopped."""

import sqlite3
from contextlib import closing

from django.db import connection

from culturecoop.imports.models import ImportJob

from .site import APPLICATION

BUSY = (ImportJob.State.READING, ImportJob.State.RUNNING)
SESSIONS = f"""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = '{APPLICATION}'
"""
WRITING = f"{SESSIONS} AND backend_xid IS NOT NULL"


def signs(site):
    """The names of what there is to see of work that is not done."""
    found = {name for name, look in LOOKS.items() if look(site)}
    return found | {f"import {state}" for state in _states()}


def transaction_is_open(site=None):
    """Whether the server has written something that it has not committed."""
    if connection.vendor == "sqlite":
        return _is_locked(connection.settings_dict["NAME"])
    return bool(_counted(WRITING))


def is_connected():
    """Whether PostgreSQL still works for a server that is gone."""
    return connection.vendor != "sqlite" and bool(_counted(SESSIONS))


def file_comes_in(site):
    """Whether an upload is on its way to the disk."""
    return bool(site.aside())


LOOKS = {"transaction open": transaction_is_open, "file half written": file_comes_in}


def _states():
    return ImportJob.objects.filter(state__in=BUSY).values_list("state", flat=True)


def _is_locked(path):
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        other.execute("ROLLBACK")
        return False


def _counted(query):
    with connection.cursor() as cursor:
        return cursor.execute(query).fetchone()[0]
