"""How large an uploaded spreadsheet may be; each limit is a setting."""

from django.conf import settings

from ..parsing.places import column_letter
from .errors import unreadable

DEFAULTS = {
    "SPREADSHEET_MAX_BYTES": 50 * 2**20,
    "SPREADSHEET_MAX_UNPACKED_BYTES": 300 * 2**20,
    "SPREADSHEET_MAX_ROWS": 200_000,
    "SPREADSHEET_MAX_COLUMNS": 1_000,
    "SPREADSHEET_MAX_CELL_CHARS": 32_767,
    # What the reading process may take: seconds of the processor, and bytes of address space.
    "SPREADSHEET_MAX_SECONDS": 8,
    "SPREADSHEET_MAX_MEMORY": 200 * 2**20,
}
#: Spreadsheet programs write less; more cannot be kept with an import.
LONGEST_SHEET_NAME = 255


def limit(name: str) -> int:
    """Return the limit called SPREADSHEET_MAX_<name>, from the settings or else the default."""
    key = f"SPREADSHEET_MAX_{name}"
    return getattr(settings, key, DEFAULTS[key])


def check_width(sheet: str, row: int, width: int) -> None:
    """Raise Unreadable when the row has more cells than columns are read."""
    most = limit("COLUMNS")
    if width > most:
        cell = f"{column_letter(width - 1)}{row}"
        raise unreadable("too_many_columns", sheet=sheet, cell=cell, most=most)
