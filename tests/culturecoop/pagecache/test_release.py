"""What tells apart two releases: all that pages are rendered with, and nothing of one process."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

from culturecoop.pagecache import release
from tests.site.server import environment

ASK = "from culturecoop.pagecache.release import release_key; print(release_key().hex())"


def key_of(folder, where=None, **variables):
    """The key of a process of its own."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", ASK],
        cwd=where or django_settings.BASE_DIR,
        env=environment(folder) | {"SECRET_KEY": "k" * 50} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_two_processes_have_the_same_and_another_setting_or_key_is_another(tmp_path):
    here, there = "postgres://ada@here/site", "postgres://ada@there/site"
    one = key_of(tmp_path, DATABASE_URL=here, PYTHONHASHSEED="1")
    assert key_of(tmp_path, DATABASE_URL=there, PYTHONHASHSEED="2") == one
    others = [{"SITE_NAME": "Culture"}, {"SECRET_KEY": "l" * 50}]
    assert one not in [key_of(tmp_path, DATABASE_URL=here, **other) for other in others]


@pytest.fixture
def checkout(tmp_path, settings):
    """A small copy of what is deployed."""
    for folder in release.FOLDERS:
        (tmp_path / folder).mkdir()
    base = django_settings.BASE_DIR
    for name in ("culturecoop/urls.py", "templates/base.html", "locale/django.mo"):
        (tmp_path / name).write_bytes(b"as it was")
    assert all((base / folder).is_dir() for folder in release.FOLDERS)
    settings.BASE_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize("name", ["culturecoop/urls.py", "templates/base.html", "locale/django.mo"])
def test_another_file_is_another_release(checkout, name):
    before = release.release()
    file = checkout / name
    os.utime(file, (0, 0))
    (checkout / "culturecoop" / "urls.pyc").write_bytes(b"compiled")
    assert release.release() == before  # on another machine, or used since
    file.write_bytes(b"as it is!")
    assert release.release() != before
    file.write_bytes(b"as it was")
    assert release.release() == before
    file.rename(checkout / "templates" / "moved.html")
    assert release.release() != before


def test_another_folder_is_another_release(checkout, settings, tmp_path_factory):
    """A version in a folder of its own finds no page of another one, whatever was fetched there."""
    before, files = release.release(), release._files()
    settings.BASE_DIR = tmp_path_factory.mktemp("site") / "version"
    shutil.copytree(checkout, settings.BASE_DIR)
    assert release._files() == files
    assert release.release() != before


def test_what_cannot_be_read_stops_nobody(checkout):
    (checkout / "templates" / "gone.html").symlink_to("nowhere")
    assert release.release()


def test_another_list_of_static_files_is_another_release(checkout, monkeypatch, tmp_path):
    storage = ManifestStaticFilesStorage(location=tmp_path / "static")
    monkeypatch.setattr(release, "staticfiles_storage", storage)
    before = release.release()
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"paths": {"a.css": "a.1.css"}}')
    assert release.release() != before


def test_another_package_is_another_release(checkout, monkeypatch):
    before = release.release()
    monkeypatch.setattr(release, "distributions", list)
    assert release.release() != before


def test_a_setting_is_told_in_plain_words(settings):
    settings.SOMETHING = {"b", "a"}
    assert '"SOMETHING": ["a", "b"]' in release._settings()
