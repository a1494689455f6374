"""A cache in front is told when something changes for readers: once, after it, beside it all."""

import datetime
import threading
from urllib.error import URLError

import pytest
from django.core.checks import run_checks
from django.db import transaction

from agreements.models import AgreementEdition, Party
from culturecoop import purging
from culturecoop.editions import verbs
from culturecoop.editions.changes import record
from culturecoop.reference.verbs import amend
from tests.answering import publish
from tests.dripping import dripping
from tests.forms import fields
from tests.purged import cache_in_front
from tests.site.server import database_url, free_port, served
from tests.site.test_start import run

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def korea(make_agreement):
    return make_agreement("korea", title="Protocol", parties=["EU", "KR"])


@pytest.fixture
def cache(korea, settings, monkeypatch):
    """It is told soon, and nobody waits for it long."""
    monkeypatch.setattr(purging, "DELAY", 0.05)
    monkeypatch.setattr(purging, "LONGEST", 0.05)
    with cache_in_front() as made:
        settings.PAGE_PURGE_URL = made.address
        yield made
        made.may_answer.set()
        all_told()


def all_told():
    for thread in threading.enumerate():
        if thread.name == "purge":
            thread.join()


def told(cache):
    """How often it was told, when nobody tells it any more."""
    all_told()
    return len(cache.asked)


def draft_of(edition, title="Renamed"):
    draft = verbs.new_draft(edition)
    draft.texts.update(title=title)
    return draft


def test_publishing_withdrawing_and_amending_are_told(cache, korea):
    new = publish(draft_of(korea))
    assert told(cache) == 1
    party = Party.objects.get(code="KR")
    party.name = "Corea"
    amend(party)
    assert told(cache) == 2
    publish(draft_of(new, "Of tomorrow"), at=datetime.datetime.now(datetime.UTC) + HOUR)
    assert told(cache) == 3  # the page of now has another end from now on
    verbs.withdraw(AgreementEdition.objects.live().get(), reason="It was a mistake")
    assert told(cache) == 4


def test_drafts_are_not_told(cache, korea):
    draft = draft_of(korea)
    verbs.record_change(draft)
    verbs.discard(draft)
    assert told(cache) == 0


def test_a_transaction_is_told_once_and_not_before_its_end(cache):
    with transaction.atomic():
        for _change in range(30):
            record()
        assert told(cache) == 0
    assert told(cache) == 1


def test_what_was_rolled_back_is_not_told(cache):
    with transaction.atomic():
        record()
        transaction.set_rollback(True)
    assert told(cache) == 0


def test_changes_in_quick_succession_are_one(cache, monkeypatch):
    monkeypatch.setattr(purging, "purge", purging.Purge())
    monkeypatch.setattr(purging, "DELAY", 0.5)
    for _change in range(10):
        record()
    assert told(cache) == 1


def test_the_longer_changes_keep_coming_the_less_often_it_is_told(monkeypatch):
    pauses, purge = [], purging.Purge()
    monkeypatch.setattr(purging, "_rest", pauses.append)
    for _change in range(7):
        purge._pause()
    purge._told_at -= purging.LONGEST  # a quarter of a minute later
    purge._pause()
    assert pauses == [1, 2, 4, 8, 15, 15, 15, 1]


def test_a_change_while_the_cache_is_told_is_told_anew(cache):
    cache.may_answer.clear()
    record()
    cache.wait_for(1)
    for _change in range(10):
        record()
    assert len(threads()) == 2
    cache.may_answer.set()
    assert told(cache) == 2


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "purge"]


def test_it_is_asked_as_the_settings_say(cache, settings):
    settings.PAGE_PURGE_METHOD = "PURGE"
    settings.PAGE_PURGE_HEADERS = ["Authorization: Bearer a:b", "X-All:1"]
    settings.PAGE_PURGE_BODY = '{"purge_everything": true}'
    record()
    all_told()
    [(method, path, headers, body)] = cache.asked
    assert (method, path, body) == ("PURGE", "/purge?all=1", b'{"purge_everything": true}')
    assert (headers["Authorization"], headers["X-All"]) == ("Bearer a:b", "1")
    assert headers["Content-Type"] == "application/json"


def test_it_is_asked_with_nothing_else_by_default(cache):
    record()
    all_told()
    [(method, _path, headers, body)] = cache.asked
    assert (method, body, headers["Content-Length"]) == ("POST", b"", "0")


@pytest.mark.parametrize("status", [500, 403, 302])
def test_a_cache_that_refuses_is_asked_twice_and_told_in_the_log(cache, status, caplog):
    cache.status = status
    record()
    assert told(cache) == 2
    lines = [record.getMessage() for record in caplog.records if record.name == purging.__name__]
    assert lines == [f"The cache in front was not purged: it answered with status {status}."] * 2
    assert {path for _method, path, *_rest in cache.asked} == {"/purge?all=1"}


def test_a_cache_that_is_away_is_told_in_the_log(cache, settings, caplog):
    for address in (f"http://127.0.0.1:{free_port()}/", "http://nowhere.invalid/", "http://a..b/"):
        settings.PAGE_PURGE_URL = address
        record()
        all_told()
    lines = [record.getMessage() for record in caplog.records if record.name == purging.__name__]
    assert len(lines) == 6
    assert "as it does not answer: [Errno 111]" in lines[0]


