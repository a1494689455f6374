"""Files of a form that came back: kept for a day, for whoever chose them, within limits."""

import os
import re
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from culturecoop.documents.models import Document
from culturecoop.unsaved import files
from tests.forms import fields

pytestmark = pytest.mark.django_db
ADD = reverse("admin:documents_document_add")
CONTENT = b"name,year\nKorea,2010\n"
FILE = "files-0-upload"


def kept():
    return sorted(Path(storages["private"].path(files.FOLDER)).glob("*/*/*"))


@pytest.fixture
def signed_in(client, django_user_model):
    def signed_in(name):
        client.force_login(django_user_model.objects.create_superuser(name))
        return client

    return signed_in


@pytest.fixture
def ada(signed_in):
    return signed_in("ada")


def filled(client, **values):
    given = {"title": "List", "slug": "list", "files-0-language": "en"}
    return fields(client.get(ADD), "document_form") | given | values


def came_back(client, content=CONTENT):
    """Send a form without its title; return what it says of the kept file: {name: token}."""
    upload = SimpleUploadedFile("list.csv", content)
    page = client.post(ADD, filled(client, title="") | {FILE: upload}).content.decode()
    return dict(re.findall(rf'name="({FILE}-kept)" value="(\w+)"', page)), page


def test_a_file_that_a_copy_cannot_bring_back_is_named(ada):
    shown = {"_copy": "0123abcd-4567", "_shown": "1", "files-0-language": "fr"}
    chosen = {f"{FILE}-chosen": "<b>.csv"}
    page = ada.post(ADD, filled(ada) | shown | chosen).content.decode()
    assert "&lt;b&gt;.csv was chosen: choose it again." in page
    upload = SimpleUploadedFile("list.csv", CONTENT)
    page = ada.post(ADD, filled(ada, title="") | chosen | {FILE: upload}).content.decode()
    assert "choose it again" not in page


def test_a_file_is_saved_with_the_form_that_came_back(ada):
    token, page = came_back(ada)
    assert "Chosen: list.csv (21" in page
    assert ada.post(ADD, filled(ada) | token).status_code == 302
    [file] = Document.objects.get().files.all()
    assert file.original_name == "list.csv"
    assert file.file.read() == CONTENT
    assert kept() == []


def test_another_file_takes_its_place(ada):
    token, _page = came_back(ada)
    other = SimpleUploadedFile("other.csv", b"name\nPeru\n")
    ada.post(ADD, filled(ada) | token | {FILE: other})
    assert Document.objects.get().files.get().original_name == "other.csv"


def test_it_is_kept_as_often_as_the_form_comes_back(ada):
    token, _page = came_back(ada)
    page = ada.post(ADD, filled(ada, title="") | token).content.decode()
    assert token[f"{FILE}-kept"] in page
    assert len(kept()) == 1


def test_nobody_else_can_have_it(ada, signed_in):
    token, _page = came_back(ada)
    bob = signed_in("bob")
    bob.post(ADD, filled(bob) | token)
    assert not Document.objects.get().files.exists()


@pytest.mark.parametrize("token", ["", "../../1", "x" * 32, "\0"])
def test_what_is_no_token_is_no_file(ada, token):
    assert ada.post(ADD, filled(ada, title="") | {f"{FILE}-kept": token}).status_code in (200, 400)


def test_a_file_that_was_refused_is_not_kept(ada):
    token, _page = came_back(ada, b"MZ\x90\x00 a program")
    assert not token
    assert kept() == []


def test_it_is_deleted_after_a_day(ada):
    came_back(ada)
    folder = kept()[0].parent
    old = folder.stat().st_mtime - files.SECONDS - 60
    os.utime(folder, (old, old))
    came_back(ada)
    assert len(kept()) == 1


def test_a_person_has_a_limit(ada, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 30)
    assert came_back(ada)[0]
    assert not came_back(ada)[0]
