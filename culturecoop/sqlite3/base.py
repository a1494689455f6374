"""A connection that is kept notices that another file has taken the place of its own.

What is written into a file that is gone is lost without a word, as after a backup was put back
under a server that runs.
"""

from pathlib import Path

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asked before each request whether it is still of use, as CONN_HEALTH_CHECKS has it."""

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        self.file = self._file_of_now()
        return connection

    def is_usable(self):
        """Whether the file is the one that was opened."""
        return self.file == self._file_of_now() and super().is_usable()

    def _file_of_now(self):
        """Return what tells a file from another one at its place; None where there is none."""
        try:
            found = Path(self.settings_dict["NAME"]).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
