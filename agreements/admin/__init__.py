"""The register in the admin."""

from . import editions, parties  # noqa: F401 (registers the admins)
