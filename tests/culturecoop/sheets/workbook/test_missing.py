"""Files that are missing, or other than their checksum, are told on the way out and in."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from culturecoop.accounts.models import AccountEntry
from culturecoop.documents.models import DocumentFile
from strategy.blocks import Image

from .working import empty_site, files_of

EVERYTHING = reverse("admin:spreadsheets_importjob_everything")


@pytest.fixture
def site(rich_site):
    Image.objects.update(width=40, height=30)  # as the admin and the imports keep them


@pytest.fixture
def missing(site):
    """[what is told]: a picture that is gone, a file of a document with other bytes."""
    picture, file = Image.objects.get().file, DocumentFile.objects.exclude(file="").get().file
    picture.storage.delete(picture.name)
    Path(file.path).write_bytes(b"other")
    return [
        f"files/{picture.name}: missing in the storage, left out.",
        "files/report-en.png: its content does not match its checksum.",
    ]


def export(path, capsys):
    """(status, what it said, what it told of faults)."""
    status = 0
    try:
        call_command("export", path, everything=True)
    except SystemExit as ending:
        status = ending.code
    output = capsys.readouterr()
    return status, output.out, output.err.splitlines()


def test_an_export_of_all_files(site, tmp_path, capsys):
    status, said, faults = export(tmp_path / "site.zip", capsys)
    assert (status, faults) == (0, [])
    assert said.endswith(" rows.\n")
    assert len(files_of((tmp_path / "site.zip").read_bytes())) == 2
    assert "missing.txt" not in zipfile.ZipFile(tmp_path / "site.zip").namelist()


def test_an_export_without_some(missing, tmp_path, capsys):
    status, said, faults = export(tmp_path / "site.zip", capsys)
    assert (status, sorted(faults)) == (3, missing)
    assert "2 files missing or other than before." in said
    content = (tmp_path / "site.zip").read_bytes()
    listed = zipfile.ZipFile(io.BytesIO(content)).read("missing.txt").decode()
    assert files_of(content) == {"files/report-en.png": b"other"}
    assert sorted(listed.splitlines()) == missing
    assert AccountEntry.objects.filter(kind="export").first().details["faults"] == 2


def test_a_file_that_may_not_be_read(site, tmp_path, capsys, monkeypatch):
    def refuse(*args, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._open", refuse)
    status, _said, faults = export(tmp_path / "site.zip", capsys)
    assert (status, len(faults)) == (3, 2)
    assert all(" cannot be read (Permission denied), left out." in fault for fault in faults)


def test_the_admin_tells_before_the_download(missing, signed_in):
    client = signed_in("author")
    page = client.post(EVERYTHING, {"format": "xlsx", "live": ""})
    assert "Not all files can be exported" in page.text
    assert all(escape(fault) in page.text for fault in missing)
    assert not AccountEntry.objects.filter(kind="export").exists()

    answer = client.post(EVERYTHING, {"format": "xlsx", "live": "", "anyway": "1"})
    package = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert sorted(package.read("missing.txt").decode().splitlines()) == missing


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_import_without_the_files(missing, tmp_path, capsys, dry_run):
    export(tmp_path / "site.xlsx", capsys)
    empty_site()
    with pytest.raises(SystemExit) as ending:
        call_command("import", tmp_path / "site.xlsx", dry_run=dry_run)
    assert ending.value.code == 3
    output = capsys.readouterr()
    told = [line for line in output.err.splitlines() if "Missing file: it is not in" in line]
    assert len(told) == 2
    assert ", column file, “files/" in told[0]
    assert output.out.endswith(" 0 error, 2 files left out.\n")
