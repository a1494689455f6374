"""What must hold of the site afterwards, whatever was done to it."""

import hashlib
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from culturecoop.documents.models import DocumentFile


def faults(actors):
    """Yield sentences about what is lost, half there, or not as it should be."""
    for actor in actors:
        yield from (f"{sentence} was acknowledged, and is lost" for sentence in actor.missing())
        yield from actor.half()
    yield from half_files()
    yield from _told_by_check_site()


def half_files():
    """Sentences about stored files that are not what their names, their checksums, say."""
    storage = DocumentFile._meta.get_field("file").storage
    for path in Path(storage.path("documents")).rglob("*.*"):
        with path.open("rb") as stored:
            if hashlib.file_digest(stored, "sha256").hexdigest() != path.stem:
                yield f"{path} is half a file"


def _told_by_check_site():
    """The faults that the command of administrators tells."""
    told = StringIO()
    try:
        call_command("check_site", stdout=StringIO(), stderr=told)
    except CommandError as end:
        yield from (f"check_site: {line}" for line in [*told.getvalue().splitlines(), end])
