"""Files on the disk: whole or not there, and readable by the service alone.

A file is written aside, in `INCOMING` of the same storage, and gets its name when all of it is on
the disk. What a process that was killed has left there belongs to nothing.
"""

import errno
import fcntl
import hashlib
import os
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

INCOMING = "incoming"
CHUNK = 1 << 20
FILE_MODE, FOLDER_MODE = 0o600, 0o700
OTHERS = 0o077
LEFT_BEHIND = 24 * 60 * 60  # seconds
# What file systems that know no second name for a file answer (shares, some volumes).
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
# Faults of the disk, which say nothing about what is written or read.
FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
OTHER_FAULTS = {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ESTALE}


def is_of_the_disk(error):
    """Whether an OSError is a fault of the machine rather than of a file."""
    return isinstance(error, OSError) and error.errno in FULL | CLOSED | OTHER_FAULTS


class WholeFileStorage(FileSystemStorage):
    """Django's storage of files, without half files."""

    def __init__(self, *place, **options):
        modes = {
            "file_permissions_mode": FILE_MODE,
            "directory_permissions_mode": FOLDER_MODE,
        }
        super().__init__(*place, **modes | options)

    def _save(self, name, content):
        aside = f"{INCOMING}/{get_random_string(32)}"
        try:
            super()._save(aside, content)
            to_disk(self.path(aside))
            return self._name(aside, name)
        finally:
            self.delete(aside)

    def _name(self, aside, name):
        """Give the finished file its name, or another when somebody has just taken it."""
        while True:
            path = Path(self.path(name))
            make_folder(path.parent)
            try:
                place(self.path(aside), path)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                to_disk(path.parent)
                return name


def make_folder(path):
    """Make a folder, and those above it that are not there, all for the service alone."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(FOLDER_MODE, exist_ok=True)


def place(aside, path):
    """Give a finished file its name; FileExistsError when that is taken."""
    try:
        os.link(aside, path)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from None
        os.rename(aside, path)


@contextmanager
def alone_in(folder):
    """Let one process at a time work in a folder, where the disk knows locks."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a share without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write_new(path, text):
    """Write a text of ours into a file that is there as a whole or not at all.

    When two do so at once, the text of one of them is in the file.
    """
    aside = path.with_name(f"{path.name}.{get_random_string(8)}")
    try:
        with open(aside, "x", opener=_private) as file:
            file.write(text)
        to_disk(aside)
        with suppress(FileExistsError):
            place(aside, path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def replacing(path):
    """A file to write in that takes the place of the one at `path` when all of it is written.

    What is no file, such as a pipe, is written to as it is.
    """
    path = Path(path).resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    aside = path.with_name(f".{path.name}.{get_random_string(8)}")
    try:
        with aside.open("xb") as file:
            yield file
        to_disk(aside)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def strangers(storage, folder, known, why):
    """Sentences about what lies below `folder` and is not `known`, or cannot be looked into."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        yield f"{folder}: it {unread(error)}"
        return
    paths = (f"{folder}/{name}" for name in sorted(names))
    yield from (f"{path}: {why}" for path in paths if path not in known)
    for below in sorted(folders):
        yield from strangers(storage, f"{folder}/{below}", known, why)


def measured(stored):
    """(size, SHA-256) of a stored file."""
    digest, size = hashlib.sha256(), 0
    with stored.storage.open(stored.name) as content:
        for chunk in iter(partial(content.read, CHUNK), b""):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def fault_of(stored):
    """What keeps a stored file from being read; "" when nothing does."""
    try:
        stored.storage.open(stored.name).close()
    except OSError as error:
        return unread(error)
    return ""


def unread(error):
    """What an OSError says of a file that was to be read."""
    if isinstance(error, FileNotFoundError):
        return "is missing"
    return f"cannot be read ({error.strerror})"


def sweep(*folders):
    """Delete what was being written when a process was killed, more than a day ago."""
    for folder in folders:
        for path in folder.glob("*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > LEFT_BEHIND:
                    path.unlink()


def to_disk(path):
    """Wait until a file or folder is on the disk: some only then say that there is no room."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _private(path, flags):
    return os.open(path, flags, FILE_MODE)


def keep_private(*paths):
    """Take the rights of others from what is there, where it is ours."""
    for path in paths:
        with suppress(OSError):
            mode = path.stat().st_mode
            if mode & OTHERS:
                path.chmod(mode & ~OTHERS)


def open_to_others(*paths):
    """Those of the paths that somebody else than the service may look into."""
    return [path for path in paths if path.exists() and path.stat().st_mode & OTHERS]
