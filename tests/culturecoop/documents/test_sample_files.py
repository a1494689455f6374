"""The folder of sample PDF files: good ones are read, the others refused with the reason."""

import pytest

from culturecoop.documents.inspection import Refused, inspect

BAD_SAMPLES = {  # the sample files that are refused, and the code of the reason
    "bad-xref.pdf": "broken",
    "broken_5_bytes.pdf": "type",
    "double_extension.pdf.exe": "name",
    "fake_docx.pdf": "name",
    "fake_html.pdf": "type",
    "fake_svg_script.pdf": "type",
    "fake_zip.pdf": "name",
    "header_not_at_byte_0.pdf": "offset",
    "loop_pages_tree.pdf": "broken",
    "polyglot_html_then_pdf.pdf": "type",
    "script.svg": "type",
}
FOUR_PAGES = {"ok_4-pages.pdf", "outlines-with-invalid-destinations.pdf"}
TITLES = {
    "ok_pdf20_utf8_metadata.pdf": "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀",
    "xmp_metadata.pdf": "Sample PDF with XMP Metadata",
}


@pytest.mark.shared
def test_every_sample_pdf(shared):
    """One that reading hangs on would be refused for the limits: no sample is."""
    for path in sorted((shared / "data" / "pdf").iterdir()):
        with path.open("rb") as file:
            answer = answer_to(file)
        assert answer == expected(path.name), path.name


def answer_to(file):
    try:
        facts = inspect(file)
    except Refused as refused:
        return refused.code
    return facts.media_type, facts.pages, facts.title, facts.note


def expected(name):
    if name in BAD_SAMPLES:
        return BAD_SAMPLES[name]
    if name.startswith("encrypted"):
        return "application/pdf", None, "", "encrypted"
    return "application/pdf", 4 if name in FOUR_PAGES else 1, TITLES.get(name, ""), ""
