"""Who gets the pictures of a page, and what becomes of images from before they were made."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culturecoop.editions import compiled, verbs
from strategy import pictures
from strategy.models import PageEdition, Picture
from tests.answering import publish

from .photos import before_the_upgrade, offered, old_address, opened, photo

pytestmark = pytest.mark.django_db


# Who gets it -----------------------------------------------------------------------------------


def test_a_picture_is_served_once_its_page_is_published(illustrate, client, admin_client):
    image = illustrate(photo(), live=False)
    [width] = [key for key in Picture.objects.get().files if key.endswith(".webp")]
    address = f"/files/pictures/{image.file.name.removeprefix('images/')}/{width}"
    for each in (address, old_address(image)):
        assert client.get(each).status_code == 404
        answer = admin_client.get(each)
        assert answer.status_code == 200
        assert "private" in answer.headers["Cache-Control"]
        assert b"SECRET" not in b"".join(answer.streaming_content)  # what readers will see

    publish(image.parent, at=timezone.now() + timedelta(days=1))
    assert client.get(address).status_code == 404
    PageEdition.objects.update(live_from=timezone.now())
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/webp"
    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(address.replace("400", "401")).status_code == 404
    assert client.get("/files/pictures/2026/none.png/400.webp").status_code == 404


def test_the_preview_of_a_draft_shows_what_readers_will_see(illustrate, admin_client):
    image = illustrate(photo(6), live=False)

    html = admin_client.get(f"/admin/strategy/pageedition/{image.parent_id}/preview/")
    assert offered(html.content.decode())[0][1] == 100


def test_older_editions_and_withdrawn_pages_keep_their_pictures(illustrate, get, body, client):
    image = illustrate(photo(6))
    live = PageEdition.objects.get()
    draft = verbs.new_draft(live)
    assert draft.strategy_image_set.get().file.name == image.file.name
    draft.strategy_image_set.all().delete()
    publish(draft)
    assert "<img" not in get("/")
    [(address, _w)] = offered(get("/editions/1/"))
    assert opened(body(address)).size == (100, 400)

    verbs.withdraw(PageEdition.objects.live().get(), reason="Wrong")
    assert client.get("/").status_code == 410
    assert opened(body(address)).size == (100, 400)  # as before: the edition can be read
    assert len(Picture.objects.all()) == 1


def test_a_page_with_pictures_takes_six_queries_at_most(illustrate, client):
    illustrate(photo())
    client.get("/")  # what is kept until something changes is read
    with CaptureQueriesContext(connection) as captured:
        assert b"<source" in client.get("/").content
    assert len(captured) <= 6


# Those from before -----------------------------------------------------------------------------


def test_an_image_of_before_is_shown_before_and_after_the_command(illustrate, get, body, capsys):
    content = photo(6)
    image = illustrate(content)
    before_the_upgrade(image)
    compiled.store(list(PageEdition.objects.all()))
    assert "<source" not in get("/")
    assert body(old_address(image)) == content

    call_command("rebuild_pictures")
    assert "Pictures made of 1 images; those of 0 were there." in capsys.readouterr().out
    assert b"SECRET" not in body(old_address(image))
    assert offered(get("/"))[0][1] == 100
    assert default_storage.open(image.file.name).read() == content

    stored = sorted(Picture.objects.get().files.values())
    call_command("rebuild_pictures")
    assert "Pictures made of 0 images; those of 1 were there." in capsys.readouterr().out
    call_command("rebuild_pictures", "--again")
    assert "Pictures made of 1 images; those of 0 were there." in capsys.readouterr().out
    assert sorted(Picture.objects.get().files.values()) == stored
    folder = f"pictures/{image.file.name.removeprefix('images/')}"
    assert sorted(f"{folder}/{name}" for name in default_storage.listdir(folder)[1]) == stored


def test_migrate_names_the_command_while_images_are_shown_as_uploaded(illustrate, capsys):
    image = illustrate(photo())
    call_command("migrate")
    assert "rebuild_pictures" not in capsys.readouterr().out
    before_the_upgrade(image)
    call_command("migrate")
    assert "run `manage.py rebuild_pictures`" in capsys.readouterr().out


def test_an_image_that_cannot_be_read_is_named_and_no_longer_public(illustrate, client, capsys):
    image = illustrate(photo())
    before_the_upgrade(image)
    default_storage.delete(image.file.name)
    default_storage.save(image.file.name, ContentFile(photo()[:-300]))

    with pytest.raises(CommandError, match="1 could not be read"):
        call_command("rebuild_pictures")
    assert f"{image.file.name}: it cannot be read" in capsys.readouterr().err
    assert client.get(old_address(image)).status_code == 404
    assert client.get("/").status_code == 200


def test_an_image_without_its_picture_is_made_one_when_its_page_is_published(
    illustrate, django_capture_on_commit_callbacks, body
):
    image = illustrate(photo(), live=False)
    before_the_upgrade(image)
    with django_capture_on_commit_callbacks(execute=True):
        publish(image.parent)
    assert b"SECRET" not in body(old_address(image))


def test_the_proofs_name_what_is_not_as_it_should_be(illustrate, capsys):
    def faults():
        with pytest.raises(CommandError):
            call_command("check_site")
        return capsys.readouterr().err

    image = illustrate(photo())
    call_command("check_site")
    default_storage.delete(Picture.objects.get().files["400.webp"])
    assert "400.webp is missing; rebuild_pictures mends it" in faults()
    call_command("rebuild_pictures")
    Picture.objects.update(sha256="0" * 64)
    assert f"the picture {image.file.name}: its checksum is not 000" in faults()
    before_the_upgrade(image)
    assert f"the picture {image.file.name} is shown as it was uploaded" in faults()
    pictures.make(image.file.name)
    call_command("check_site")
