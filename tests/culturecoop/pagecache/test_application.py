"""Kept pages: answered without Django while they are right, and never to whom they are not for."""

import datetime

import brotli
import pytest
import time_machine
from django.db import OperationalError

from agreements.models import Party
from agreements.register import DOWNLOADS
from culturecoop.editions import verbs
from culturecoop.reference.verbs import amend
from tests.answering import publish

from .sites import HOUR, PAGE, OwnClock, Site, edition_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


@pytest.mark.parametrize(
    "path",
    [
        PAGE, "/agreements/", "/parties/KR/", "/search/?q=protocol", "/sitemap.xml",
        "/de/agreements/", "/agreements/?party=KR", f"{PAGE}editions/",
        f"{PAGE}editions/1/?on=2012-12-31", f"{PAGE}data.json", f"{PAGE}data.json?on=2012-12-31",
        "/data/",
    ],
)  # fmt: skip
def test_a_page_is_rendered_once(site, korea, path):
    first, second = site.ask(path), site.ask(path)
    assert site.asked == 1
    assert first.status == second.status == 200
    assert first.body == second.body == site.plain(path).body
    assert first.headers == second.headers


def test_what_is_told_to_caches(site, korea):
    headers = site.ask(PAGE, HTTP_ACCEPT_ENCODING="br").headers
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=1"
    assert (headers["Vary"], headers["Content-Encoding"]) == ("Accept-Encoding", "br")
    assert headers["Content-Language"] == "en"
    assert headers["Last-Modified"].endswith("GMT")
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_cache_in_front_forgets_a_page_at_its_end(site, korea, settings):
    settings.PAGE_SHARED_SECONDS = 600
    nine = datetime.datetime(2035, 1, 5, 9, tzinfo=datetime.UTC)
    with time_machine.travel(nine, tick=False) as clock:
        publish(edition_of(korea, "Of tomorrow"), at=nine + HOUR)
        tag = site.ask(PAGE).headers["ETag"]
        for left, shared in ((700, 600), (300, 299), (2, 1), (0.5, 0)):
            clock.move_to(nine + HOUR - seconds(left))
            whole, known = site.ask(PAGE), site.ask(PAGE, HTTP_IF_NONE_MATCH=tag)
            assert (site.asked, shared_seconds(whole), shared_seconds(known)) == (1, shared, shared)
            # nginx would take a 304 without seconds as leave to keep the page as long as before
            assert known.status == (304 if shared else 200)
        clock.move_to(nine + HOUR)
        assert "Of tomorrow" in site.ask(PAGE).text


def test_without_a_cache_in_front_browsers_are_answered_304_until_the_end(site, korea, settings):
    settings.PAGE_SHARED_SECONDS = 0
    answer = site.ask(PAGE, HTTP_IF_NONE_MATCH=site.ask(PAGE).headers["ETag"])
    assert (answer.status, shared_seconds(answer)) == (304, 0)


def test_what_django_answers_alone_is_shared_by_no_cache(site, korea, settings, monkeypatch):
    settings.PAGE_SHARED_SECONDS = 600
    assert shared_seconds(site.plain(PAGE)) == 0
    monkeypatch.setattr("culturecoop.pagecache.application.MOST", 100)
    assert shared_seconds(site.ask(PAGE)) == 0


def seconds(number):
    return datetime.timedelta(seconds=number)


def shared_seconds(answer):
    return int(answer.headers["Cache-Control"].partition("s-maxage=")[2])


def test_who_has_the_page_is_told_so(site, korea):
    tag = site.ask(PAGE).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = site.ask(PAGE, HTTP_IF_NONE_MATCH=known)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    assert site.ask(PAGE, HTTP_IF_NONE_MATCH='"other"').status == 200
    assert site.ask(PAGE, HTTP_IF_NONE_MATCH=tag, HTTP_ACCEPT_ENCODING="br").status == 200


def test_a_head_request_has_the_headers_of_the_page(site, korea):
    head, page = site.ask(PAGE, REQUEST_METHOD="HEAD"), site.ask(PAGE)
    assert (head.status, head.body, head.headers) == (200, b"", page.headers)


def test_the_list_of_all_editions_is_right_from_each_moment_on(site, korea):
    nine = datetime.datetime(2035, 1, 5, 9, tzinfo=datetime.UTC)
    with time_machine.travel(nine, tick=False) as clock:
        live = publish(edition_of(korea, "Of today"))
        assert "/editions/2/" in site.ask(f"{PAGE}editions/").text
        third = publish(edition_of(live, "Of tomorrow"), at=nine + HOUR)
        assert "/editions/3/" not in site.ask(f"{PAGE}editions/").text
        clock.move_to(nine + HOUR)
        assert "/editions/3/" in site.ask(f"{PAGE}editions/").text
        clock.move_to(nine + 2 * HOUR)
        verbs.withdraw(third, reason="It was a mistake")
        assert "It was a mistake" in site.ask(f"{PAGE}editions/").text


