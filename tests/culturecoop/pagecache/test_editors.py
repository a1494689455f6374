"""Editors on public pages: they have their bar, and readers the same bytes as ever."""

import pytest

from culturecoop.editions import verbs

from .sites import PAGE, Site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


@pytest.fixture
def cookie(signed_in):
    return f"sessionid={signed_in('author').cookies['sessionid'].value}"


def test_readers_are_answered_the_same_bytes_whoever_was_there_before(site, korea, cookie):
    verbs.new_draft(korea)
    undisturbed = Site().ask(PAGE)
    before = site.ask(PAGE, HTTP_COOKIE=cookie)  # nothing is kept when the editor comes
    assert "editors-bar" in before.text
    first = site.ask(PAGE)
    between = site.ask(PAGE, HTTP_COOKIE=cookie)
    second = site.ask(PAGE)
    assert "editors-bar" in between.text
    assert undisturbed.body == first.body == second.body
    assert undisturbed.headers == first.headers == second.headers
    assert "editors" not in first.text
    assert site.asked == 3  # of the four requests, one was answered with what was kept


def test_what_an_editor_is_shown_nobody_keeps(site, korea, cookie):
    headers = site.ask(PAGE, HTTP_COOKIE=cookie).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in headers
    assert "Set-Cookie" not in site.ask(PAGE).headers


def test_who_has_left_is_a_reader(site, korea, cookie):
    site.ask(PAGE)
    answer = site.ask(PAGE, HTTP_COOKIE="sessionid=of-nobody")
    assert answer.body == site.ask(PAGE).body
    assert answer.headers["Cache-Control"] == "private, no-store"
