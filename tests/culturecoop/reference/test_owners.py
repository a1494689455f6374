"""Addresses that moved before they had owners are brought over; what is amiss is reported."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from culturecoop.documents.models import Document
from culturecoop.reference import proofs
from culturecoop.reference.models import Amendment, MovedAddress
from tests.moving import renamed

pytestmark = pytest.mark.django_db
MIGRATIONS = ("agreements.migrations.0006_addresses",
              "culturecoop.documents.migrations.0004_addresses",
              "strategy.migrations.0005_addresses")  # fmt: skip


def forget(*rows):
    """The rows as they were stored before: (old address, new address)."""
    MovedAddress.objects.all().delete()
    for old, new in rows:
        MovedAddress.objects.create(old_path=old, object_text=new)


def migrate():
    for name in MIGRATIONS:
        import_module(name).forwards(apps, None)


def owners():
    return {row.old_path: str(row.owner) for row in MovedAddress.objects.all()}


def test_each_gets_the_owner_that_it_leads_to(make_agreement, make_document, make_page, client):
    renamed(make_agreement("korea").agreement, "south-korea")
    renamed(make_document("report"), "first-report")
    make_page("")
    renamed(make_page("trade").page, "commerce")
    forget(
        ("/agreements/korea/", "/agreements/south-korea/"),
        ("/documents/report/", "/documents/first-report/"),
        ("/trade/", "/commerce/"),
    )
    migrate()
    assert owners() == {
        "/agreements/korea/": "south-korea",
        "/documents/report/": "The report",
        "/trade/": "/commerce",
    }
    assert client.get("/de/agreements/korea/").url == "/de/agreements/south-korea/"
    assert all(row.at for row in MovedAddress.objects.all())


def test_what_was_led_on_along_with_a_page_gets_rows_of_its_own(make_page, client):
    make_page("")
    for path in ("a", "a/x", "a/x/z", "a/gone"):
        make_page(path)
    page = type(make_page("other").page).objects.get(path="a")
    renamed(page, "b")
    renamed(type(page).objects.get(path="b/gone"), "moved")
    forget(("/a/", "/b/"), ("/b/gone/", "/b/moved/"))
    make_page("b/new")
    migrate()
    assert owners() == {
        "/a/": "/b", "/a/x/": "/b/x", "/a/x/z/": "/b/x/z", "/a/gone/": "/b/moved",
        "/b/gone/": "/b/moved", "/a/moved/": "/b/moved",
    }  # fmt: skip
    assert client.get("/a/gone/").url == "/b/moved/"
    assert client.get("/a/new/").status_code == 404


def test_what_readers_never_saw_leads_on_no_more(make_document, client):
    renamed(make_document("secret", public=False), "draft")
    later = renamed(make_document("riddle", public=False), "report")
    later.files.update(live_from=Amendment.objects.latest("at").at)
    forget(
        ("/documents/secret/", "/documents/draft/"), ("/documents/riddle/", "/documents/report/")
    )
    later.files.update(live_from="2999-01-01T00:00Z")
    migrate()
    assert owners() == {}


def test_what_leads_nowhere_stays_is_reported_and_cannot_be_taken(client, make_document):
    forget(("/documents/report/", "/documents/gone/"), ("/x/", "/nowhere/"))
    migrate()
    assert client.get("/documents/report/").status_code == 404
    assert list(proofs.faults()) == [
        "/documents/report/ leads nowhere: “/documents/gone/” is not there any more",
        "/x/ leads nowhere: “/nowhere/” is not there any more",
    ]
    with pytest.raises(ValidationError, match="belongs to “/documents/gone/”"):
        make_document("report")


def test_collisions_from_before_are_kept_work_and_are_reported(make_document, client):
    _first, second, third = (make_document(slug) for slug in ("first", "second", "third"))
    Document.objects.filter(pk=third.pk).update(slug="FIRST")
    renamed(second, "moved")
    taken = make_document("taken")
    Document.objects.filter(pk=taken.pk).update(slug="second")
    assert list(proofs.faults()) == [
        "/documents/FIRST/, /documents/first/ differ only in capital letters",
        "/documents/second/ is the address of “The taken” and has led to “The second” before",
    ]
    for slug, title in (("FIRST", "third"), ("first", "first"), ("second", "taken")):
        assert f"The {title}" in client.get(f"/documents/{slug}/").content.decode()
    renamed(taken, "elsewhere")
    assert client.get("/documents/second/").url == "/documents/moved/"


def test_two_that_have_each_others_address_send_nobody_round(make_document, client):
    first, second = make_document("a"), make_document("b")
    MovedAddress.objects.create(old_path="/documents/b/", owner=first)
    MovedAddress.objects.create(old_path="/documents/a/", owner=second)
    for address in ("/documents/a/de", "/documents/b/de", "/documents/a/en/999"):
        assert client.get(address).status_code == 404
    assert client.get("/documents/a/").status_code == 200
