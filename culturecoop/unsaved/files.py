"""Files that were chosen in a form that came back: kept for a day, for whoever chose them.

A file lies in the private storage, in `unsaved/<user>/<token>/<name>`. A form names those that it
has kept in a hidden field beside the field of the file.
"""

import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import get_random_string

FOLDER = "unsaved"
KEPT = "-kept"  # ends the name of the hidden field
TOKEN = re.compile(r"[0-9a-zA-Z]{32}")
SECONDS = 24 * 60 * 60
MOST_FILES = 50  # of a person
MOST_BYTES = 200 * 1024 * 1024  # of all files of a person


def take_kept(request):
    """Add the files that a form says were kept to the request, where none was chosen instead."""
    for field, token in list(request.POST.items()):
        name = field.removesuffix(KEPT)
        awaited = field.endswith(KEPT) and name not in request.FILES
        if awaited and (file := _kept(request.user, token)):
            request.FILES[name] = file


def keep(request):
    """Keep the files of a form that came back, as far as they were found to be good.

    Each gets its `kept` token, which the form is sent with.
    """
    _sweep()
    for file in request.FILES.values():
        if not getattr(file, "kept", "") and hasattr(file, "facts"):
            file.kept = _store(request.user, file)


def forget(request):
    """Delete what was kept for a form that is saved now."""
    for file in request.FILES.values():
        if token := getattr(file, "kept", ""):
            shutil.rmtree(_place(request.user) / token, ignore_errors=True)


def _store(user, file):
    """Return the token under which a file is kept now, or "" when the person has too many."""
    if _is_full(_place(user), file.size):
        return ""
    token = get_random_string(32)
    file.seek(0)
    try:
        storages["private"].save(f"{FOLDER}/{user.pk}/{token}/{file.name}", file)
    except (OSError, SuspiciousFileOperation):
        return ""  # it has to be chosen again, as before
    return token


def _kept(user, token):
    """Return the file that a person has kept under a token, as an upload, or None."""
    if not TOKEN.fullmatch(token):
        return None
    folder = _place(user) / token
    path = next(iter(folder.glob("*")), None)
    if path is None or _is_old(folder):
        return None
    file = UploadedFile(path.open("rb"), path.name, size=path.stat().st_size)
    file.kept = token
    return file


def _place(user):
    return Path(storages["private"].path(f"{FOLDER}/{user.pk}"))


def _is_full(place, more):
    sizes = [path.stat().st_size for path in place.glob("*/*")]
    return len(sizes) >= MOST_FILES or sum(sizes) + more > MOST_BYTES


def _sweep():
    """Delete what was kept for longer than a day."""
    for folder in Path(storages["private"].path(FOLDER)).glob("*/*"):
        with suppress(OSError):
            if _is_old(folder):
                shutil.rmtree(folder)


def _is_old(folder):
    return time.time() - folder.stat().st_mtime > SECONDS
