"""A ZIP of a workbook and its files, or what was uploaded as one."""

import zipfile
from pathlib import Path

import pytest

from culturecoop.sheets import workbook
from culturecoop.tabular.reading import Unreadable


def package(path, **entries):
    with zipfile.ZipFile(path, "w") as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def test_files_are_opened_one_by_one(tmp_path):
    path = package(tmp_path / "a.zip", w_xlsx=b"book", files__a_pdf=b"one", notes__b_txt=b"no")
    with workbook.opened(path) as (book, files):
        assert Path(book).read_bytes() == b"book"
        assert list(files) == ["files/a.pdf"]
        content = files["files/a.pdf"]()
        assert (content.read(), content.name) == (b"one", "a.pdf")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"files__a_pdf": b"one"}, "0 workbooks"),
        ({"a_xlsx": b"", "b_ods": b""}, "2 workbooks"),
        ({}, "0 workbooks"),
    ],
)
def test_not_one_workbook(tmp_path, entries, message):
    with (
        pytest.raises(Unreadable, match=message),
        workbook.opened(package(tmp_path / "a.zip", **entries)),
    ):
        pass


def test_names_that_lead_outside_are_left_out(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("w.xlsx", b"book")
        for name in ("files/../../etc/passwd", "/files/a", "files\\..\\a"):
            made.writestr(name, b"x")
    with workbook.opened(path) as (_book, files):
        assert all(".." not in name for name in files), files


def test_too_large(tmp_path, settings):
    path = package(tmp_path / "a.zip", w_xlsx=b"x" * 3_000)
    settings.SPREADSHEET_MAX_ZIP_BYTES = 2_000
    with pytest.raises(Unreadable, match="unpacks to more"), workbook.opened(path):
        pass
    settings.SPREADSHEET_MAX_ZIP_BYTES, settings.SPREADSHEET_MAX_BYTES = 5_000, 2_000
    with pytest.raises(Unreadable, match="too large"), workbook.opened(path):
        pass


def test_damaged(tmp_path):
    path = package(tmp_path / "a.zip", w_xlsx=b"book" * 99, files__a_pdf=b"one" * 99)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unreadable, match="damaged"), workbook.opened(path):
        pass
    path.write_bytes(whole.replace(b"one", b"two"))
    with workbook.opened(path) as (_book, files), pytest.raises(Unreadable, match="damaged"):
        files["files/a.pdf"]()
    path.write_bytes(whole.replace(b"book", b"cook"))
    with pytest.raises(Unreadable, match="damaged"), workbook.opened(path):
        pass
