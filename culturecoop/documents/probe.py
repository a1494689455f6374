"""What a file is, from its bytes, for a program of its own: a hostile file kills only that.

The answer is `{"kind", "pages", "title", "note"}`, or `{"kind", "refused"}` with the code of the
reason. It imports nothing of the project and no Django: the program (`reader.py`) starts in a
tenth of a second, and knows no secret that a file could reach for.
"""

import codecs
import contextlib
import re
import resource
import zipfile
from functools import partial

CHUNK = 1 << 16
HEAD = 8192
PART_BYTES = 1 << 20  # the most that is read of one part of an office file
TITLE_CHARACTERS = 300
PICTURES = ("png", "jpeg", "webp")
IMAGE_SIDE = 20_000
IMAGE_PIXELS = 50_000_000

SIGNATURES = [  # what stands at the start → the kind
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"%PDF-", "pdf"),
        (rb"PK(\x03\x04|\x05\x06)", "zip"),
        (rb"\x89PNG\r\n\x1a\n", "png"),
        (rb"\xff\xd8\xff", "jpeg"),
        (rb"RIFF....WEBP", "webp"),
        (rb"GIF8|II\*\0|MM\0\*|BM.{4}\0{4}", "picture"),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
        (rb"MZ.*\0|\x7fELF|[\xcf\xce]\xfa\xed\xfe|\xca\xfe\xba\xbe|L\0{3}\x01\x14\x02", "program"),
        (rb"#!", "script"),
        (rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!\x1a|BZh[1-9]|\xfd7zXZ", "archive"),
        (rb"\{\\rtf", "rtf"),
    )
]
MARKUP = [
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), kind)
    for pattern, kind in (
        (rb".*<svg\b", "svg"),
        (rb".*<(!doctype html|html|head|body|script|iframe)\b", "html"),
        (rb"(\xef\xbb\xbf)?\s*<[!?a-z]", "xml"),
    )
]
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NOT_TEXT = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

OOXML_TYPES = [  # in [Content_Types].xml → the kind
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
]
MIMETYPES = {  # the entry "mimetype" of OpenDocument and EPUB → the kind
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/epub+zip": "epub",
}
MACROS = re.compile(r"(^|/)vbaProject\.bin$|^Scripts/.+|^Basic/[^/]+/(?!script-l[bc]\.xml$).+")
PROGRAM_ENTRIES = {"META-INF/MANIFEST.MF", "AndroidManifest.xml"}
DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class Reason(Exception):
    """Why a file is refused: its kind and the code of the reason."""

    def __init__(self, kind, code):
        super().__init__(kind, code)
        self.answer = {"kind": kind, "refused": code}


def probe(file):
    """The answer about a seekable binary file, as a dictionary (see above)."""
    try:
        kind = kind_of(file)
        return {"kind": kind, "pages": None, "title": "", "note": ""} | READERS[kind](file)
    except Reason as reason:
        return reason.answer


def kind_of(file):
    """The kind of a file that has a reader here. Raises Reason for any other."""
    kind = signature(file)
    if kind == "zip":
        kind = zip_kind(file)
    if kind not in READERS:
        raise Reason(kind, "type")
    return kind


def signature(file):
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Reason("empty", "empty")
    if head.startswith(UTF16_MARKS):
        head = head.decode("utf-16", "ignore").encode()
    for pattern, kind in SIGNATURES + MARKUP:
        if pattern.match(head):
            return kind
    if b"%PDF-" in head:
        raise Reason("pdf", "offset")
    return "text" if is_text(file) else "unknown"


def is_text(file):
    """UTF-8, UTF-16 with its mark, or an 8-bit encoding; in each case no control characters."""
    file.seek(0)
    marked = file.read(2) in UTF16_MARKS
    encodings = ["utf-16"] if marked else ["utf-8-sig", "latin-1"]
    return any(has_clean_text(file, encoding) for encoding in encodings)


def has_clean_text(file, encoding):
    file.seek(0)
    try:
        parts = codecs.iterdecode(iter(partial(file.read, CHUNK), b""), encoding)
        return not any(CONTROL.search(part) for part in parts)
    except UnicodeError:
        return False


