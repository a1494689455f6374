"""Every kind is told from its bytes; names that lie and files that do harm are refused."""

import hashlib
import json
import subprocess
import sys

import pytest

from culturecoop.documents import inspection
from culturecoop.documents.inspection import FileFacts, Refused, inspect

from . import samples
from .samples import OOXML, named

ODF = "application/vnd.oasis.opendocument."


def refusal(content, name):
    with pytest.raises(Refused) as caught:
        inspect(named(content, name))
    return caught.value


GOOD = [  # name, content, media type, title
    ("a.docx", samples.docx("Rapport d’été"), f"{OOXML}wordprocessingml.document", "Rapport d’été"),
    ("a.xlsx", samples.xlsx("Tafel"), f"{OOXML}spreadsheetml.sheet", "Tafel"),
    ("a.odt", samples.open_document("text", "Ein  Text"), f"{ODF}text", "Ein Text"),
    ("a.ods", samples.open_document("spreadsheet"), f"{ODF}spreadsheet", ""),
    ("a.epub", samples.epub("Ένα βιβλίο"), "application/epub+zip", "Ένα βιβλίο"),
    ("a.zip", samples.archive({"readme.txt": "hello"}), "application/zip", ""),
    ("a.png", samples.image("PNG"), "image/png", ""),
    ("a.jpeg", samples.image("JPEG"), "image/jpeg", ""),
    ("a.webp", samples.image("WEBP"), "image/webp", ""),
    ("a.csv", "name;année\nÉtat;2012\n".encode(), "text/csv", ""),
    ("a.csv", "\ufeffname;année\n".encode(), "text/csv", ""),
    ("a.csv", "name;année\n".encode("cp1252"), "text/csv", ""),
    ("a.csv", "name;année\n".encode("utf-16"), "text/csv", ""),
]


@pytest.mark.parametrize(("name", "content", "media_type", "title"), GOOD)
def test_accepted_kinds(name, content, media_type, title):
    facts = inspect(named(content, name))
    assert (facts.media_type, facts.title, facts.pages) == (media_type, title, None)
    assert facts.note == ""


def test_a_pdf_gives_everything_that_can_be_read():
    content = samples.pdf(pages=3, title="Bericht\nüber Kultur")
    assert inspect(named(content, "a.PDF")) == FileFacts(
        media_type="application/pdf",
        extension="pdf",
        size=len(content),
        pages=3,
        title="Bericht über Kultur",
        sha256=hashlib.sha256(content).hexdigest(),
        note="",
    )


def test_the_file_is_left_at_its_start():
    upload = named(samples.pdf(), "a.pdf")
    upload.seek(7)
    inspect(upload)
    assert upload.read(5) == b"%PDF-"


def test_jpeg_is_called_jpg():
    assert inspect(named(samples.image("JPEG"), "Photo.JPEG")).extension == "jpg"


@pytest.mark.parametrize("name", ["Annex 1.2", "Dr. No", "plain", "", None])
def test_a_name_without_an_ending_claims_nothing(name):
    assert inspect(named(samples.pdf(), name)).extension == "pdf"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.pdf(password="secret"), "a.pdf"),
        (samples.open_document(**{"META-INF/manifest.xml": "<m:encryption-data/>"}), "a.odt"),
    ],
)
def test_encrypted_files_are_taken_with_a_note(content, name):
    facts = inspect(named(content, name))
    assert (facts.note, facts.pages) == ("encrypted", None)


def test_an_encrypted_zip_is_taken_with_a_note():
    content = bytearray(samples.archive({"a": "b"}))
    content[content.index(b"PK\1\2") + 8] |= 1  # the flag of the entry in the directory
    assert inspect(named(bytes(content), "a.zip")).note == "encrypted"


