"""Small files of every kind, made in memory."""

import io
import zipfile

from django.core.files.base import ContentFile
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
OOXML = "application/vnd.openxmlformats-officedocument."


def named(content, name):
    """The content as an upload with that name."""
    return ContentFile(content, name=name)


def pdf(pages=1, title="", password="", owner=""):
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(595, 842)
    if title:
        writer.add_metadata({"/Title": title})
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="RC4-128")
    return written(writer.write)


def raw_pdf(*objects, root="1 0 R"):
    """A PDF of the given object bodies, numbered from 1, with a right table of places."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        body
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root {root} >>\nstartxref\n{len(body)}\n%%EOF\n"
        ).encode()
    )


def doubling_pdf(depth=40):
    """A few kilobytes that name 2 ** depth pages: each node lists the next one twice."""
    nodes = [f"<< /Type /Pages /Count 2 /Kids [{n} 0 R {n} 0 R] >>" for n in range(3, depth + 3)]
    leaf = "<< /Type /Page /MediaBox [0 0 9 9] >>"
    return raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", *nodes, leaf)


def archive(entries):
    """A ZIP of `{name: content}`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return buffer.getvalue()


def docx(title="", **more):
    types = f'<Types><Override ContentType="{OOXML}wordprocessingml.document.main+xml"/></Types>'
    core = f"<core {DC}><dc:title>{title}</dc:title></core>"
    parts = {"[Content_Types].xml": types, "docProps/core.xml": core, "word/document.xml": "<w/>"}
    return archive(parts | more)


def xlsx(title=""):
    book = Workbook()
    book.properties.title = title or None
    return written(book.save)


def open_document(kind="text", title="", **more):
    meta = f"<meta {DC}><dc:title>{title}</dc:title></meta>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": mimetype, "meta.xml": meta, "content.xml": "<c/>"} | more)


def epub(title=""):
    container = '<container><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>'
    package = f"<package {DC}><dc:title>{title}</dc:title></package>"
    head = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    return archive(head | {"a/b.opf": package})


def image(kind="PNG", size=(3, 2)):
    return written(lambda buffer: Image.new("RGB", size).save(buffer, kind))


def written(save):
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()
