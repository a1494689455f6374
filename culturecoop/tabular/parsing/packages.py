"""The zip package a workbook comes in: what it is, how large it unpacks, mending ODS.

Used in the reading process only, see worker.py.
"""

import io
import re
import zipfile
from functools import partial
from pathlib import Path
from typing import IO

from . import xls_errors

KINDS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
}
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_ENTRIES = 10_000
CHUNK = 2**20
# So many bytes suffice to recognise a tag: </text:p
TAG_LENGTH = 9
_LEFT_OUT = re.compile(rb"<text:(tab|line-break)[^>]{0,80}/>")
# White space beside the tags of a table means nothing; inside paragraphs it is kept.
_INDENT = re.compile(rb"((?:</?table:[^>]*|</text:p)>)\s+(?=</?(?:table:|text:p))")


class Refused(Exception):
    """The file cannot be read; carries a code and figures for the parent process."""

    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details


def inspect(path: Path | str, most_bytes: int) -> str:
    """Return "xlsx", "ods" or "xls"; refuses what is none of them or unpacks too large."""
    with open(path, "rb") as file:
        if file.read(2) != b"PK":
            return "xls"
    try:
        with zipfile.ZipFile(path) as package:
            return _inspected(package, most_bytes)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused("damaged", detail=str(error)) from None


def is_encrypted(path: Path | str, kind: str) -> bool:
    """Return whether the parser failed for want of a password."""
    if kind == "xls":
        return xls_errors.is_encrypted(path)
    with zipfile.ZipFile(path) as package:
        return b"encryption-data" in _head(package, "META-INF/manifest.xml", 2**20)


def needs_mending(path: Path | str) -> bool:
    """Return whether the ODS holds tabs or line breaks, which the parser silently leaves out."""
    with zipfile.ZipFile(path) as package, package.open("content.xml") as content:
        return holds(content, _LEFT_OUT)


def mended_ods(path: Path | str) -> io.BytesIO:
    """Return a copy of the ODS in memory that the parser reads right.

    With the `mimetype` entry, without indentation in tables, tabs and line breaks as characters.
    """
    copy = io.BytesIO()
    new = zipfile.ZipFile(copy, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=1)
    with zipfile.ZipFile(path) as package, new as mended:
        mended.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        for name in set(package.namelist()) - {"mimetype"}:
            with package.open(name) as content, mended.open(name, "w") as written:
                pieces = _mended(content) if name == "content.xml" else _chunks(content)
                for piece in pieces:
                    written.write(piece)
    copy.seek(0)
    return copy


def _chunks(entry):
    return iter(partial(entry.read, CHUNK), b"")


def _mended(entry):
    """Yield the XML in pieces that end before a tag, whose name decides what white space means."""
    rest = b""
    for chunk in _chunks(entry):
        text = rest + chunk
        end = text.rfind(b"<", 0, len(text) - TAG_LENGTH)
        if end < 1:
            rest = text
            continue
        next_tag, rest = text[end : end + TAG_LENGTH], text[end:]
        yield _without_left_out(text[:end] + next_tag).removesuffix(next_tag)
    yield _without_left_out(rest)


def _without_left_out(xml):
    return _LEFT_OUT.sub(_character, _INDENT.sub(rb"\1", xml))


def holds(entry: IO[bytes], pattern: re.Pattern[bytes]) -> bool:
    """Return whether the pattern (of less than 100 bytes) occurs in the opened zip entry."""
    rest = b""
    while chunk := entry.read(CHUNK):
        if pattern.search(rest + chunk):
            return True
        rest = chunk[-100:]
    return False


def _character(match):
    return b"&#9;" if match[1] == b"tab" else b"&#10;"


def _inspected(package, most_bytes):
    entries = package.infolist()
    size = sum(entry.file_size for entry in entries)
    if size > most_bytes or len(entries) > MAX_ENTRIES:
        raise Refused("unpacked", bytes=size)
    kind = _kind(package)
    if kind not in ("xlsx", "ods"):
        raise Refused("kind", kind=kind)
    for name in ("content.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        _refuse_entities(package, name)
    return kind


def _kind(package):
    names = set(package.namelist())
    for name, kind in KINDS.items():
        if name in names:
            return kind
    if "content.xml" not in names:
        # A truncated ODS still has its type at its head.
        return "ods" if _head(package, "mimetype").startswith(ODS) else "zip"
    is_ods = ODS in _head(package, "mimetype") or b"office:spreadsheet" in _head(
        package, "content.xml", 2**20
    )
    return "ods" if is_ods else "opendocument"


def _refuse_entities(package, name):
    """Refuse entities: no spreadsheet program declares any; who does wants them unfolded."""
    if b"<!" in _head(package, name).replace(b"<!--", b""):
        raise Refused("damaged", detail="entities")


def _head(package, name, size=4096):
    if name not in package.namelist():
        return b""
    with package.open(name) as entry:
        return entry.read(size)
