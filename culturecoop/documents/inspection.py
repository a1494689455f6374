"""What an uploaded file is: from its bytes, never from its name.

The bytes are read by `reader.py` in a process of its own with limits of time and memory, so that
nothing a file contains can hang or kill the server.
"""

import hashlib
import json
import logging
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

READER = Path(__file__).with_name("reader.py")
SECONDS = 10  # of the processor
#: How many times these are waited for, on a machine that is busy.
PATIENCE = 6
MEGABYTES = 512
CHUNK = 1 << 16
MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of accepted files: its media type, the endings of its name, the best one first."""

    media_type: str
    endings: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class FileFacts:
    """What was read from a file. `pages` only where the file has pages of its own (PDF)."""

    media_type: str
    extension: str  # without the dot
    size: int  # bytes
    pages: int | None
    title: str  # of the file's own metadata, one line, "" without one
    sha256: str  # hexadecimal
    note: str  # "encrypted" or ""
    text: str = ""  # the words in it, where they could be read


OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS = {
    "pdf": Kind("application/pdf", ("pdf",), _("a PDF document")),
    "docx": Kind(OFFICE + "wordprocessingml.document", ("docx",), _("a Word document (DOCX)")),
    "odt": Kind(OPEN_DOCUMENT + "text", ("odt",), _("an OpenDocument text (ODT)")),
    "xlsx": Kind(OFFICE + "spreadsheetml.sheet", ("xlsx",), _("an Excel workbook (XLSX)")),
    "ods": Kind(OPEN_DOCUMENT + "spreadsheet", ("ods",), _("an OpenDocument spreadsheet (ODS)")),
    "csv": Kind("text/csv", ("csv",), _("a table in plain text (CSV)")),
    "epub": Kind("application/epub+zip", ("epub",), _("an e-book (EPUB)")),
    "zip": Kind("application/zip", ("zip",), _("a ZIP archive")),
    "png": Kind("image/png", ("png",), _("a PNG image")),
    "jpeg": Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), _("a JPEG image")),
    "webp": Kind("image/webp", ("webp",), _("a WebP image")),
}
OTHERS = {  # what else a file is found to be
    "html": _("a web page (HTML)"),
    "svg": _("an SVG drawing"),
    "xml": _("XML or other markup"),
    "text": _("plain text (a table must have a name that ends in .csv)"),
    "script": _("a script"),
    "program": _("a program"),
    "old-office": _("an Office file of the old kind, or one with a password"),
    "other-office": _("another kind of office file"),
    "rtf": _("an RTF document"),
    "picture": _("an image of another kind"),
    "archive": _("an archive of another kind"),
    "unknown": _("of no kind that is known here"),
}
REASONS = {
    "empty": _("The file is empty."),
    "type": _("This file is %(found)s. Accepted are %(accepted)s."),
    "name": _(
        "The name ends in “.%(ending)s”, but the content is %(found)s. "
        "Choose the file you meant, or give it a name that ends in “.%(extension)s”."
    ),
    "broken": _(
        "This file begins like %(found)s, but it is damaged and cannot be read. "
        "Save or export it again."
    ),
    "offset": _(
        "There is a PDF document in this file, but other content stands before it. "
        "Save or export it again: a PDF document begins with “%%PDF-”."
    ),
    "macros": _("This file contains macros (programs). Save it without them."),
    "pixels": _("This is %(found)s with too many pixels. Make it smaller."),
    "limits": _(
        "Reading this file takes too much time or memory: it is damaged or made to do harm. "
        "Save or export it again."
    ),
    "size": _("The file is larger than %(limit)s, the most that is accepted."),
}
# An ending claims a type when it looks like one: "Annex 1.2" and "Dr. No" claim nothing.
ENDING = re.compile(r"\.([a-z][a-z0-9]{0,9})$", re.IGNORECASE)


class Refused(ValidationError):
    """The refusal of a file: the message says what it was found to be and what is expected."""

    def __init__(self, code, kinds=KINDS, **params):
        accepted = ", ".join("WebP" if key == "webp" else key.upper() for key in kinds)
        super().__init__(REASONS[code], code=code, params={"accepted": accepted, **params})


def inspect(file, kinds=KINDS):
    """The FileFacts of a seekable binary file, which is left at its start. Raises Refused.

    Accepted are files of these kinds.
    """
    with copied(file) as (copy, size, sha256):
        answer = probed(copy)
    kind = accepted_kind(answer, claimed_ending(file), kinds)
    return FileFacts(
        media_type=kind.media_type,
        extension=kind.endings[0],
        size=size,
        pages=answer["pages"],
        title=answer["title"],
        sha256=sha256,
        note=answer["note"],
        text=answer["text"],
    )


def most_bytes():
    """How large the file of a document may be."""
    return getattr(settings, "DOCUMENT_MAX_BYTES", MAX_BYTES)


@contextmanager
def copied(file):
    """A copy on disk, which a child process can read, with its size and hash: one pass."""
    limit = most_bytes()
    size, digest = 0, hashlib.sha256()
    with TemporaryFile() as copy:
        file.seek(0)
        for chunk in iter(partial(file.read, CHUNK), b""):
            size += len(chunk)
            if size > limit:
                raise Refused("size", limit=filesizeformat(limit))
            digest.update(chunk)
            copy.write(chunk)
        file.seek(0)
        copy.seek(0)
        yield copy, size, digest.hexdigest()


def probed(copy):
    """The answer of the child process, with the text of the file."""
    answer, text = answered(READER, copy, SECONDS, MEGABYTES)
    return {**answer, "text": text.decode(errors="ignore")}


def answered(program, copy, seconds, megabytes):
    """(answer, what follows it) of a child process; one that gives none ran into its limits."""
    command = [sys.executable, "-I", str(program), str(seconds), str(megabytes)]
    pipes = {"stdin": copy, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        output = subprocess.run(command, **pipes, env={}, timeout=seconds * PATIENCE).stdout
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
    answer, _end, rest = output.partition(b"\n")
    try:
        return json.loads(answer), rest
    except ValueError as error:
        logger.warning("A file could not be inspected: %s", error)
        raise Refused("limits") from error


def accepted_kind(answer, ending, kinds=KINDS):
    """The Kind of an answer, unless it is refused or the name claims another type."""
    key = "csv" if (answer["kind"], ending) == ("text", "csv") else answer["kind"]
    if key not in kinds and (key in KINDS or "refused" not in answer):
        answer = {"refused": "type"}
    if "refused" in answer:
        raise Refused(answer["refused"], kinds, found=words(key))
    kind = KINDS[key]
    if ending and ending not in kind.endings:
        raise Refused("name", ending=ending, extension=kind.endings[0], found=kind.words)
    return kind


def words(key):
    """What a kind is called in a sentence."""
    return KINDS[key].words if key in KINDS else OTHERS.get(key, OTHERS["unknown"])


def claimed_ending(file):
    """The type that the name claims, in lower case and without the dot, or ""."""
    name = getattr(file, "name", None)
    found = ENDING.search(name) if isinstance(name, str) else None
    return found[1].lower() if found else ""