def read_pdf(file):
    """Pages are counted by walking the page tree: its own /Count may say anything."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            return {"note": "encrypted"}
        pages = len(reader.pages)
    except (DependencyError, FileNotDecryptedError, NotImplementedError):
        return {"note": "encrypted"}  # with a cipher that pypdf alone does not know
    except MemoryError:
        raise
    except LimitReachedError as error:
        raise Reason("pdf", "limits") from error
    except Exception as error:  # pypdf raises whatever its parsing stumbles over
        raise Reason("pdf", "broken") from error
    if not pages:
        raise Reason("pdf", "broken")
    return {"pages": pages, "title": pdf_title(reader)}


def pdf_title(reader):
    """The title of the document information, else of the XMP metadata, else nothing."""
    with contextlib.suppress(Exception):
        if title := clean(reader.metadata and reader.metadata.title):
            return title
    with contextlib.suppress(Exception):
        titles = (reader.xmp_metadata and reader.xmp_metadata.dc_title) or {}
        return clean(titles.get("x-default") or next(iter(titles.values()), ""))
    return ""


def zip_kind(file):
    with opened(file, "zip") as archive:
        names = set(archive.namelist())
        if not names:
            raise Reason("zip", "empty")
        if "[Content_Types].xml" in names:
            return ooxml_kind(archive)
        if "mimetype" in names:
            return MIMETYPES.get(part(archive, "mimetype").strip(), "other-office")
        return "program" if names & PROGRAM_ENTRIES else "zip"


def ooxml_kind(archive):
    types = part(archive, "[Content_Types].xml")
    if b"macroEnabled" in types:
        raise Reason("other-office", "macros")
    return next((kind for mark, kind in OOXML_TYPES if mark in types), "other-office")


def read_zip(file):
    with opened(file, "zip") as archive:
        return {"note": encrypted(archive)}


def read_office(kind, title_part, file):
    """DOCX, XLSX, ODT, ODS: no macros; the title from the part that carries it."""
    with opened(file, kind) as archive:
        if any(MACROS.search(name) for name in archive.namelist()):
            raise Reason(kind, "macros")
        return {"title": xml_title(archive, title_part), "note": encrypted(archive)}


def read_epub(file):
    with opened(file, "epub") as archive:
        container = xml(part(archive, "META-INF/container.xml"))
        package = container.find(".//{*}rootfile").get("full-path")
        return {"title": xml_title(archive, package), "note": encrypted(archive)}


@contextlib.contextmanager
def opened(file, kind):
    """The archive; whatever fails while it is read makes the file a broken one."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (Reason, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib raise many kinds
        raise Reason(kind, "broken") from error


def part(archive, name):
    """The first megabyte of a part: enough for a title, and no unpacked gigabytes."""
    with archive.open(name) as stream:
        return stream.read(PART_BYTES)


def encrypted(archive):
    """A zip marks each entry, OpenDocument writes it into its manifest."""
    marked = any(info.flag_bits & 1 for info in archive.infolist())
    if not marked and "META-INF/manifest.xml" in archive.namelist():
        marked = b":encryption-data" in part(archive, "META-INF/manifest.xml")
    return "encrypted" if marked else ""


def xml(source):
    from lxml import etree

    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))


def xml_title(archive, name):
    if name not in archive.namelist():
        return ""
    with contextlib.suppress(Exception):  # a title that cannot be read is no title
        return clean(xml(part(archive, name)).findtext(f".//{DC_TITLE}"))
    return ""


def opened_image(kind, file):
    """The whole picture, decoded once its dimensions, read first, are sane: its first frame."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit stands below
    file.seek(0)
    try:
        image = Image.open(file, formats=[kind.upper()])
        if max(image.size) > IMAGE_SIDE or image.width * image.height > IMAGE_PIXELS:
            raise Reason(kind, "pixels")
        image.load()
    except (Reason, MemoryError):
        raise
    except Exception as error:  # Pillow raises OSError, SyntaxError, ValueError …
        raise Reason(kind, "broken") from error
    return image


def read_image(kind, file):
    opened_image(kind, file)
    return {}


def clean(title):
    """One line of text that any database and any spreadsheet takes, at most 300 characters."""
    return " ".join(NOT_TEXT.sub(" ", str(title or "")).split())[:TITLE_CHARACTERS]


READERS = {
    "pdf": read_pdf,
    "docx": partial(read_office, "docx", "docProps/core.xml"),
    "xlsx": partial(read_office, "xlsx", "docProps/core.xml"),
    "odt": partial(read_office, "odt", "meta.xml"),
    "ods": partial(read_office, "ods", "meta.xml"),
    "epub": read_epub,
    "zip": read_zip,
    "png": partial(read_image, "png"),
    "jpeg": partial(read_image, "jpeg"),
    "webp": partial(read_image, "webp"),
    "text": lambda file: {},
}


def confine(seconds, megabytes):
    """From here on this process writes no file and takes no more than so much."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: megabytes << 20,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows no RLIMIT_AS
            resource.setrlimit(limit, (value, value))
