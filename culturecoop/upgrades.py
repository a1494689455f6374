"""What follows a migration: a look whether a table is there, and a line about what was done."""

import sys
from typing import Any

from django.db import connections, models


def has_table(model: type[models.Model], using: str) -> bool:
    """Whether the table of a model is there: not before its migration, nor when that is undone."""
    return model._meta.db_table in connections[using].introspection.table_names()


def say(line: str, stdout: Any = None) -> None:
    """Write a line where the command writes."""
    (stdout or sys.stdout).write(f"{line}\n")
