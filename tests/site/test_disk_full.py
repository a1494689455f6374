"""A disk that fills up: a clear page with what was typed, no half file, and then all is well."""

import io
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import find
from django.db import connection

from ..culturecoop.documents.samples import pdf
from ..forms import fields
from .disk import fill, small_disk
from .server import environment, served

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the disk with the SQLite file"),
]
TITLE = "A report of many pages"
NO_ROOM = "There is no room left on the disk of this site."
UPLOAD = "/admin/documents/document/add/"
IMPORT = "/admin/spreadsheets/importjob/add/"
KB = 1024


@pytest.fixture
def disk(tmp_path):
    """A disk of 16 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, 16) as made:
        if made is None:
            pytest.skip("a small disk of its own cannot be mounted by this user")
        yield made


@pytest.fixture
def site(disk, transactional_db, make_page):
    make_page("", title="Home")
    get_user_model().objects.create_superuser("ada", password="lovelace")
    with sqlite3.connect(disk / "db.sqlite3") as copy:
        connection.connection.backup(copy)
    with served(disk) as browser:
        browser.sign_in("ada", "lovelace")
        browser.ask("/admin/")
        yield browser


def files_of(disk):
    folders = [disk / "files", disk / "private", disk / "incoming"]
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def upload(size, name):
    file = io.BytesIO(pdf() + b"\n%" + b"0" * size)
    file.name = name
    return file


def document(site, size):
    values = fields(site.ask(UPLOAD), "document_form")
    values |= {"title": TITLE, "slug": "report", "files-0-upload": upload(size, "report.pdf")}
    return values | {"files-0-language": "en"}


@pytest.mark.parametrize("size", [400 * KB, 4000 * KB])  # kept in memory, and in a file, meanwhile
def test_a_document_finds_no_room(disk, site, size):
    values = document(site, size)
    filler = fill(disk, leave=200 * KB)
    full = site.send(UPLOAD, values)
    assert full.status == 503
    assert NO_ROOM in full.text
    assert f">{TITLE}</textarea>" in full.text
    assert "the file has to be chosen again" in full.text
    assert files_of(disk) == []
    assert TITLE not in site.ask("/admin/documents/document/").text
    assert site.ask("/health/ready").status == 200

    filler.unlink()
    assert site.send(UPLOAD, document(site, size)).status == 302
    (stored,) = (path for path in files_of(disk) if path.parent.name != "incoming")
    assert stored.stat().st_size > size
    assert stored.stat().st_mode & 0o077 == 0


def test_a_spreadsheet_finds_no_room(disk, site):
    values = fields(site.ask(IMPORT)) | {"file": upload(3000 * KB, "list.csv")}
    fill(disk, leave=200 * KB)
    full = site.send(IMPORT, values)
    assert (full.status, NO_ROOM in full.text) == (503, True)
    assert files_of(disk) == []


def test_the_database_finds_no_room(disk, site):
    add = "/admin/agreements/theme/add/"
    values = fields(site.ask(add), "theme_form")
    filler = fill(disk)
    for number in range(100):
        values |= {"name": f"{TITLE} {number}", "slug": f"theme-{number}"}
        answer = site.send(add, values)
        if answer.status != 302:
            break
    assert answer.status == 503
    assert NO_ROOM in answer.text
    assert f">{TITLE} {number}</textarea>" in answer.text
    assert site.ask("/").status == 200
    assert site.ask("/health/live").status == 200
    assert site.ask("/health/ready").status == 503

    filler.unlink()
    assert site.send(add, values).status == 302
    shown = site.ask("/admin/agreements/theme/?all=").text
    assert all(f"theme-{n}" in shown for n in range(number + 1))


def command(disk, *words, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=environment(disk) | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_export_that_finds_no_room_leaves_the_older_one(disk, site):
    export = disk / "pages.xlsx"
    export.write_text("older")
    fill(disk)
    done = command(disk, "export", str(export), "--everything")
    assert done.returncode == 1
    assert f"{export}: No space left on device" in done.stderr
    assert export.read_text() == "older"
    assert list(disk.glob(".pages*")) == []


def test_an_export_names_the_disk_that_is_full(site, disk, tmp_path):
    fill(disk, leave=40 * KB)
    scratch = disk / "scratch"
    scratch.mkdir()
    url = f"sqlite:///{disk / 'db.sqlite3'}"
    variables = {"TMPDIR": str(scratch), "DATABASE_URL": url}
    done = command(tmp_path, "export", str(tmp_path / "a.zip"), "--everything", **variables)
    assert done.returncode == 1
    assert done.stderr.startswith(f"CommandError: {scratch}: No space left on device\n")
    assert list(scratch.iterdir()) == []
    assert not (tmp_path / "a.zip").exists()


def test_static_files_that_find_no_room_are_whole_or_not_there(disk):
    fill(disk, leave=300 * KB)
    production = {"DJANGO_SETTINGS_MODULE": "culturecoop.settings"}
    done = command(disk, "collectstatic", "--no-input", "-v0", **production)
    assert done.returncode == 1
    assert done.stderr == "There is no room left on the disk: No space left on device\n"
    static = disk / "static"
    collected = [path for path in static.rglob("*") if path.is_file()]
    assert collected
    for path in collected:
        assert path.read_bytes() == Path(find(str(path.relative_to(static)))).read_bytes()


def test_a_key_is_kept_as_a_whole_or_not_at_all(disk):
    fill(disk)
    done = command(disk, "check")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "SECRET_KEY: it cannot be kept in VAR_ROOT (No space left on device)."
    )
    assert not (disk / "secret_key").exists()