def test_the_count_that_a_pdf_claims_is_not_believed():
    content = samples.raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    )
    assert inspect(named(content, "a.pdf")).pages == 1


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", samples.docx(), "Word document"),
        ("a.pdf", samples.archive({"a": "b"}), "ZIP archive"),
        ("a.pdf.exe", samples.pdf(), "PDF document"),
        ("a.html", samples.pdf(), "PDF document"),
        ("a.docx", samples.xlsx(), "Excel workbook"),
        ("a.zip", samples.docx(), "Word document"),
        ("a.png", samples.image("JPEG"), "JPEG image"),
    ],
)
def test_a_name_that_claims_another_type_is_refused(name, content, found):
    error = refusal(content, name)
    assert error.code == "name"
    assert found in error.messages[0]
    assert f"“.{name.rpartition('.')[2]}”" in error.messages[0]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "HTML"),
        (b"<html><!--\n%PDF-1.4 -->", "HTML"),
        ("\ufeff<html>".encode("utf-16"), "HTML"),
        (b'<?xml version="1.0"?>\n<svg onload="alert(1)"/>', "SVG"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><a/>", "XML"),
        (b"name,text\n1,<script>alert(1)</script>\n", "HTML"),
        (b"#!/bin/sh\nrm -rf /\n", "script"),
        (b"MZ\x90\0\3\0\0\0\4", "program"),
        (b"\x7fELF\2\1\1\0", "program"),
        (samples.archive({"META-INF/MANIFEST.MF": "Main-Class: A"}), "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Office file of the old kind"),
        (samples.open_document("presentation"), "another kind of office file"),
        (
            samples.archive({"[Content_Types].xml": "presentationml.presentation.main+xml"}),
            "office",
        ),
        (b"{\\rtf1 text}", "RTF"),
        (b"GIF89a\1\0\1\0", "image of another kind"),
        (b"\x1f\x8b\x08\0", "archive of another kind"),
        (b"\0\1\2\3", "no kind that is known"),
        ("name\n".encode("utf-16-le"), "no kind that is known"),  # without its mark: NULs
    ],
)
@pytest.mark.parametrize("name", ["a.pdf", "a.csv"])
def test_other_kinds_are_named_and_refused(content, found, name):
    error = refusal(content, name)
    assert error.code == "type"
    assert found in error.messages[0]
    assert "PDF, DOCX, ODT, XLSX, ODS, CSV, EPUB, ZIP, PNG, JPEG" in error.messages[0]


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.js", "a"])
def test_text_is_a_table_only_when_it_says_so(name):
    assert "plain text" in refusal(b"a,b\n1,2\n", name).messages[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.4\n" + b"oops" * 100),
        ("a.pdf", samples.raw_pdf("<< /Type /Catalog >>")),
        ("a.pdf", samples.raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Kids [2 0 R] >>")),
        ("a.pdf", samples.raw_pdf("<< /Pages 2 0 R >>", "<< /Type /Pages /Kids [] >>")),
        ("a.docx", samples.docx()[:-30]),
        ("a.zip", samples.archive({"a": "b" * 99})[:60]),
        ("a.epub", samples.archive({"mimetype": "application/epub+zip"})),
        ("a.png", samples.image("PNG", (64, 64))[:-60]),
        ("a.jpg", samples.image("JPEG", (64, 64))[:-200]),
        ("a.webp", samples.image("WEBP", (64, 64))[:-20]),
    ],
)
def test_damaged_files_are_refused(name, content):
    error = refusal(content, name)
    assert error.code == "broken"
    assert "damaged" in error.messages[0]


@pytest.mark.parametrize(
    "content",
    [
        samples.docx(**{"word/vbaProject.bin": b"x"}),
        samples.archive({"[Content_Types].xml": "sheet.macroEnabled.main+xml"}),
        samples.open_document(**{"Basic/Standard/Module1.xml": "<m/>"}),
        samples.open_document(**{"Scripts/python/a.py": ""}),
    ],
)
def test_macros_are_refused(content):
    error = refusal(content, "a")
    assert error.code == "macros"
    assert "without them" in error.messages[0]


def test_an_empty_library_of_macros_is_none():
    content = samples.open_document(**{"Basic/Standard/script-lb.xml": "<l/>"})
    assert inspect(named(content, "a.odt")).extension == "odt"


def test_a_pdf_must_begin_at_the_first_byte():
    error = refusal(b"# a comment\n" + samples.pdf(), "a.pdf")
    assert error.code == "offset"
    assert "“%PDF-”" in error.messages[0]


