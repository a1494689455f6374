"""The tray of my drafts that others published or discarded: who did it, and where they are."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from lxml import html

from culturecoop.editions import verbs
from culturecoop.editions.discards import DAYS, DiscardedDraft
from culturecoop.reference.admin import admin_address
from tests.answering import publish

pytestmark = pytest.mark.django_db
TITLE = "My drafts that others published or discarded"
EMPTY = "Nobody else published or discarded a draft of yours lately."


@pytest.fixture
def ada(signed_in):
    return signed_in("author", "ada")


@pytest.fixture
def ben(signed_in):
    return signed_in("publisher", "ben")


def rows(client):
    """[(title, address, words)] of the tray; fails where the tray is not there."""
    page = html.fromstring(client.get(reverse("admin:index")).content.decode())
    if EMPTY in page.xpath("string(//p[contains(@class, 'desk-empty')])"):
        return []
    [tray] = page.xpath(f"//section[h2[.='{TITLE}']]")
    found = []
    for item in tray.xpath(".//li"):
        [link] = item.xpath("./a") or [None]
        title = item.xpath("./*")[0].text_content()
        words = " ".join(item.text_content().split()).removeprefix(title).strip()
        found.append((title, link.get("href") if link is not None else "", words))
    return found


def draft_of(make_agreement, user, slug="korea", live=True):
    """A draft of a user, beside what is live or alone."""
    made = make_agreement(slug, title=slug.title(), publish=live)
    draft = verbs.new_draft(made, by=user) if live else made
    verbs.record_change(draft, by=user)
    return draft


def test_what_somebody_else_published_leads_to_its_page(ada, ben, make_agreement):
    draft = draft_of(make_agreement, ada.user)
    assert rows(ada) == []
    publish(draft, by=ben.user)
    [(title, address, words)] = rows(ada)
    assert (title, address) == ("Korea", "/agreements/korea/")
    assert "published by ben" in words
    assert "live" in words
    assert rows(ben) == []


def test_what_somebody_else_discarded_leads_to_the_history(ada, ben, make_agreement):
    draft = draft_of(make_agreement, ada.user)
    live = draft.based_on
    verbs.discard(draft, by=ben.user)
    [(title, address, words)] = rows(ada)
    history = admin_address(live).replace("/change/", "/history/")
    assert (title, address) == ("Korea", history)
    assert "agreement korea" in words
    assert "discarded by ben" in words
    assert ada.get(history).status_code == 200
    assert rows(ben) == []


def test_what_is_gone_altogether_is_named_without_a_link(ada, ben, make_agreement):
    verbs.discard(draft_of(make_agreement, ada.user, live=False), by=ben.user)
    [(title, address, _words)] = rows(ada)
    assert (title, address) == ("Korea", "")


def test_what_a_command_did_is_told_as_that(ada, make_agreement):
    publish(draft_of(make_agreement, ada.user))
    verbs.discard(draft_of(make_agreement, ada.user, slug="peru"))
    words = [words for _title, _address, words in rows(ada)]
    assert "discarded by a command" in words[0]
    assert "published by a command" in words[1]


def test_what_i_did_myself_is_not_told(ada, make_agreement):
    publish(draft_of(make_agreement, ada.user), by=ada.user)
    verbs.discard(draft_of(make_agreement, ada.user, slug="peru"), by=ada.user)
    assert rows(ada) == []
    assert not DiscardedDraft.objects.exists()


def test_after_some_days_it_is_forgotten(ada, ben, make_agreement):
    verbs.discard(draft_of(make_agreement, ada.user), by=ben.user)
    publish(draft_of(make_agreement, ada.user, slug="peru"), by=ben.user)
    assert len(rows(ada)) == 2
    with time_machine.travel(timezone.now() + datetime.timedelta(days=DAYS, minutes=1)):
        assert rows_of_new_session(ada) == []
        verbs.discard(draft_of(make_agreement, ada.user, slug="chile"), by=ben.user)
        assert DiscardedDraft.objects.get().title == "Chile"


def rows_of_new_session(client):
    client.force_login(client.user)
    return rows(client)
