"""The commands of `manage.py`: a fault of the machine is reported without a traceback."""

import sys
from datetime import timedelta

from django.conf import settings
from django.core.management import CommandError, execute_from_command_line
from django.utils import timezone

FAULTS = {
    "database": "The database does not answer",
    "full": "There is no room left on the disk",
    "closed": "The disk does not allow it",
    "disk": "The disk does not answer",
}


def run(words):
    """Run a command, and end with status 1 when the machine is at fault.

    With DEBUG or `--traceback` all of the fault is shown.
    """
    try:
        execute_from_command_line(words)
    except Exception as error:
        line = fault_line(error)
        if not line or settings.DEBUG or "--traceback" in words:
            raise
        sys.exit(line)


def fault_line(error):
    """Return a line on a fault of the machine, "" for one of the program."""
    from .faults import kind_of  # when the settings are read

    kind = kind_of(error)
    return kind and f"{FAULTS[kind]}: {_words(error)}"


def _words(error):
    """Return the message of the system, with its file if any, or the first line of a driver's."""
    if isinstance(error, OSError):
        return ": ".join(str(part) for part in (error.filename, error.strerror) if part)
    return str(error).strip().partition("\n")[0]


def days_ago(days, option):
    """The moment so many days ago; the calendar begins at some time."""
    try:
        return timezone.now() - timedelta(days=days)
    except OverflowError:
        raise CommandError(f"{option}: {days} days ago there was no calendar.") from None