def test_publishing_withdrawing_and_renaming_show_at_once(site, korea):
    assert "Protocol" in site.ask(PAGE).text
    new = publish(edition_of(korea, "Renamed protocol"))
    assert "Renamed protocol" in site.ask(PAGE).text

    party = Party.objects.get(code="KR")
    party.name = "Corea"
    amend(party)
    assert "Corea" in site.ask(PAGE).text

    verbs.withdraw(new, reason="It was a mistake")
    assert site.ask(PAGE).status == 410
    assert "Renamed protocol" not in site.ask("/agreements/").text


def test_a_schedule_shows_at_its_moment(site, korea):
    with time_machine.travel(datetime.datetime(2035, 1, 5, 9, tzinfo=datetime.UTC)) as clock:
        site.ask(PAGE)
        publish(edition_of(korea, "Of tomorrow"), at=datetime.datetime.now(datetime.UTC) + HOUR)
        clock.shift(HOUR - datetime.timedelta(seconds=2))
        assert "Of tomorrow" not in site.ask(PAGE).text
        clock.shift(datetime.timedelta(seconds=2))
        assert "Of tomorrow" in site.ask(PAGE).text


@pytest.mark.parametrize("month", [1, 3, 7, 10])  # also when clocks are set forward or back
def test_a_status_begins_at_midnight_of_the_site(site, make_agreement, month):
    day = {1: 15, 3: 29, 7: 15, 10: 25}[month]  # in 2037 Europe sets its clocks on these Sundays
    next_day = f"{datetime.date(2037, month, day + 1)}"
    events = [("signature", "2010-10-06"), ("entry_into_force", next_day)]
    make_agreement("korea", parties=["EU", "KR"], events=events)
    zone = datetime.timezone(datetime.timedelta(hours=1 if month in (1, 10) else 2))
    last = datetime.datetime(2037, month, day, 23, 59, 58, tzinfo=zone)
    with time_machine.travel(last - 12 * HOUR) as clock:
        site.ask(PAGE)
        clock.move_to(last)
        site.ask(PAGE)
        before, asked = site.ask(PAGE), site.asked
        clock.shift(datetime.timedelta(seconds=3))
        after = site.ask(PAGE)
        assert site.asked == asked + 1
        assert after.body != before.body
        assert after.body == site.plain(PAGE).body


def test_nobody_who_has_a_session_gets_a_kept_page(site, korea):
    site.ask(PAGE)
    answer = site.ask(PAGE, HTTP_COOKIE="sessionid=anything")
    assert site.asked == 2
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/agreements/none/", "/agreements/?status=", "/robots.txt", "/admin/login/",
        "/health/live", "/favicon.ico", *(f"/agreements/agreements.{kind}" for kind in DOWNLOADS),
    ],
)  # fmt: skip
def test_what_is_no_public_page_is_not_kept(site, korea, path):
    site.ask(path)
    site.ask(path)
    assert site.asked == 2


def test_encodings_are_those_of_the_page(site, korea):
    plain = site.ask(PAGE).body
    assert brotli.decompress(site.ask(PAGE, HTTP_ACCEPT_ENCODING="br").body) == plain


class Broken:
    """A clock whose database is away from some moment on."""

    def __init__(self):
        self.away = False

    def now(self, at):
        if self.away:
            raise OperationalError("disk I/O error")
        return OwnClock().now(at)


def test_without_database_pages_are_answered_for_a_while(korea):
    clock = Broken()
    site = Site(clock=clock, without_database=600)
    with time_machine.travel(datetime.datetime(2035, 1, 5, 9, tzinfo=datetime.UTC)) as time:
        first = site.ask(PAGE)
        clock.away = True
        time.shift(599)
        assert site.ask(PAGE).body == first.body
        assert site.asked == 1
        time.shift(2)
        site.ask(PAGE)
        assert site.asked == 2  # Django says what is wrong


def test_without_database_no_cache_in_front_may_keep_what_nobody_could_check(korea, settings):
    settings.PAGE_SHARED_SECONDS = 24 * 60 * 60
    clock = Broken()
    site = Site(clock=clock, without_database=600)
    with time_machine.travel(datetime.datetime(2035, 1, 5, 9, tzinfo=datetime.UTC)):
        first = site.ask(PAGE)
        clock.away = True
        whole = site.ask(PAGE)
        known = site.ask(PAGE, HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert [shared_seconds(whole), shared_seconds(known)] == [0, 0]
        assert (known.status, known.body) == (200, first.body)  # nginx would misread a 304
        clock.away = False
        assert shared_seconds(site.ask(PAGE)) > 0
        assert site.asked == 1


def test_without_database_no_page_is_answered_beyond_its_end(korea):
    clock = Broken()
    site = Site(clock=clock, without_database=600)
    with time_machine.travel(datetime.datetime(2035, 1, 5, 22, 59, tzinfo=datetime.UTC)) as time:
        site.ask(PAGE)
        clock.away = True
        time.shift(120)  # midnight in Brussels was a minute ago
        site.ask(PAGE)
        assert site.asked == 2


def test_a_page_too_large_is_answered_and_not_kept(site, korea, monkeypatch):
    monkeypatch.setattr("culturecoop.pagecache.application.MOST", 100)
    assert site.ask(PAGE).body == site.ask(PAGE).body == site.plain(PAGE).body
    assert site.asked == 2
