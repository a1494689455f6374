"""Several values in one cell: separated by semicolons, quoted where a value holds one."""

import csv
import io
import re
from collections.abc import Iterable

_NEEDS_QUOTES = re.compile(r'[;"\n]')


def joined(values: Iterable[str]) -> str:
    """Return one cell that holds the values (texts without blanks around them)."""
    return "; ".join(
        '"{}"'.format(value.replace('"', '""')) if _NEEDS_QUOTES.search(value) else value
        for value in values
    )


def split(cell: str) -> list[str]:
    """Return the values in the cell, without blanks around them; blank ones are left out."""
    lines = io.StringIO(cell, newline="")
    rows = csv.reader(lines, delimiter=";", skipinitialspace=True)
    return [value.strip() for row in rows for value in row if value.strip()]
