"""Files are there as a whole or not at all, and for the service alone."""

import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import TemporaryUploadedFile

from culturecoop import storage


class Breaking(ContentFile):
    """Content that ends in a fault of the disk."""

    def chunks(self, chunk_size=None):
        yield b"the first half"
        raise OSError(28, "No space left on device")


def files_below(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("name", ["default", "private"])
def test_files_are_for_the_service_alone(name):
    kept = storages[name]
    saved = kept.save("a/folder/list.csv", ContentFile(b"text"))
    path = kept.path(saved)
    assert kept.open(saved).read() == b"text"
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert os.stat(kept.location).st_mode & 0o777 == 0o700


def test_half_a_file_is_left_nowhere(settings):
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("list.csv", Breaking(b""))
    assert files_below(settings.MEDIA_ROOT) == []


def test_a_name_is_never_taken_from_another(settings):
    names = [default_storage.save("list.csv", ContentFile(text)) for text in (b"one", b"two")]
    assert names[0] == "list.csv"
    assert [default_storage.open(name).read() for name in names] == [b"one", b"two"]
    assert len(files_below(settings.MEDIA_ROOT)) == 2


def test_a_name_that_is_taken_meanwhile_leads_to_another(settings):
    class Slow(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"mine"
            (settings.MEDIA_ROOT / "list.csv").write_bytes(b"another's")

    name = default_storage.save("list.csv", Slow(b""))
    assert name != "list.csv"
    assert default_storage.open(name).read() == b"mine"
    assert default_storage.open("list.csv").read() == b"another's"


def test_it_works_where_files_have_one_name_only(settings, monkeypatch):
    def refuse(*args):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    names = [default_storage.save("list.csv", ContentFile(text)) for text in (b"one", b"two")]
    assert [default_storage.open(name).read() for name in names] == [b"one", b"two"]
    assert len(files_below(settings.MEDIA_ROOT)) == 2


def test_an_upload_that_waits_on_the_disk_is_kept(settings):
    with TemporaryUploadedFile("list.csv", "text/csv", 4, None) as upload:
        upload.write(b"text")
        upload.seek(0)
        name = default_storage.save("list.csv", upload)
    assert default_storage.open(name).read() == b"text"
    assert files_below(settings.MEDIA_ROOT) == [storage.Path("list.csv")]


def test_what_a_killed_process_left_is_swept_away_after_a_day(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (0, 0))
    storage.sweep(tmp_path, tmp_path / "not there")
    assert files_below(tmp_path) == [storage.Path("new")]


def test_rights_of_others_are_taken_and_told(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("key")
    path.chmod(0o644)
    assert storage.open_to_others(path, tmp_path / "not there") == [path]
    storage.keep_private(path, tmp_path / "not there")
    assert mode(path) == 0o600
    assert storage.open_to_others(path) == []


def test_the_first_key_stays(tmp_path):
    for text in ("one", "two"):
        storage.write_new(tmp_path / "secret_key", text)
    assert (tmp_path / "secret_key").read_text() == "one"
    assert mode(tmp_path / "secret_key") == 0o600
    assert files_below(tmp_path) == [storage.Path("secret_key")]


def write_half(path):
    with storage.replacing(path) as file:
        file.write(b"the first half")
        raise OSError(28, "No space left on device")


def test_an_export_replaces_the_older_as_a_whole(tmp_path):
    path = tmp_path / "site.csv"
    path.write_text("older")
    with pytest.raises(OSError, match="No space left"):
        write_half(path)
    assert path.read_text() == "older"
    with storage.replacing(path) as file:
        file.write(b"newer")
    assert path.read_text() == "newer"
    assert files_below(tmp_path) == [storage.Path("site.csv")]


def test_what_is_no_file_is_not_replaced():
    with storage.replacing(os.devnull) as file:
        file.write(b"text")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_every_folder_on_the_way_is_for_the_service_alone(tmp_path, umask):
    before = os.umask(umask)
    try:
        storage.make_folder(tmp_path / "srv" / "site" / "incoming")
        default_storage.save("documents/2026/report.pdf", ContentFile(b"text"))
    finally:
        os.umask(before)
    made = [tmp_path / "srv", *(path for path in tmp_path.glob("srv/**/*") if path.is_dir())]
    files = storage.Path(default_storage.location)
    made += [path for path in files.rglob("*") if path.is_dir()]
    assert len(made) >= 5
    assert {mode(path) for path in made} == {0o700}