@pytest.mark.parametrize("error", [ConnectionResetError(), URLError(ConnectionResetError())])
def test_an_error_without_a_word_is_told_by_its_name(cache, monkeypatch, caplog, error):
    def gone(*args, **options):
        raise error

    monkeypatch.setattr(purging._opener, "open", gone)
    record()
    all_told()
    assert caplog.text.count("as it does not answer: ConnectionResetError") == 2


def test_a_cache_that_hangs_is_not_waited_for_long(cache, monkeypatch, caplog):
    monkeypatch.setattr(purging, "TIMEOUT", 0.1)
    cache.may_answer.clear()
    record()
    assert told(cache) == 2
    assert caplog.text.count("The cache in front was not purged, as it does not answer: timed") == 2


def test_an_answer_in_drops_is_not_waited_for_long(cache, settings, monkeypatch, caplog):
    monkeypatch.setattr(purging, "WHOLE", 0.3)
    with dripping(b"HTTP/1.1 200 OK\r\nX-Drops: ", b"\r\nContent-Length: 0\r\n\r\n") as drip:
        settings.PAGE_PURGE_URL = f"http://127.0.0.1:{drip.port}/"
        record()
        all_told()
    assert caplog.text.count("it takes longer than 0.3 seconds") == 2


def test_an_editor_does_not_wait_for_a_cache_that_hangs(cache, signed_in):
    cache.may_answer.clear()
    editor, party = signed_in("publisher"), Party.objects.get(code="KR")
    address = f"/admin/agreements/party/{party.pk}/change/"
    saved = editor.post(address, fields(editor.get(address), "party_form") | {"name": "Corea"})
    assert saved.status_code == 302
    assert "Corea" in editor.get("/parties/KR/").content.decode()
    cache.wait_for(1)
    assert threads()  # it still has not answered
    cache.may_answer.set()
    assert told(cache) == 1


def test_without_an_address_nobody_is_told(cache, settings):
    settings.PAGE_PURGE_URL = ""
    record()
    assert threads() == []
    assert cache.asked == []


def test_what_is_sent_to_no_address_is_a_warning(settings):
    settings.PAGE_PURGE_HEADERS = ["Fastly-Key: secret"]
    found = run_checks(tags=["site"], include_deployment_checks=True)
    told = [message.msg for message in found if message.id == "culturecoop.W004"]
    assert told == ["PAGE_PURGE_HEADERS does nothing without PAGE_PURGE_URL."]
    settings.PAGE_PURGE_URL = "https://cache.example.org/"
    found = run_checks(tags=["site"], include_deployment_checks=True)
    assert "culturecoop.W004" not in {message.id for message in found}


def test_a_command_does_not_end_before_it_was_told(korea, tmp_path):
    with cache_in_front() as cache:
        variables = {"DATABASE_URL": database_url(), "PAGE_PURGE_URL": cache.address}
        done = run("manage.py", "rebuild_lists", folder=tmp_path, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        assert len(cache.asked) == 1


def test_a_server_that_is_stopped_does_not_end_before_it_was_told(
    korea, tmp_path, django_user_model
):
    django_user_model.objects.create_superuser("ada", password="lovelace")
    party = Party.objects.get(code="KR")
    address = f"/admin/agreements/party/{party.pk}/change/"
    with cache_in_front() as cache:
        variables = {"DATABASE_URL": database_url(), "PAGE_PURGE_URL": cache.address}
        with served(tmp_path, **variables) as site:
            site.sign_in("ada", "lovelace")
            values = fields(site.ask(address), "party_form") | {"name": "Corea"}
            assert site.send(address, values).status == 302
        assert len(cache.asked) == 1


def test_it_is_not_asked_through_a_proxy_of_the_environment(korea, tmp_path):
    with cache_in_front() as cache, cache_in_front() as proxy:
        variables = {"DATABASE_URL": database_url(), "PAGE_PURGE_URL": cache.address}
        variables |= {"http_proxy": proxy.address, "no_proxy": "", "NO_PROXY": ""}
        run("manage.py", "rebuild_lists", folder=tmp_path, **variables)
        assert (len(cache.asked), proxy.asked) == (1, [])


def test_a_process_that_ends_does_not_wait_until_more_changes_may_have_come(tmp_path):
    script = (
        "import django, time; django.setup(); from culturecoop import purging;"
        "purging.LONGEST = purging.purge._delay = 10 * 60 * 60;"
        "purging.purge._told_at = time.monotonic(); purging.purge.begin()"
    )
    with cache_in_front() as cache:
        done = run("-c", script, folder=tmp_path, PAGE_PURGE_URL=cache.address)
        assert (done.returncode, done.stderr, len(cache.asked)) == (0, "", 1)


@pytest.mark.thorough  # waits for the limits of the product
def test_a_command_ends_though_the_cache_hangs(korea, tmp_path):
    with cache_in_front() as cache:
        cache.may_answer.clear()
        variables = {"DATABASE_URL": database_url(), "PAGE_PURGE_URL": cache.address}
        done = run("manage.py", "rebuild_lists", folder=tmp_path, **variables)
        assert done.returncode == 0
        lines = ["The cache in front was not purged, as it does not answer: timed out"] * 2
        assert done.stderr.splitlines() == lines
