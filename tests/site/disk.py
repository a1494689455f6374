"""A small disk of its own, and how it fills up."""

import os
import subprocess
from contextlib import contextmanager


@contextmanager
def small_disk(folder, megabytes):
    """The folder as a disk of its own, or None when this user may not mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk, leave=0):
    """Take all room but `leave` bytes; returns the file that took it."""
    there = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"\0" * max(0, there.f_bavail * there.f_frsize - leave))
    return filler
