"""The notifications in the admin: the way there, the list, what it leads to, and the choice."""

import pytest
from django.urls import reverse

from culturecoop.editions import verbs
from culturecoop.notifications.models import Notification, Preferences
from tests.culturecoop.editions.addresses import change_url, verb_url
from tests.culturecoop.editions.savings import fresh

pytestmark = pytest.mark.django_db
LIST = reverse("admin:notifications_notification_changelist")
CHOICE = reverse("admin:notifications_preferences")


@pytest.fixture
def draft(make_agreement):
    return make_agreement("korea", title="Korea", publish=False)


@pytest.fixture
def author(signed_in):
    return signed_in("author")


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


def text(answer):
    return " ".join(answer.content.decode().split())


def test_its_number_stands_on_every_page_until_it_is_read(publisher, author, draft):
    verbs.submit(draft, note="Look at it", by=author.user)
    assert "<strong>(1)</strong>" in text(publisher.get("/admin/"))
    assert "<strong>(1)</strong>" not in text(author.get("/admin/"))
    page = text(publisher.get(LIST))
    assert "author submitted “Korea” for review." in page
    assert "Look at it" in page
    [told] = Notification.objects.all()
    opened = reverse("admin:notifications_open", args=[told.pk])
    assert author.get(opened).status_code == 404
    answer = publisher.get(opened)
    assert answer.headers["Location"] == verb_url(draft, "publish")
    assert "<strong>(1)</strong>" not in text(publisher.get("/admin/"))


def test_what_is_sent_back_leads_to_the_draft(publisher, author, draft):
    verbs.submit(draft, by=author.user)
    verbs.send_back(draft, reason="No", by=publisher.user)
    told = Notification.objects.get(person=author.user)
    answer = author.get(reverse("admin:notifications_open", args=[told.pk]))
    assert answer.headers["Location"] == change_url(draft)


def test_what_is_no_longer_there_is_said(publisher, author, draft):
    verbs.submit(draft, by=author.user)
    verbs.discard(fresh(draft), by=author.user)
    told = Notification.objects.get(person=publisher.user)
    answer = publisher.get(reverse("admin:notifications_open", args=[told.pk]), follow=True)
    assert "somebody discarded it meanwhile" in text(answer)


def test_all_are_marked_as_read(publisher, author, draft):
    verbs.submit(draft, by=author.user)
    publisher.post(reverse("admin:notifications_read"))
    assert not Notification.objects.filter(read_at=None).exists()
    assert publisher.get(f"{LIST}?read=0").context["cl"].result_count == 0


def test_everybody_chooses(publisher, draft, author):
    page = publisher.get(CHOICE)
    assert "Your account has no e-mail address" in text(page)
    sent = {"language": "fr", "submitted": ["mail"], "sent_back": ["admin", "mail"]}
    publisher.post(CHOICE, sent | {"approved": ["admin", "mail"]})
    [kept] = Preferences.objects.all()
    assert kept.language == "fr"
    assert sorted(kept.silent) == ["admin published", "admin submitted", "mail published"]
    verbs.submit(draft, by=author.user)
    assert not Notification.objects.exists()
    assert publisher.post(CHOICE, {"language": "xx"}).status_code == 200


def test_the_language_that_is_chosen_for_the_admin_is_that_of_the_mail(publisher):
    publisher.post(reverse("admin:language", args=["de"]), {"next": "/admin/"})
    assert Preferences.objects.get(person=publisher.user).language == "de"


def test_nobody_without_an_account_gets_in(client):
    for address in (LIST, CHOICE):
        assert client.get(address).status_code == 302
