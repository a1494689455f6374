"""The program that reads the bytes, called as a function: its answers are plain dictionaries."""

import io
import json
import subprocess
import sys

import pytest

from culturecoop.documents import inspection
from culturecoop.documents.probe import READERS, clean, probe

from . import samples


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("pdf", samples.pdf(2, "T")),
        ("docx", samples.docx("T")),
        ("odt", samples.open_document("text", "T")),
        ("epub", samples.epub("T")),
    ],
)
def test_answer(kind, content):
    pages = 2 if kind == "pdf" else None
    assert probe(io.BytesIO(content)) == {"kind": kind, "pages": pages, "title": "T", "note": ""}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text", b"a,b\n"),
        ("text", "a;é\n".encode("cp1252")),
        ("text", "a;é\n".encode("utf-16")),
        ("zip", samples.archive({"a": "b"})),
        ("xlsx", samples.xlsx()),
        ("png", samples.image("PNG")),
        ("jpeg", samples.image("JPEG")),
        ("pdf", samples.pdf()),
        ("odt", samples.archive({"mimetype": "application/vnd.oasis.opendocument.text"})),
    ],
)
def test_kinds_without_a_title(kind, content):
    answer = probe(io.BytesIO(content))
    assert (answer["kind"], answer["title"], answer["note"]) == (kind, "", "")


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(password="secret"),
        samples.pdf(owner="secret"),  # opens without a password
        samples.open_document(**{"META-INF/manifest.xml": "<m:encryption-data/>"}),
    ],
)
def test_encryption(content):
    answer = probe(io.BytesIO(content))
    assert (answer["note"], answer["pages"]) == ("encrypted", None)


@pytest.mark.parametrize(
    ("kind", "reason", "content"),
    [
        ("unknown", "type", b"\0\1"),
        ("html", "type", "\ufeff<html>".encode("utf-16")),
        ("unknown", "type", "\ufeffa\0".encode("utf-16")),
        ("program", "type", samples.archive({"AndroidManifest.xml": ""})),
        ("other-office", "type", samples.open_document("presentation")),
        ("other-office", "macros", samples.archive({"[Content_Types].xml": "macroEnabled"})),
        ("pdf", "offset", b"x" + samples.pdf()),
        ("pdf", "broken", samples.raw_pdf("<< /Pages 2 0 R >>", "<< /Type /Pages /Kids [] >>")),
        ("zip", "empty", samples.archive({})),
        ("zip", "broken", b"PK\3\4"),
        ("epub", "broken", samples.archive({"mimetype": "application/epub+zip"})),
        ("empty", "empty", b""),
        ("html", "type", b"<html>"),
        ("pdf", "broken", b"%PDF-"),
        ("pdf", "limits", samples.doubling_pdf()),
        ("docx", "macros", samples.docx(**{"word/vbaProject.bin": "x"})),
        ("png", "pixels", samples.image("PNG", (20_001, 1))),
        ("jpeg", "broken", b"\xff\xd8\xff"),
    ],
)
def test_refusal(kind, reason, content):
    assert probe(io.BytesIO(content)) == {"kind": kind, "refused": reason}


def test_a_cipher_unknown_here_still_means_encrypted():
    content = samples.pdf(password="secret").replace(b"/Standard", b"/Standarx")
    assert probe(io.BytesIO(content))["note"] == "encrypted"


def test_the_title_of_the_xmp_metadata_is_used_without_another():
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' {samples.DC}><rdf:Description rdf:about=""><dc:title><rdf:Alt>'
        '<rdf:li xml:lang="x-default">From XMP</rdf:li></rdf:Alt></dc:title>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    stream = f"<< /Type /Metadata /Subtype /XML /Length {len(xmp)} >>\nstream\n{xmp}\nendstream"
    content = samples.raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R /Metadata 4 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        stream,
    )
    assert probe(io.BytesIO(content))["title"] == "From XMP"


def test_every_kind_with_a_reader_is_accepted():
    assert set(READERS) - {"text"} == set(inspection.KINDS) - {"csv"}


@pytest.mark.parametrize("title", [None, "", " \n\t"])
def test_no_title(title):
    assert clean(title) == ""


@pytest.mark.parametrize("character", ["\0", "\x85", "\ud800", "\ufffe", "\n"])
def test_a_title_has_only_characters_that_can_be_kept(character):
    assert clean(f"a{character}b") == "a b"


def test_joiners_and_right_to_left_marks_stay():
    assert clean("می\u200cخواهم \u202bא") == "می\u200cخواهم \u202bא"


def test_the_program_knows_nothing_of_its_surroundings(tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('taken from the working folder')")
    (tmp_path / "file").write_bytes(samples.pdf())
    with (tmp_path / "file").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-I", str(inspection.READER), "5", "512"],
            stdin=file, capture_output=True, cwd=tmp_path, env={}, timeout=20, check=True,
        )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[0])["pages"] == 1
