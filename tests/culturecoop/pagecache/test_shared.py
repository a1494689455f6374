"""Pages that processes share through Redis: each site here is a process of its own."""

import datetime
import os
from urllib.parse import urlsplit

import pytest
import time_machine

from agreements.models import Party
from culturecoop import redisserver
from culturecoop.editions import verbs
from culturecoop.editions.models import Change
from culturecoop.pagecache import shared
from culturecoop.pagecache.asked import asked_with
from culturecoop.pagecache.pages import Pages
from culturecoop.pagecache.shared import SharedPages
from culturecoop.reference.verbs import amend
from tests.answering import publish
from tests.site.proxy import wire
from tests.site.server import free_port

from .sites import HOUR, PAGE, Site, edition_of, factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]
NINE = datetime.datetime(2035, 1, 5, 9, tzinfo=datetime.UTC)


@pytest.fixture
def key():
    """What a release of a site has: no other test does."""
    return os.urandom(32)


@pytest.fixture
def process(redis_url, key):
    """process() → a process of the site; with another address or release when given."""
    return lambda address=redis_url, key=key: Site(shared=SharedPages(address, key))


def asked(site):
    return asked_with(factory.get(PAGE).environ)


def name_of(site):
    return site.cached.shared._name(asked(site))


@pytest.mark.parametrize("path", [PAGE, "/agreements/?party=KR", "/de/agreements/", "/sitemap.xml"])
@pytest.mark.parametrize("encoding", ["", "br", "gzip"])
def test_what_one_has_rendered_the_other_answers(process, korea, path, encoding):
    one, other = process(), process()
    first = one.ask(path, HTTP_ACCEPT_ENCODING=encoding)
    second = other.ask(path, HTTP_ACCEPT_ENCODING=encoding)
    assert (first.status, first.headers, first.body) == (200, second.headers, second.body)
    assert (one.asked, other.asked) == (1, 0)


def test_what_was_found_is_kept_in_process(process, korea, monkeypatch):
    one, other = process(), process()
    one.ask(PAGE)
    first = other.ask(PAGE)
    monkeypatch.setattr(other.cached, "shared", None)
    assert other.ask(PAGE).body == first.body
    assert other.asked == 0


def test_who_has_the_page_is_told_so_by_every_process(process, korea):
    tag = process().ask(PAGE).headers["ETag"]
    other = process()
    assert other.ask(PAGE, HTTP_IF_NONE_MATCH=tag).status == 304
    assert other.asked == 0


def test_publishing_withdrawing_and_renaming_show_at_once_in_every_process(process, korea):
    one, other = process(), process()

    def texts():
        return [site.ask(PAGE).text for site in (one, other, process())]

    texts()
    new = publish(edition_of(korea, "Renamed protocol"))
    assert all("Renamed protocol" in text for text in texts())
    party = Party.objects.get(code="KR")
    party.name = "Corea"
    amend(party)
    assert all("Corea" in text for text in texts())
    verbs.withdraw(new, reason="It was a mistake")
    assert [site.ask(PAGE).status for site in (one, other, process())] == [410] * 3


def test_what_a_slow_process_keeps_late_is_older_and_no_page(process, korea):
    """It has rendered before a publication, and comes to Redis after the others."""
    one, other = process(), process()
    one.ask(PAGE)
    late = one.cached.pages.get(asked(one))
    publish(edition_of(korea, "Renamed protocol"))
    other.ask(PAGE)
    one.cached.shared.keep(asked(one), late)
    third = process()
    assert "Renamed protocol" in third.ask(PAGE).text
    assert third.asked == 1


def test_a_page_ends_in_every_process(process, korea):
    with time_machine.travel(NINE, tick=False) as clock:
        publish(edition_of(korea, "Of tomorrow"), at=NINE + HOUR)
        process().ask(PAGE)
        clock.move_to(NINE + HOUR - datetime.timedelta(seconds=1))
        before = process()
        assert "Of tomorrow" not in before.ask(PAGE).text
        clock.move_to(NINE + HOUR)
        after = process()
        assert "Of tomorrow" in after.ask(PAGE).text
        assert (before.asked, after.asked) == (0, 1)


def test_a_process_whose_clock_is_ahead_shows_nobody_else_what_is_to_come(process, korea):
    with time_machine.travel(NINE, tick=False) as clock:
        publish(edition_of(korea, "Of tomorrow"), at=NINE + HOUR)
        clock.move_to(NINE + HOUR)
        assert "Of tomorrow" in process().ask(PAGE).text
        clock.move_to(NINE + HOUR - datetime.timedelta(seconds=1))
        assert "Of tomorrow" not in process().ask(PAGE).text


