"""`collectstatic` on a disk that fills up: no half file, and the older list of files stays."""

import errno

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from culturecoop import storage
from culturecoop.staticfiles import StaticStorage
from culturecoop.stylesheets import ALL_IN_ONE, SHEETS

TEXT = b"body { color: black }\n" * 99


@pytest.fixture
def kept(tmp_path):
    return StaticStorage(location=tmp_path, base_url="/static/")


@pytest.fixture
def fill_up(monkeypatch):
    """fill_up() lets the disk say, when all is written, that there was no room for it."""

    def fail(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    return lambda: monkeypatch.setattr(storage, "to_disk", fail)


def files_below(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_no_half_file(kept, tmp_path, fill_up):
    fill_up()
    with pytest.raises(OSError, match="No space left"):
        kept.save("css/base.css", ContentFile(TEXT))
    assert files_below(tmp_path) == {}


def test_no_half_compressed_file(kept, tmp_path, fill_up):
    path = kept.path(kept.save("css/base.css", ContentFile(TEXT)))
    fill_up()
    with pytest.raises(OSError, match="No space left"):
        kept.create_compressor(quiet=True).compress(path)
    assert files_below(tmp_path) == {"css/base.css": TEXT}


def test_the_older_list_stays(kept, tmp_path, fill_up):
    kept.hashed_files = {"css/base.css": "css/base.1.css"}
    kept.save_manifest()
    before = files_below(tmp_path)
    assert list(before) == ["staticfiles.json"]

    fill_up()
    kept.hashed_files = {"css/base.css": "css/base.2.css"}
    with pytest.raises(OSError, match="No space left"):
        kept.save_manifest()
    assert files_below(tmp_path) == before
    assert kept.manifest_name == "staticfiles.json"


def test_all_sheets_become_one(kept, tmp_path):
    for name in SHEETS:
        kept.save(name, ContentFile((settings.BASE_DIR / "static" / name).read_bytes()))
    for _again in range(2):
        list(kept.post_process({name: (kept, name) for name in SHEETS}))
    content = (tmp_path / kept.hashed_files[ALL_IN_ONE]).read_text()
    assert content == "".join((settings.BASE_DIR / "static" / name).read_text() for name in SHEETS)
    assert kept.style_sheets == (ALL_IN_ONE,)


def test_each_sheet_of_the_checkout_is_named():
    files = (settings.BASE_DIR / "static/css").rglob("*.css")
    assert {f"{path.relative_to(settings.BASE_DIR / 'static')}" for path in files} == set(SHEETS)
