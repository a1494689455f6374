"""What must hold of the stored files, checked apart from the verbs that bring it about."""

from itertools import groupby

from culturecoop.storage import measured, strangers, unread

from . import listing
from .models import DocumentFile


def faults():
    """Yield sentences about files that are not stored as their rows say. Each is read once."""
    rows = DocumentFile.objects.exclude(file="").filter(erased_at=None)
    rows = rows.select_related("document").order_by("sha256", "pk").iterator(500)
    for name, same in groupby(rows, lambda row: row.file.name):
        for row, fault in _faults_of(list(same)):
            yield f"{row!r}, {name}: {fault}"
    yield from _not_erased()
    yield from listing.faults()


def notes():
    """Sentences about what lies in the storage and no row knows: it does no harm."""
    known = set(DocumentFile.objects.exclude(file="").values_list("file", flat=True))
    storage = DocumentFile._meta.get_field("file").storage
    yield from strangers(storage, "documents", known, "in the storage, but no file of a document")


def _faults_of(rows):
    """Yield (row, how its stored bytes are not what it says) of rows with the same stored file."""
    try:
        size, sha256 = measured(rows[0].file)
    except OSError as error:
        yield from ((row, f"its file {unread(error)}") for row in rows)
        return
    for row in rows:
        if size != row.size:
            yield row, f"{size} bytes are stored, not {row.size}"
        elif sha256 != row.sha256:
            yield row, f"its checksum is {sha256}, not {row.sha256}"


def _not_erased():
    """Sentences about erased bytes that are there, and belong to no other file."""
    erased = DocumentFile.objects.exclude(file="").exclude(erased_at=None)
    in_use = DocumentFile.objects.filter(erased_at=None).values("file")
    for row in erased.exclude(file__in=in_use).select_related("document").order_by("pk"):
        if row.file.storage.exists(row.file.name):
            yield f"{row!r}, {row.file.name}: its bytes were erased, but they are there"