def test_redis_forgets_a_page_at_its_end_and_one_with_a_query_soon(process, korea):
    site = process()
    site.ask(PAGE)
    site.ask("/agreements/?party=KR")
    client, pages = site.cached.shared._client, site.cached.shared
    left = site.cached.pages.get(asked(site)).until - datetime.datetime.now(datetime.UTC)
    assert 0 < client.pttl(name_of(site)) <= left.total_seconds() * 1000 + 1000
    name = pages._name(asked_with(factory.get("/agreements/?party=KR").environ))
    assert 0 < client.pttl(name) <= shared.OF_A_QUERY.total_seconds() * 1000


def test_another_release_or_site_finds_nothing(process, korea):
    one, other = process(), process(key=os.urandom(32))
    one.ask(PAGE)
    other.ask(PAGE)
    assert (one.asked, other.asked) == (1, 1)
    again = process()
    again.ask(PAGE)
    assert again.asked == 0


def test_another_database_finds_nothing(process, korea):
    """Two sites of one institution, with one key: each change has a code of its own."""
    process().ask(PAGE)
    change = Change.objects.order_by("pk").last()
    change.code += 1
    change.save()
    other = process()
    other.ask(PAGE)
    assert other.asked == 1


def test_a_site_without_a_change_shares_nothing(process, korea):
    """Its stamp is that of every new database."""
    Change.objects.all().delete()
    one, other = process(), process()
    one.ask(PAGE)
    other.ask(PAGE)
    assert (one.asked, other.asked) == (1, 1)


def spoilt(value):
    """What may be in the place of a page."""
    yield b""
    yield b"\x80\x04cos\nsystem\n"
    yield b"x" * 500_000
    yield value[:-1]
    yield value[1:]
    yield value.replace(b"200", b"201") + b" "
    for place in (0, 20, len(value) // 2, len(value) - 1):
        yield value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]


def test_what_is_no_page_of_ours_is_not_read(process, korea):
    one = process()
    expected = one.ask(PAGE).body
    client, name = one.cached.shared._client, name_of(one)
    for value in spoilt(client.get(name)):
        client.set(name, value)
        other = process()
        assert other.ask(PAGE).body == expected
        assert other.asked == 1
        client.delete(name)


def test_a_page_in_the_place_of_another_is_not_read(process, korea):
    one = process()
    one.ask(PAGE)
    client, pages = one.cached.shared._client, one.cached.shared
    lists = pages._name(asked_with(factory.get("/agreements/").environ))
    client.set(lists, client.get(name_of(one)))
    other = process()
    other.ask("/agreements/")
    assert other.asked == 1


def test_something_else_than_a_value_is_no_page(process, korea):
    one = process()
    one.cached.shared._client.lpush(name_of(one), b"a list")
    assert one.ask(PAGE).status == 200
    one.cached.shared._client.delete(name_of(one))


def test_a_page_too_large_is_not_shared(process, korea, monkeypatch):
    monkeypatch.setattr(shared, "MOST", 100)
    one, other = process(), process()
    one.ask(PAGE)
    other.ask(PAGE)
    assert other.asked == 1


def test_nobody_who_has_a_session_gets_a_shared_page_or_makes_one(process, korea):
    one, other = process(), process()
    one.ask(PAGE, HTTP_COOKIE="sessionid=anything")
    other.ask(PAGE)
    assert (one.asked, other.asked) == (1, 1)
    answer = process().ask(PAGE, HTTP_COOKIE="sessionid=anything")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_is_no_public_page_is_not_shared(process, korea):
    for path in ("/agreements/none/", "/admin/login/", "/health/live"):
        process().ask(path)
        other = process()
        other.ask(path)
        assert other.asked == 1


def test_without_redis_each_process_renders_its_own(process, korea, caplog):
    site = process(f"redis://127.0.0.1:{free_port()}/0")
    for _time in range(20):
        assert site.ask(PAGE).status == site.ask("/agreements/").status == 200
        site.cached.pages = Pages(10**7)
    assert site.asked == 40
    assert len([r for r in caplog.records if r.name == redisserver.__name__]) == 1


def test_one_that_hangs_holds_up_one_request(process, korea, redis_url, caplog):
    """All that comes after the first does not wait: it is left alone, to be written to as well."""
    parts = urlsplit(redis_url)
    with wire(parts.hostname, parts.port or 6379) as line:
        site = process(f"redis://127.0.0.1:{line.port}/0")
        site.ask(PAGE)
        line.hang()
        joined = line.joined
        for _time in range(20):
            site.cached.pages = Pages(10**7)
            assert site.ask(PAGE).status == 200
        assert site.asked == 21
        assert line.joined <= joined + 1
    assert len([r for r in caplog.records if r.name == redisserver.__name__]) == 1
