"""What must hold of the stored files, told apart from how the verbs bring it about."""

from culturecoop.storage import measured, strangers, unread

from .models import DocumentFile


def faults():
    """Sentences about files that are not stored as their rows say. Each content is read once."""
    rows = DocumentFile.objects.exclude(file="").order_by("sha256", "pk")
    read = (None, None)
    for row in rows.select_related("document").iterator(500):
        if row.erased_at:
            continue
        if read[0] != row.file.name:
            read = (row.file.name, _measured(row))
        fault = _difference(row, *read[1])
        if fault:
            yield f"{row!r}, {row.file.name}: {fault}"
    yield from _not_erased()


def notes():
    """Sentences about what lies in the storage and no row knows: it does no harm."""
    known = set(DocumentFile.objects.exclude(file="").values_list("file", flat=True))
    storage = DocumentFile._meta.get_field("file").storage
    yield from strangers(storage, "documents", known, "in the storage, but no file of a document")


def _measured(row):
    """((size, SHA-256), ""), or (None, why) when the stored bytes cannot be read."""
    try:
        return measured(row.file), ""
    except OSError as error:
        return None, f"its file {unread(error)}"


def _difference(row, found, why):
    """How the stored bytes are not what the row says; "" when they are."""
    if found is None:
        return why
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
