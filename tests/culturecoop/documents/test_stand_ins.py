"""The stand-in files of the demonstration site say what they are, at the stated sizes."""

import io
import runpy

import pytest
from django.conf import settings
from pypdf import PdfReader

from culturecoop.documents.inspection import inspect

FIXTURES = settings.BASE_DIR / "fixtures"
SCRIPT = runpy.run_path(str(FIXTURES / "make_stand_ins.py"))
STAND_INS = SCRIPT["STAND_INS"]
STATED = {149, 32, 630, 27, 47}  # KB, as the source page says


def stored(stand_in):
    return FIXTURES / "files" / stand_in.name


def test_the_stored_files_are_those_that_the_script_makes(tmp_path):
    SCRIPT["main"](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in (FIXTURES / "files").glob("*.pdf")}


def test_the_stated_sizes_are_there():
    assert {stand_in.kilobytes for stand_in in STAND_INS} - {0} == STATED


@pytest.mark.parametrize("stand_in", STAND_INS, ids=lambda stand_in: stand_in.name)
def test_each_is_a_good_file(stand_in):
    with stored(stand_in).open("rb") as file:
        facts = inspect(file)
    assert (facts.media_type, facts.pages, facts.title) == ("application/pdf", 1, stand_in.title)
    if stand_in.kilobytes:
        assert facts.size == stand_in.kilobytes * 1024
    else:
        assert facts.size < 4096


@pytest.mark.parametrize("stand_in", STAND_INS, ids=lambda stand_in: stand_in.name)
def test_each_says_on_its_page_what_it_is(stand_in):
    reader = PdfReader(io.BytesIO(stored(stand_in).read_bytes()), strict=True)
    text = " ".join(reader.pages[0].extract_text().split())
    label, paragraphs = stand_in.paragraphs()
    for part in (label, stand_in.title, *paragraphs):
        assert " ".join(part.split()) in text
