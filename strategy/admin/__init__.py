"""Strategy pages in the admin."""

from . import pages  # noqa: F401 (registers the admins)
