"""What must hold of the stored files, told apart from how the verbs bring it about."""

import hashlib
from functools import partial

from culturecoop.storage import stored_names

from .models import DocumentFile

CHUNK = 1 << 20


def faults():
    """Sentences about files that are not stored as their rows say. Each content is read once."""
    rows = DocumentFile.objects.exclude(file="").order_by("sha256", "pk")
    read = (None, None)
    for row in rows.select_related("document").iterator(500):
        if row.erased_at:
            continue
        if read[0] != row.file.name:
            read = (row.file.name, _measured(row))
        fault = _difference(row, read[1])
        if fault:
            yield f"{row!r}, {row.file.name}: {fault}"
    yield from _not_erased()


def notes():
    """Sentences about what lies in the storage and no row knows: it does no harm."""
    known = set(DocumentFile.objects.exclude(file="").values_list("file", flat=True))
    storage = DocumentFile._meta.get_field("file").storage
    for name in stored_names(storage, "documents"):
        if name not in known:
            yield f"{name}: in the storage, but no file of a document"


def _measured(row):
    """(size, sha256) of the stored bytes, or None when they cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with row.file.storage.open(row.file.name) as stored:
            for chunk in iter(partial(stored.read, CHUNK), b""):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    return size, digest.hexdigest()


def _difference(row, found):
    """How the stored bytes are not what the row says; "" when they are."""
    if found is None:
        return "its bytes are missing"
    size, sha256 = found
    if size != row.size:
        return f"{size} bytes are stored, not {row.size}"
    return "" if sha256 == row.sha256 else f"its checksum is {sha256}, not {row.sha256}"


def _not_erased():
    """Sentences about erased bytes that are there, and belong to no other file."""
    erased = DocumentFile.objects.exclude(file="").exclude(erased_at=None)
    in_use = DocumentFile.objects.filter(erased_at=None).values("file")
    for row in erased.exclude(file__in=in_use).select_related("document").order_by("pk"):
        if row.file.storage.exists(row.file.name):
            yield f"{row!r}, {row.file.name}: its bytes were erased, but they are there"