@pytest.mark.parametrize("content", [b"", samples.archive({})])
def test_empty_files_are_refused(content):
    assert refusal(content, "a.zip").messages == ["The file is empty."]


def test_too_many_pixels_are_refused():
    assert refusal(samples.image("PNG", (20_001, 1)), "a.png").code == "pixels"
    assert refusal(samples.image("PNG", (9_000, 9_000)), "a.png").code == "pixels"


def test_the_limit_of_size_is_a_setting(settings):
    content = samples.pdf()
    settings.DOCUMENT_MAX_BYTES = len(content)
    assert inspect(named(content, "a.pdf")).size == len(content)
    settings.DOCUMENT_MAX_BYTES = len(content) - 1
    error = refusal(content, "a.pdf")
    assert error.code == "size"
    assert "bytes" in error.messages[0]


def test_titles_are_one_short_clean_line():
    content = samples.pdf(title="a\0b " + "x" * 400)
    title = inspect(named(content, "a.pdf")).title
    assert title.startswith("a b")
    assert len(title) == 300


def test_entities_in_a_title_are_not_resolved():
    core = (
        '<!DOCTYPE c [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        f"<c {samples.DC}><dc:title>A&e;</dc:title></c>"
    )
    assert inspect(named(samples.docx(**{"docProps/core.xml": core}), "a.docx")).title == "A"


def test_a_small_file_with_a_trillion_pages_is_refused():
    assert refusal(samples.doubling_pdf(), "a.pdf").code == "limits"


def test_a_file_that_takes_too_much_memory_kills_only_its_reader(monkeypatch):
    monkeypatch.setattr(inspection, "MEGABYTES", 64)
    assert refusal(samples.image("PNG", (7_000, 7_000)), "a.png").code == "limits"


def test_a_reader_that_waits_for_ever_is_stopped(monkeypatch, tmp_path):
    """It would have a good answer, a minute later."""
    answer = {"kind": "pdf", "pages": 1, "title": "", "note": ""}
    waiting = tmp_path / "waiting.py"
    waiting.write_text(f"import time; time.sleep(60); print({json.dumps(answer)!r})")
    monkeypatch.setattr(inspection, "READER", waiting)
    monkeypatch.setattr(inspection, "SECONDS", 0.2)
    assert refusal(samples.pdf(), "a.pdf").code == "limits"


def test_a_reader_that_has_to_wait_for_the_processor_is_not_stopped(monkeypatch, tmp_path):
    answer = {"kind": "pdf", "pages": 1, "title": "", "note": ""}
    waiting = tmp_path / "waiting.py"
    waiting.write_text(f"import time; time.sleep(1); print({json.dumps(answer)!r})")
    monkeypatch.setattr(inspection, "READER", waiting)
    monkeypatch.setattr(inspection, "SECONDS", 0.1)
    monkeypatch.setattr(inspection, "PATIENCE", 10_000)
    assert inspect(named(samples.pdf(), "a.pdf")).pages == 1


def test_a_reader_that_works_for_ever_is_stopped(monkeypatch, tmp_path):
    busy, folder = tmp_path / "busy.py", str(inspection.READER.parent)
    confined = "import probe; probe.confine(*map(int, sys.argv[1:3]))"
    busy.write_text(f"import sys; sys.path.insert(0, {folder!r}); {confined}\nwhile True: pass")
    monkeypatch.setattr(inspection, "READER", busy)
    monkeypatch.setattr(inspection, "SECONDS", 1)
    monkeypatch.setattr(inspection, "PATIENCE", 10_000)
    assert refusal(samples.pdf(), "a.pdf").code == "limits"


@pytest.mark.parametrize(
    "work", ["while True: pass", "bytearray(1 << 30)", "import os; os.write(1, b'x')"]
)
def test_the_reader_is_confined(work, tmp_path):
    folder = str(inspection.READER.parent)
    program = f"import sys; sys.path.insert(0, {folder!r}); import probe; probe.confine(1, 256)"
    with (tmp_path / "written").open("wb") as written:
        done = subprocess.run(
            [sys.executable, "-c", f"{program}\n{work}"],
            stdout=written,
            stderr=subprocess.DEVNULL,
            timeout=20,
        )
    assert done.returncode != 0
