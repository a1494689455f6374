"""Accounts in the admin: users, groups, and the logs."""

from . import groups, logs, users

__all__ = ["groups", "logs", "users"]
