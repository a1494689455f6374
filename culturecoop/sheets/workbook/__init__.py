"""The whole site as one workbook with its files, written and read."""

from .export import KINDS, can_export, write_workbook, write_zip
from .packages import opened

__all__ = ["KINDS", "can_export", "opened", "write_workbook", "write_zip"]
