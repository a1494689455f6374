"""What must hold of the site afterwards, whatever was done to it."""

import hashlib
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command, get_commands

from culturecoop.documents.models import DocumentFile
from culturecoop.documents.proofs import faults as file_faults
from culturecoop.documents.proofs import stored_names
from culturecoop.editions import redirects
from culturecoop.editions.proofs import faults as edition_faults
from culturecoop.reference.proofs import faults as address_faults

COMMAND = "check_site"


def faults(actors):
    """Yield sentences about what is lost, half there, or not as it should be."""
    for actor in actors:
        yield from (f"{sentence} was acknowledged, and is lost" for sentence in actor.missing())
        yield from actor.half()
    for model in redirects.edition_models():
        yield from edition_faults(model)
    yield from file_faults()
    yield from address_faults()
    yield from redirects.faults()
    yield from half_files()
    yield from _told_by_command()


def half_files():
    """Sentences about stored files that are not what their names, their checksums, say."""
    storage = DocumentFile._meta.get_field("file").storage
    for name in stored_names(storage, "documents"):
        with storage.open(name) as stored:
            if hashlib.file_digest(stored, "sha256").hexdigest() != Path(name).stem:
                yield f"{name} is half a file"


def _told_by_command():
    """The faults that the command for the whole site tells, where there is one."""
    if COMMAND in get_commands():
        told = StringIO()
        try:
            call_command(COMMAND, stdout=StringIO(), stderr=told)
        except CommandError as end:
            yield from (f"{COMMAND}: {line}" for line in [*told.getvalue().splitlines(), end])
