"""The savings of the draft of a page: its blocks, and the files of images that are on no page."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from culturecoop.editions import verbs
from strategy.models import Image, PageEdition
from tests.answering import publish
from tests.forms import confirm

from .photos import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def draft(make_page):
    draft = make_page("", title="Home", publish=False)
    draft.strategy_text_set.create(text="<p>Below the picture</p>", region="main", ordering=20)
    return draft


@pytest.fixture
def name(draft):
    """That of the file of an image which was in the draft, and is in a saving alone."""
    image = Image(parent=draft, region="main", ordering=10, alternative="A field")
    image.file.save("field.jpg", ContentFile(photo()))
    draft = verbs.record_change(fresh(draft))
    draft.strategy_image_set.all().delete()
    draft.strategy_text_set.update(text="<p>Alone</p>")
    return image.file.name


def fresh(draft):
    return PageEdition.objects.get(pk=draft.pk)


def at(draft, version, name="saving"):
    return reverse(f"admin:strategy_pageedition_{name}", args=[draft.pk, version])


def test_a_saving_is_shown_with_its_image_and_in_its_order(author, client, draft, name):
    page = author.get(at(draft, 1)).content.decode()
    assert page.index("A field") < page.index("Below the picture")
    address = f"/files/{name}"
    assert address in page
    assert author.get(address).status_code == 200
    assert client.get(address).status_code == 404  # no reader ever saw it
    assert not Image.objects.exists()


def test_the_image_is_there_when_the_draft_is_taken_back(author, client, draft, name):
    call_command("rebuild_pictures", verbosity=0)
    confirm(author, at(draft, 1, "revert"))
    [image] = Image.objects.all()
    assert (image.file.name, image.alternative) == (name, "A field")
    assert (image.width, image.height) == (400, 100)
    assert default_storage.exists(name)
    publish(fresh(draft))
    assert client.get(f"/files/{name}").status_code == 200


def test_an_image_of_a_saving_that_is_gone_is_not_found(author, draft, name):
    verbs.discard(fresh(draft))
    assert author.get(f"/files/{name}").status_code == 404


def test_an_upload_never_takes_the_place_of_a_file_that_is_kept(draft, name):
    again = Image(parent=draft, region="main", ordering=10)
    again.file.save("field.jpg", ContentFile(photo(orientation=3)))
    assert again.file.name != name


def test_all_kinds_of_blocks_come_back(draft, make_page):
    other = make_page("other")
    draft.strategy_link_set.create(title="Other", page=other.page, region="more", ordering=10)
    draft.strategy_milestone_set.create(date="2007", actor="EU", region="main", ordering=30)
    draft.strategy_agreementlist_set.create(kinds=["protocol"], region="main", ordering=40)
    before = {model: values(model, draft) for model in blocks(draft)}
    draft = verbs.record_change(fresh(draft))
    for model in blocks(draft):
        model.objects.filter(parent=draft).delete()
    verbs.revert(fresh(draft), 1)
    assert {model: values(model, draft) for model in blocks(draft)} == before


def blocks(draft):
    return [getattr(draft, f"strategy_{name}_set").model
            for name in ("text", "link", "milestone", "agreementlist")]  # fmt: skip


def values(model, draft):
    return list(model.objects.filter(parent=draft).values())
