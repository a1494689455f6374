"""Who else has a form open is told on it, to who may change it, and is forgotten soon."""

import datetime

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from culturecoop.accounts.middleware import RENEW_AFTER
from culturecoop.editions import presence, verbs
from culturecoop.editions.presence import GONE, SOON, OpenForm

from .addresses import change_url, edit_url

pytestmark = pytest.mark.django_db


def url(edition):
    opts = edition._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_presence", args=[edition.pk])


def ask(client, edition, **values):
    return client.post(url(edition), values).json()["others"]


@pytest.fixture
def maria(signed_in):
    return signed_in("author", "maria")


@pytest.fixture
def noon():
    with time_machine.travel("2030-06-01T12:02:00Z", tick=False) as clock:
        yield clock


def test_each_is_told_of_the_other_and_nobody_of_himself(noon, author, maria, draft):
    assert ask(author, draft) == []
    assert ask(maria, draft) == ["author has this form open too, since 14:02."]
    noon.shift(datetime.timedelta(hours=1))
    assert ask(maria, draft) == []
    assert ask(author, draft) == ["maria has this form open too, since 15:02."]


def test_since_when_stays_and_names_another_day(noon, author, maria, draft):
    ask(author, draft)
    for _minute in range(12 * 60):
        noon.shift(datetime.timedelta(minutes=1))
        presence.note_open(draft, author.user)
    told = ask(maria, draft)
    assert told == ["author has this form open too, since 1 June 2030, 14:02."]


def test_who_leaves_is_told_no_more(author, maria, draft):
    ask(author, draft)
    ask(author, draft, left="1")
    assert ask(maria, draft) == []


def test_who_says_nothing_for_long_has_left(noon, author, maria, draft):
    ask(author, draft)
    noon.shift(datetime.timedelta(seconds=GONE + 1))
    assert ask(maria, draft) == []
    assert [row.user for row in OpenForm.objects.all()] == [maria.user]  # his is swept out


def test_it_is_not_written_more_often_than_it_has_to_be(noon, author, draft):
    ask(author, draft)
    noon.shift(datetime.timedelta(seconds=SOON - 1))
    with CaptureQueriesContext(connection) as captured:
        ask(author, draft)
    assert not [q for q in captured if not q["sql"].startswith("SELECT")]
    noon.shift(datetime.timedelta(seconds=2))
    ask(author, draft)
    assert OpenForm.objects.get().seen_at == timezone.now()


def test_the_page_tells_it_without_scripts(author, maria, draft):
    ask(maria, draft)
    page = author.get(change_url(draft)).content.decode()
    assert "maria has this form open too, since" in page
    assert "maria has" not in maria.get(change_url(draft)).content.decode()


def test_who_opened_what_is_live_hears_of_the_draft(author, maria, live):
    ask(author, live)
    assert "author has this form open too" in maria.get(edit_url(live)).content.decode()
    draft = verbs.new_draft(live)
    assert len(ask(maria, draft)) == len(ask(author, draft)) == 1


def test_another_draft_is_another_form(author, maria, draft, make_agreement):
    ask(author, draft)
    assert ask(maria, make_agreement("chile", publish=False)) == []


def test_what_readers_see_has_no_such_line(author, live):
    assert 'id="presence"' not in author.get(change_url(live)).content.decode()


def test_who_may_not_change_it_is_told_nothing(client, django_user_model, draft):
    assert client.post(url(draft)).status_code == 302
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.post(url(draft)).status_code == 403
    assert not OpenForm.objects.exists()


def test_who_has_it_open_is_told_that_it_is_gone(author, draft):
    address = url(draft)
    verbs.discard(draft)
    [sentence] = author.post(address).json()["others"]
    assert sentence.startswith("Somebody published or discarded it meanwhile")
    assert author.get(address).status_code == 405


def test_a_busy_database_disturbs_nobody(author, maria, draft, monkeypatch):
    def busy(*_args):
        raise OperationalError("database is locked")

    ask(author, draft)
    monkeypatch.setattr(presence, "note_open", busy)
    assert len(ask(maria, draft)) == 1


def test_asking_lets_no_session_last_longer(author, draft):
    session = author.session
    session["renewed"] = renewed = int(timezone.now().timestamp()) - RENEW_AFTER - 5
    session.save()
    ask(author, draft)
    assert author.session["renewed"] == renewed
    author.get(change_url(draft))
    assert author.session["renewed"] > renewed


@pytest.mark.parametrize("number", [1, 5])
def test_as_many_queries_for_one_as_for_many(author, signed_in, draft, number):
    for name in range(number):
        presence.note_open(draft, signed_in("author", f"author{name}").user)
    ask(author, draft)
    with CaptureQueriesContext(connection) as captured:
        assert len(ask(author, draft)) == number
    assert len(captured) == 7
